import type { Relation } from '../../../sql-dialect/catalog.js';
import type { DmlPlan } from '../../../sql-dialect/plan.js';
import { DuckshiftError } from '../../base/errors.js';
import type { RelationEntry } from '../../catalog/contract.js';
import { isAggregated } from '../../catalog/view-contents.js';
import { boundParameters } from '../bound-parameters.js';
import type { SessionContext, StatementExecutor } from '../context.js';
import { done } from '../results.js';
import { refuseOtherDatabase } from './names.js';
import { beginWrite, noteChange } from './watched.js';

const verbs: Readonly<Record<DmlPlan['kind'], string>> = {
  insert: 'INSERT',
  update: 'UPDATE',
  delete: 'DELETE',
  merge: 'MERGE',
};

const viewVerbs: Readonly<Record<DmlPlan['kind'], string>> = {
  insert: 'insert into',
  update: 'update',
  delete: 'delete from',
  merge: 'merge into',
};

/** INSERT, UPDATE, DELETE, MERGE. */
export const dml: StatementExecutor<DmlPlan> = {
  async execute({ session, parameters }, plan) {
    refuseOtherDatabase(session, plan.target.database);
    refuseUnwritable(session, plan);
    const bound = boundParameters(plan.parameters, parameters);
    const [only] = plan.duckdb;
    const { target } = plan;
    const table = relationEntry(session, target);
    const entry = target.temporary ? undefined : table;
    const watched = entry !== undefined && beginWrite(session, entry) ? entry : undefined;
    let rows = 0;
    if (plan.duckdb.length === 1 && only !== undefined && watched === undefined) {
      rows = await session.transaction.writeOnce(async () => {
        await session.prepareVariables(withDefaults(session, plan));
        return session.connection.run(only, bound);
      });
    } else {
      await session.transaction.write(async () => {
        await session.prepareVariables(withDefaults(session, plan));
        for (const text of plan.duckdb) {
          const changed = await session.connection.run(text, bound);
          rows = plan.kind === 'merge' ? rows + changed : changed;
        }
        if (watched !== undefined && rows > 0) await noteChange(session, watched, 'rows');
      });
    }
    if (plan.kind !== 'insert' && table !== undefined) session.transaction.noteRowsReplaced(table.oid);
    return done(tag(plan.kind, rows));
  },
};

/** What a statement runs: its own texts, and the defaults of the columns it fills. */
function withDefaults(session: SessionContext, { target, reads, duckdb }: DmlPlan) {
  const entry = relationEntry(session, target);
  const defaults = entry?.kind === 'table' ? entry.columns.flatMap((column) => column.defaultDuckdb ?? []) : [];
  return { reads, duckdb: [...duckdb, ...defaults] };
}

function relationEntry({ transaction }: SessionContext, target: Relation): RelationEntry | undefined {
  const { snapshot, temporary } = transaction;
  return target.temporary === true ? temporary.get(target.name) : snapshot.relation(target.schema, target.name);
}

function tag(kind: DmlPlan['kind'], rows: number): string {
  return kind === 'insert' ? `INSERT 0 ${rows}` : `${verbs[kind]} ${rows}`;
}

/**
 * Only tables can be changed, and streaming materialized views by DELETE ("Streaming ingestion to a materialized
 * view").
 */
function refuseUnwritable(session: SessionContext, plan: DmlPlan): void {
  const { target } = plan;
  const verb = verbs[plan.kind];
  switch (target.kind) {
    case 'table':
      return;
    case 'materialized_view':
      refuseUnwritableView(plan, streamContents(session, target));
      return;
    case 'system_view':
      throw new DuckshiftError('42501', `permission denied: "${target.name}" is a system catalog`);
    case 'stream':
      throw new DuckshiftError('42809', `${verb} on stream "${target.name}" is not supported`);
    default:
      throw new DuckshiftError('42809', `cannot ${viewVerbs[plan.kind]} a view`, {
        hint: 'Change the tables that the view reads.',
      });
  }
}

function refuseUnwritableView({ kind, target }: DmlPlan, contents: ReturnType<typeof streamContents>): void {
  if (kind === 'delete' && contents === 'records') return;
  throw new DuckshiftError('42809', `${verbs[kind]} on materialized view "${target.name}" is not supported`, {
    hint:
      kind === 'delete' && contents === 'aggregates'
        ? 'Its rows are no records: TRUNCATE removes all of them.'
        : 'Use REFRESH MATERIALIZED VIEW to change its rows.',
  });
}

/** What a materialized view over a stream stores; undefined for other relations. */
function streamContents(
  { transaction }: SessionContext,
  { schema, name }: Relation,
): 'records' | 'aggregates' | undefined {
  const entry = transaction.snapshot.relation(schema, name);
  if (entry?.kind !== 'materialized_view' || entry.stream === undefined) return undefined;
  return isAggregated(entry) ? 'aggregates' : 'records';
}
