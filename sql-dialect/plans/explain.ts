import type { ExplainStatement } from '../ast/maintenance.js';
import { type ExecutablePlan, type ExplainablePlan, isUnsupported, type Plan } from '../plan.js';
import type { Lowering } from './lowering.js';

type Explainable = ExplainablePlan['kind'];

/** Whether EXPLAIN shows the plan of each kind ("EXPLAIN"). */
const explainable: { readonly [K in ExecutablePlan['kind']]: K extends Explainable ? true : false } = {
  select: true,
  insert: true,
  update: true,
  delete: true,
  merge: true,
  create_table_as: true,
  create_external_schema: false,
  create_schema: false,
  alter_schema: false,
  drop_schema: false,
  create_table: false,
  alter_table: false,
  create_view: false,
  create_materialized_view: false,
  refresh_materialized_view: false,
  alter_materialized_view: false,
  drop_table: false,
  drop_view: false,
  drop_materialized_view: false,
  create_user: false,
  alter_user: false,
  drop_user: false,
  truncate: false,
  begin: false,
  commit: false,
  rollback: false,
  set: false,
  reset: false,
  show: false,
  show_objects: false,
  explain: false,
  comment: false,
  prepare: false,
  execute: false,
  deallocate: false,
  declare: false,
  fetch: false,
  close: false,
  analyze: false,
  vacuum: false,
  lock: false,
};

/** EXPLAIN of a statement whose plan is `statement`; one that is refused is refused behind EXPLAIN too. */
export function lowerExplain(lowering: Lowering, node: ExplainStatement, statement: Plan): Plan {
  if (isUnsupported(statement)) return statement;
  if (isExplainable(statement)) return { kind: 'explain', verbose: node.verbose, statement };
  const feature = `EXPLAIN ${statement.kind.replaceAll('_', ' ').toUpperCase()}`;
  return lowering.unsupported(feature, node.statement, 'Put EXPLAIN before the query itself.');
}

function isExplainable(plan: ExecutablePlan): plan is ExplainablePlan {
  return explainable[plan.kind];
}
