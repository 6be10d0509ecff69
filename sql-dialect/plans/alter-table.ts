import type { AlterTable, AlterTableAppend, AlterTableClause, TableAttributesClause } from '../ast/table.js';
import { SqlState } from '../errors.js';
import type { AlterTableAction, AlterTablePlan, Plan, TableAttributes } from '../plan.js';
import { noAttributes } from './attributes.js';
import { lowerColumn, lowerConstraint } from './column.js';
import type { Lowering } from './lowering.js';

/** ALTER TABLE. Several changes of distribution, sort key and encoding make one; other lists of actions are refused. */
export function lowerAlterTable(lowering: Lowering, node: AlterTable): Plan {
  const [first, ...others] = node.actions;
  if (first === undefined) return lowering.fail(SqlState.syntaxError, 'syntax error', node);
  const refused = node.actions.map((clause) => refusal(clause)).find((feature) => feature !== undefined);
  if (refused !== undefined) return lowering.unsupported(`ALTER TABLE … ${refused}`);
  if (others.length === 0) return plan(lowering, node, lowerClause(lowering, first));
  const attributes = node.actions.map((clause) => lowerPhysical(lowering, clause));
  if (attributes.some((given) => given === undefined)) {
    return lowering.unsupported('ALTER TABLE with several actions', others[0]);
  }
  let merged = noAttributes;
  for (const given of attributes) merged = { ...merged, ...written(given ?? noAttributes) };
  return plan(lowering, node, { type: 'attributes', attributes: merged });
}

/** The attributes that are given. */
function written(attributes: TableAttributes): Partial<TableAttributes> {
  const entries = Object.entries(attributes).filter(
    ([, value]) => value !== undefined && value !== noAttributes.sortKey,
  );
  return Object.fromEntries(entries);
}

export function lowerAppend(lowering: Lowering, node: AlterTableAppend): AlterTablePlan {
  const { ignoreExtra, fillTarget } = node;
  if (ignoreExtra && fillTarget) {
    lowering.fail(SqlState.invalidParameterValue, 'IGNOREEXTRA and FILLTARGET cannot be given together', node);
  }
  const from = lowering.objectName(node.from);
  return plan(lowering, node, { type: 'append', from, ignoreExtra, fillTarget });
}

function plan(lowering: Lowering, node: AlterTable | AlterTableAppend, action: AlterTableAction): AlterTablePlan {
  return { kind: 'alter_table', name: lowering.objectName(node.name), action };
}

/** The words of a clause that duckshift does not run. */
function refusal(clause: AlterTableClause): string | undefined {
  switch (clause.kind) {
    case 'external_table_clause':
      return clause.action.toUpperCase();
    case 'security_clause':
      return clause.feature.toUpperCase();
    case 'alter_column_nullability':
      return `ALTER COLUMN … ${clause.notNull ? 'SET' : 'DROP'} NOT NULL`;
    case 'alter_column_default':
      return `ALTER COLUMN … ${clause.expression ? 'SET' : 'DROP'} DEFAULT`;
    default:
      return undefined;
  }
}

function lowerClause(lowering: Lowering, clause: AlterTableClause): AlterTableAction {
  const attributes = lowerPhysical(lowering, clause);
  if (attributes) return { type: 'attributes', attributes };
  switch (clause.kind) {
    case 'add_column': {
      const { column, constraints } = lowerColumn(lowering, clause.column);
      if (column.primaryKey || column.unique || constraints.length > 0 || column.distKey || column.sortKey) {
        lowering.fail(SqlState.featureNotSupported, 'ADD COLUMN takes no key or constraint', clause.column);
      }
      return { type: 'add_column', column };
    }
    case 'drop_column':
      return { type: 'drop_column', column: lowering.name(clause.column), cascade: clause.cascade };
    case 'rename_column':
      return { type: 'rename_column', from: lowering.name(clause.from), to: lowering.name(clause.to) };
    case 'rename_to':
      return { type: 'rename_table', to: lowering.name(clause.to) };
    case 'alter_column_type': {
      const dataType = lowering.context.resolveType(clause.type);
      return { type: 'alter_column_type', column: lowering.name(clause.column), dataType };
    }
    case 'alter_column_encode':
      return { type: 'alter_column_encode', column: lowering.name(clause.column), encoding: clause.encoding };
    case 'owner_to':
      return { type: 'owner', owner: lowering.name(clause.owner) };
    case 'set_schema':
      return { type: 'set_schema', schema: lowering.name(clause.schema) };
    case 'add_constraint':
      return { type: 'add_constraint', constraint: lowerConstraint(lowering, clause.constraint) };
    case 'drop_constraint':
      return { type: 'drop_constraint', name: lowering.name(clause.name), cascade: clause.cascade };
    default:
      return { type: 'other', text: clause.kind.replaceAll('_', ' ').toUpperCase() };
  }
}

/** A change of physical attributes as attributes; undefined for every other clause. */
export function lowerPhysical(
  lowering: Lowering,
  clause: AlterTableClause | TableAttributesClause,
): TableAttributes | undefined {
  switch (clause.kind) {
    case 'alter_distribution':
      return { ...noAttributes, distStyle: clause.style, distKey: clause.column && lowering.name(clause.column) };
    case 'alter_sort_key': {
      const { style } = clause;
      const sortStyle = style === 'none' ? undefined : style;
      return { ...noAttributes, sortKey: lowering.names(clause.columns), sortStyle };
    }
    case 'alter_encode_auto':
      return noAttributes;
    default:
      return undefined;
  }
}
