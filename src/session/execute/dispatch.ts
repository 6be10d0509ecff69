import type { ExecutablePlan } from '../../../sql-dialect/plan.js';
import type { StatementExecutor } from '../context.js';
import { alterTable } from './alter-table.js';
import { comment } from './comment.js';
import { createTable } from './create-table.js';
import { createTableAs } from './create-table-as.js';
import { closeCursor, declareCursor, fetchCursor } from './cursor.js';
import { dml } from './dml.js';
import { dropRelations, dropSchemas } from './drop.js';
import { empty, explain } from './explain.js';
import { createExternalSchema } from './external-schema.js';
import { lock, maintenance, vacuum } from './maintenance.js';
import { alterMaterializedView, createMaterializedView, refreshMaterializedView } from './materialized-view.js';
import { deallocatePrepared, executePrepared, prepareStatement } from './prepare.js';
import { query } from './query.js';
import { alterSchema, createSchema } from './schema.js';
import { resetSetting, setSetting, showSetting } from './settings.js';
import { showObjects } from './show-objects.js';
import { begin, commit, rollback } from './transaction.js';
import { truncate } from './truncate.js';
import { alterUser, createUser, dropUsers } from './user.js';
import { createView } from './view.js';

type Kind = ExecutablePlan['kind'];
/** The plan type of a kind; one type may have several kinds. */
type PlanOf<K extends Kind, P = ExecutablePlan> = P extends { readonly kind: Kind }
  ? K extends P['kind']
    ? P
    : never
  : never;

/** What runs each kind of plan. */
const executors: { readonly [K in Kind]: StatementExecutor<PlanOf<K>> } = {
  select: query,
  insert: dml,
  update: dml,
  delete: dml,
  merge: dml,
  create_external_schema: createExternalSchema,
  create_schema: createSchema,
  alter_schema: alterSchema,
  drop_schema: dropSchemas,
  create_table: createTable,
  create_table_as: createTableAs,
  alter_table: alterTable,
  create_view: createView,
  create_materialized_view: createMaterializedView,
  refresh_materialized_view: refreshMaterializedView,
  alter_materialized_view: alterMaterializedView,
  drop_table: dropRelations,
  drop_view: dropRelations,
  drop_materialized_view: dropRelations,
  create_user: createUser,
  alter_user: alterUser,
  drop_user: dropUsers,
  truncate,
  begin,
  commit,
  rollback,
  set: setSetting,
  reset: resetSetting,
  show: showSetting,
  show_objects: showObjects,
  explain,
  comment,
  prepare: prepareStatement,
  execute: executePrepared,
  deallocate: deallocatePrepared,
  declare: declareCursor,
  fetch: fetchCursor,
  close: closeCursor,
  analyze: maintenance,
  vacuum,
  lock,
  empty,
};

/** What runs `plan`. */
export function executorOf(plan: ExecutablePlan): StatementExecutor<ExecutablePlan> {
  // The table pairs each kind with an executor of its own plan type, which TypeScript cannot follow through the lookup.
  return executors[plan.kind] as StatementExecutor<ExecutablePlan>;
}
