import type { Statement } from '../ast/statement.js';
import type { ParsedStatement } from '../parse.js';
import type { Plan } from '../plan.js';
import { lowerAlterTable, lowerAppend } from './alter-table.js';
import type { LoweringContext } from './context.js';
import { lowerClose, lowerDeallocate, lowerDeclare, lowerExecute, lowerFetch, lowerPrepare } from './cursor.js';
import { lowerDrop } from './drop.js';
import { lowerExplain } from './explain.js';
import { Lowering } from './lowering.js';
import { lowerComment, lowerMaintenance, lowerTruncate } from './maintenance.js';
import { lowerAlterSchema, lowerCreateExternalSchema, lowerCreateSchema } from './schema.js';
import { lowerAuthorization, lowerSet, lowerSetTransaction, lowerShowObjects } from './session.js';
import { lowerCreateTable, lowerCreateTableAs, lowerSelectInto } from './table.js';
import { lowerUser } from './user.js';
import { lowerAlterMaterializedView, lowerCreateMaterializedView, lowerCreateView, lowerRefresh } from './view.js';

/**
 * The plan of a statement. Queries and DML go to the binder through `context`; a statement that duckshift understands
 * and does not run becomes an `UnsupportedPlan`.
 *
 * @throws SqlError what the binder throws (42P01, 42703, 42704 …); 42601, 42701, 42703, 42P16, 22023 for contradictions
 * inside the statement; 42622 for a name of more than 127 bytes; 0A000 for a clause that is not supported.
 */
export function lowerStatement(statement: ParsedStatement, context: LoweringContext): Plan {
  return lower(new Lowering(statement, context), statement.node);
}

/** "COPY" reads from AWS only; what a client sends cannot be loaded, in Redshift's words. */
const noClientData = 'LOAD source is not supported. (Hint: only S3 or DynamoDB or EMR based load is allowed)';

function lower(lowering: Lowering, node: Statement): Plan {
  const { context } = lowering;
  switch (node.kind) {
    case 'select_statement':
      return lowerSelectInto(lowering, node.query) ?? context.compileQuery(node.query);
    case 'insert':
    case 'update':
    case 'delete':
    case 'merge':
      return context.compileDml(node);
    case 'create_table':
      return lowerCreateTable(lowering, node);
    case 'create_table_as':
      return lowerCreateTableAs(lowering, node);
    case 'alter_table':
      return lowerAlterTable(lowering, node);
    case 'alter_table_append':
      return lowerAppend(lowering, node);
    case 'create_view':
      return lowerCreateView(lowering, node);
    case 'create_materialized_view':
      return lowerCreateMaterializedView(lowering, node);
    case 'refresh_materialized_view':
      return lowerRefresh(lowering, node);
    case 'alter_materialized_view':
      return lowerAlterMaterializedView(lowering, node);
    case 'create_external_schema':
      return lowerCreateExternalSchema(lowering, node);
    case 'create_schema':
      return lowerCreateSchema(lowering, node);
    case 'alter_schema':
      return lowerAlterSchema(lowering, node);
    case 'drop':
      return lowerDrop(lowering, node);
    case 'create_user':
    case 'alter_user':
      return lowerUser(lowering, node);
    case 'truncate':
      return lowerTruncate(lowering, node);
    case 'begin': {
      const { readOnly } = node.modes;
      return { kind: 'begin', spelling: node.spelling, ...(readOnly === undefined ? {} : { readOnly }) };
    }
    case 'commit':
    case 'rollback':
      return { kind: node.kind, spelling: node.spelling };
    case 'set_transaction':
      return lowerSetTransaction(node);
    case 'set':
      return lowerSet(lowering, node);
    case 'set_session_authorization':
      return lowerAuthorization(lowering, node);
    case 'reset':
      return { kind: 'reset', name: node.name };
    case 'show':
      return { kind: 'show', name: node.name };
    case 'show_objects':
      return lowerShowObjects(lowering, node);
    case 'explain':
      return lowerExplain(lowering, node, lower(lowering, node.statement));
    case 'analyze':
    case 'vacuum':
      return lowerMaintenance(lowering, node.kind, [node.target]);
    case 'lock':
      return lowerMaintenance(lowering, 'lock', node.targets);
    case 'comment':
      return lowerComment(lowering, node);
    case 'prepare':
      return lowerPrepare(lowering, node);
    case 'execute':
      return lowerExecute(lowering, node);
    case 'deallocate':
      return lowerDeallocate(lowering, node);
    case 'declare_cursor':
      return lowerDeclare(lowering, node);
    case 'fetch':
      return lowerFetch(lowering, node);
    case 'close':
      return lowerClose(lowering, node);
    case 'copy': {
      const plan = lowering.unsupported('COPY');
      return node.from === 'stdin' ? { ...plan, message: noClientData } : plan;
    }
    case 'managed_object':
      return lowering.unsupported(node.command.replaceAll('_', ' ').toUpperCase());
    case 'create_external_view':
      return lowering.unsupported(`${node.action === 'create' ? 'CREATE' : 'ALTER'} EXTERNAL VIEW`);
    case 'alter_external_schema':
    case 'create_external_table':
    case 'create_database':
    case 'alter_database':
    case 'use':
    case 'analyze_compression':
    case 'cancel':
    case 'move':
    case 'copy_job':
    case 'unload':
    case 'grant':
    case 'revoke':
    case 'alter_default_privileges':
    case 'create_group':
    case 'alter_group':
    case 'create_role':
    case 'alter_role':
    case 'create_procedure':
    case 'create_function':
    case 'alter_procedure':
    case 'alter_function':
    case 'create_external_function':
    case 'create_library':
    case 'call':
      return lowering.unsupported(node.kind.replaceAll('_', ' ').toUpperCase());
  }
}
