import type { DmlPlan, ExecutablePlan, ExplainablePlan, PlanOf, TruncatePlan } from '../../../sql-dialect/plan.js';
import type { StatementExecutor } from '../context.js';
import type { QueryType } from '../history.js';
import { alterTable } from './alter-table.js';
import { comment } from './comment.js';
import { createTable } from './create-table.js';
import { createTableAs } from './create-table-as.js';
import { closeCursor, declareCursor, fetchCursor } from './cursor.js';
import { dml } from './dml.js';
import { dropRelations, dropSchemas } from './drop.js';
import { type Explained, explainWith } from './explain.js';
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

/**
 * What a statement does to what other sessions see: it reads it or leaves it alone, it writes it, or it changes this
 * session only (settings, prepared statements, cursors, the rows of its temporary tables). A READ ONLY transaction
 * refuses what writes.
 */
export type Effect = 'reads' | 'writes' | 'session';

/** What the server knows of one kind of statement. */
interface StatementKind<P extends ExecutablePlan> {
  readonly effect: Effect | ((plan: P) => Effect);
  /** What SYS_QUERY_HISTORY calls it. */
  readonly queryType: QueryType | ((plan: P) => QueryType);
  /** Cannot run inside a transaction block; the text is what the error calls it (`VACUUM`). */
  readonly runsAlone?: string;
  /**
   * The queries that EXPLAIN shows the plans of; there for every kind that the dialect puts behind EXPLAIN, and for no
   * other.
   */
  readonly explain: [P] extends [ExplainablePlan] ? (plan: P) => Explained : undefined;
  readonly executor: StatementExecutor<P>;
}

/** The parts of most records: EXPLAIN does not take the statement. */
const definition = { effect: 'writes', queryType: 'DDL', explain: undefined } as const;
const ofSession = { effect: 'session', queryType: 'UTILITY', explain: undefined } as const;
const reading = { effect: 'reads', queryType: 'UTILITY', explain: undefined } as const;

/** The rows of temporary tables are the session's own ("SET TRANSACTION", PostgreSQL 8.0). */
const effectOnTarget = ({ target }: DmlPlan | TruncatePlan): Effect =>
  target.temporary === true ? 'session' : 'writes';
const changingRows = { effect: effectOnTarget, explain: (plan: DmlPlan) => plan, executor: dml } as const;

/** Every kind of statement that runs; a new kind without its line here does not compile. */
const statements: { readonly [K in ExecutablePlan['kind']]: StatementKind<PlanOf<K>> } = {
  select: {
    effect: 'reads',
    queryType: 'SELECT',
    explain: ({ duckdb, reads, parameters }) => ({ duckdb: [duckdb], reads, parameters }),
    executor: query,
  },
  insert: { ...changingRows, queryType: 'INSERT' },
  update: { ...changingRows, queryType: 'UPDATE' },
  delete: { ...changingRows, queryType: 'DELETE' },
  merge: { ...changingRows, queryType: 'MERGE' },
  truncate: { ...definition, effect: effectOnTarget, executor: truncate },
  create_external_schema: { ...definition, executor: createExternalSchema },
  create_schema: { ...definition, executor: createSchema },
  alter_schema: { ...definition, executor: alterSchema },
  drop_schema: { ...definition, executor: dropSchemas },
  create_table: { ...definition, executor: createTable },
  create_table_as: {
    effect: 'writes',
    queryType: ({ selectInto }) => (selectInto ? 'SELECT' : 'DDL'),
    explain: ({ query: { compiled } }) => ({ ...compiled, duckdb: [compiled.duckdb] }),
    executor: createTableAs,
  },
  alter_table: { ...definition, executor: alterTable },
  drop_table: { ...definition, executor: dropRelations },
  create_view: { ...definition, executor: createView },
  drop_view: { ...definition, executor: dropRelations },
  create_materialized_view: { ...definition, executor: createMaterializedView },
  refresh_materialized_view: {
    ...definition,
    queryType: 'REFRESH_MATERIALIZED_VIEW',
    executor: refreshMaterializedView,
  },
  alter_materialized_view: { ...definition, executor: alterMaterializedView },
  drop_materialized_view: { ...definition, executor: dropRelations },
  create_user: { ...definition, executor: createUser },
  alter_user: { ...definition, executor: alterUser },
  drop_user: { ...definition, executor: dropUsers },
  comment: { ...definition, executor: comment },
  begin: { ...ofSession, executor: begin },
  commit: { ...ofSession, executor: commit },
  rollback: { ...ofSession, executor: rollback },
  set: { ...ofSession, executor: setSetting },
  reset: { ...ofSession, executor: resetSetting },
  show: { ...reading, executor: showSetting },
  show_objects: { ...reading, executor: showObjects },
  explain: { ...reading, executor: explainWith(explained) },
  prepare: { ...ofSession, executor: prepareStatement },
  // The statement that it runs has its own effect, which is checked when it runs.
  execute: { ...ofSession, executor: executePrepared },
  deallocate: { ...ofSession, executor: deallocatePrepared },
  declare: { ...reading, executor: declareCursor },
  fetch: { ...reading, executor: fetchCursor },
  close: { ...ofSession, executor: closeCursor },
  // These three keep statistics, space and locks, not what a query sees.
  analyze: { ...reading, executor: maintenance },
  vacuum: { ...reading, runsAlone: 'VACUUM', executor: vacuum },
  lock: { ...reading, executor: lock },
};

function kindOf(plan: ExecutablePlan): StatementKind<ExecutablePlan> {
  // The record pairs each kind with functions of its own plan type, which TypeScript cannot follow through the lookup.
  return statements[plan.kind] as StatementKind<ExecutablePlan>;
}

/** What runs `plan`. */
export function executorOf(plan: ExecutablePlan): StatementExecutor<ExecutablePlan> {
  return kindOf(plan).executor;
}

/** What `plan` changes. */
export function effectOf(plan: ExecutablePlan): Effect {
  const { effect } = kindOf(plan);
  return typeof effect === 'string' ? effect : effect(plan);
}

/** What SYS_QUERY_HISTORY calls `plan`. */
export function queryTypeOf(plan: ExecutablePlan): QueryType {
  const { queryType } = kindOf(plan);
  return typeof queryType === 'string' ? queryType : queryType(plan);
}

/** The name of a statement that cannot run inside a transaction block; undefined for all others. */
export function runsAlone(plan: ExecutablePlan): string | undefined {
  return kindOf(plan).runsAlone;
}

function explained(plan: ExplainablePlan): Explained {
  const { explain } = statements[plan.kind] as StatementKind<ExplainablePlan>;
  return explain(plan);
}
