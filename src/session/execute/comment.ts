import type { ObjectName } from '../../../sql-dialect/catalog.js';
import type { CommentPlan } from '../../../sql-dialect/plan.js';
import { DuckshiftError } from '../../base/errors.js';
import type { CatalogTransaction, RelationEntry } from '../../catalog/contract.js';
import { relationWord } from '../../catalog/objects/kinds.js';
import type { SessionContext, StatementExecutor } from '../context.js';
import { done } from '../results.js';
import { requireTarget, wrongKind } from './names.js';

/** COMMENT ON table, view, column, schema; on databases and constraints it is accepted and not stored. */
export const comment: StatementExecutor<CommentPlan> = {
  async execute({ session, signal }, plan) {
    await session.transaction.change([], signal, async (catalog) => {
      switch (plan.objectType) {
        case 'table':
        case 'view':
        case 'materialized view':
          return commentOnRelation(session, catalog, plan);
        case 'column':
          return commentOnColumn(session, catalog, plan);
        case 'schema':
          return commentOnSchema(catalog, plan);
        case 'database':
        case 'constraint':
          return;
      }
    });
    return done('COMMENT');
  },
};

async function commentOnRelation(
  session: SessionContext,
  catalog: CatalogTransaction,
  plan: CommentPlan,
): Promise<void> {
  const { entry, temporary } = requireTarget(session, objectName(plan.name), catalog.snapshot);
  const wanted: RelationEntry['kind'] =
    plan.objectType === 'table' ? 'table' : plan.objectType === 'view' ? 'view' : 'materialized_view';
  // Tools comment on a materialized view as on a view, and Redshift takes it (observed).
  const asView = wanted === 'view' && entry.kind === 'materialized_view';
  if (!asView && relationWord(entry.kind) !== relationWord(wanted)) throw wrongKind(entry, wanted, undefined);
  await store(session, catalog, { ...entry, comment: plan.text }, temporary);
}

async function commentOnColumn(session: SessionContext, catalog: CatalogTransaction, plan: CommentPlan): Promise<void> {
  const column = plan.name.at(-1) ?? '';
  const { entry, temporary } = requireTarget(session, objectName(plan.name.slice(0, -1)), catalog.snapshot);
  const names =
    entry.kind === 'table' ? entry.columns.map(({ name }) => name) : entry.columns.map(({ label }) => label);
  if (!names.includes(column))
    throw new DuckshiftError('42703', `column "${column}" of relation "${entry.name}" does not exist`);
  if (entry.kind !== 'table') {
    const { [column]: _before, ...others } = entry.columnComments ?? {};
    await catalog.put({
      ...entry,
      columnComments: plan.text === undefined ? others : { ...others, [column]: plan.text },
    });
    return;
  }
  const columns = entry.columns.map((stored) => (stored.name === column ? { ...stored, comment: plan.text } : stored));
  await store(session, catalog, { ...entry, columns }, temporary);
}

/** Temporary tables are the session's, all others the catalog's. */
async function store(
  session: SessionContext,
  catalog: CatalogTransaction,
  entry: RelationEntry,
  temporary: boolean,
): Promise<void> {
  if (!temporary || entry.kind !== 'table') return catalog.put(entry);
  session.transaction.temporary = new Map(session.transaction.temporary).set(entry.name, entry);
}

async function commentOnSchema(catalog: CatalogTransaction, plan: CommentPlan): Promise<void> {
  const name = plan.name.at(-1) ?? '';
  const schema = catalog.snapshot.schema(name);
  if (schema === undefined) throw new DuckshiftError('3F000', `schema "${name}" does not exist`);
  await catalog.put({ ...schema, comment: plan.text });
}

function objectName(parts: readonly string[]): ObjectName {
  return { database: parts.at(-3), schema: parts.at(-2), name: parts.at(-1) ?? '' };
}
