import type { ObjectName } from '../../../sql-dialect/catalog.js';
import type { DropRelationsPlan, DropSchemasPlan } from '../../../sql-dialect/plan.js';
import { DuckshiftError } from '../../base/errors.js';
import type { CatalogSnapshot, CatalogTransaction, RelationEntry, TableEntry } from '../../catalog/contract.js';
import { cascadeHint, dropList } from '../../catalog/dependencies.js';
import { temporaryTable } from '../../catalog/lookup.js';
import { relationWord } from '../../catalog/objects/kinds.js';
import { physicalRelation, physicalSchema, qualified } from '../../catalog/physical.js';
import type { SessionContext, StatementContext, StatementExecutor } from '../context.js';
import { done } from '../results.js';
import { findTarget, shown, wrongKind } from './names.js';
import { sequenceName } from './table-columns.js';

interface DropKind {
  readonly tag: string;
  /** In messages, as Redshift begins them. */
  readonly word: string;
  readonly kinds: ReadonlySet<RelationEntry['kind']>;
  readonly wanted: RelationEntry['kind'];
}

const dropKinds: Readonly<Record<DropRelationsPlan['kind'], DropKind>> = {
  drop_table: { tag: 'DROP TABLE', word: 'Table', kinds: new Set(['table']), wanted: 'table' },
  drop_view: { tag: 'DROP VIEW', word: 'View', kinds: new Set(['view', 'late_binding_view']), wanted: 'view' },
  drop_materialized_view: {
    tag: 'DROP MATERIALIZED VIEW',
    word: 'Materialized view',
    kinds: new Set(['materialized_view']),
    wanted: 'materialized_view',
  },
};

/** DROP TABLE, DROP VIEW, DROP MATERIALIZED VIEW. */
export const dropRelations: StatementExecutor<DropRelationsPlan> = {
  async execute({ session, signal }, plan) {
    const kind = dropKinds[plan.kind];
    const found = findAll(session, plan, kind, session.transaction.snapshot);
    const names = found.permanent.map(({ schema, name }) => ({ schema, name }));
    await session.transaction.change(names, signal, async (catalog) => {
      const { permanent, temporary } = findAll(session, { ...plan, ifExists: true }, kind, catalog.snapshot);
      const targets = new Set(permanent.map(({ oid }) => oid));
      for (const entry of dropList(catalog.snapshot, permanent, plan.cascade)) {
        if (!targets.has(entry.oid)) tellCascade(session, entry);
        await dropRelation(session, catalog, entry, signal);
      }
      for (const table of temporary) await dropTemporary(session, table);
    });
    for (const name of found.missing) tellSkipped(session, `${kind.word} "${name}"`);
    return done(kind.tag);
  },
};

/** DROP SCHEMA, ordinary and external. */
export const dropSchemas: StatementExecutor<DropSchemasPlan> = {
  async execute({ session, signal }, plan) {
    const { names } = plan;
    await session.transaction.change(
      names.map((schema) => ({ schema, name: undefined })),
      signal,
      async (catalog) => {
        for (const name of names) await dropSchema({ session, signal }, catalog, name, plan);
      },
    );
    return done('DROP SCHEMA');
  },
};

async function dropSchema(
  { session, signal }: Pick<StatementContext, 'session' | 'signal'>,
  catalog: CatalogTransaction,
  name: string,
  plan: DropSchemasPlan,
): Promise<void> {
  const { snapshot } = catalog;
  if (session.services.system.hasSchema(name))
    throw new DuckshiftError('42501', `permission denied: schema "${name}" is a system schema`);
  const schema = snapshot.schema(name);
  if (schema === undefined) {
    if (!plan.ifExists) throw new DuckshiftError('3F000', `schema "${name}" does not exist`);
    tellSkipped(session, `Schema "${name}"`);
    return;
  }
  const inside = snapshot
    .relations()
    .filter((entry) => entry.schema === name || (entry.kind !== 'table' && entry.dependsOn.includes(schema.oid)));
  if (inside.length > 0 && !plan.cascade) {
    throw new DuckshiftError('2BP01', `cannot drop schema ${name} because other objects depend on it`, {
      detail: inside.map((entry) => `${relationWord(entry.kind)} ${entry.name} depends on schema ${name}`).join('\n'),
      hint: cascadeHint,
    });
  }
  for (const entry of dropList(snapshot, inside, true)) {
    tellCascade(session, entry);
    await dropRelation(session, catalog, entry, signal);
  }
  if (schema.kind === 'schema')
    await session.connection.run(`DROP SCHEMA ${qualified(session.database, physicalSchema(snapshot, name))} CASCADE`);
  await catalog.remove(schema);
}

/** Drop one permanent relation, with what belongs to it. What depends on it is gone already. */
export async function dropRelation(
  session: SessionContext,
  catalog: CatalogTransaction,
  entry: RelationEntry,
  signal: AbortSignal,
): Promise<void> {
  const { connection } = session;
  const full = physicalRelation(catalog.snapshot, entry);
  switch (entry.kind) {
    case 'table':
      await connection.run(`DROP TABLE ${full}`);
      await dropSequences(session, entry, false);
      break;
    case 'view':
      await connection.run(`DROP VIEW ${full}`);
      break;
    case 'materialized_view':
      await session.services.materializedViews.drop(connection, entry, catalog.snapshot, signal);
      break;
    case 'late_binding_view':
      break;
  }
  await catalog.remove(entry);
}

async function dropTemporary(session: SessionContext, table: TableEntry): Promise<void> {
  await session.connection.run(`DROP TABLE ${temporaryTable(table)}`);
  await dropSequences(session, table, true);
  const tables = new Map(session.transaction.temporary);
  tables.delete(table.name);
  session.transaction.temporary = tables;
}

async function dropSequences(session: SessionContext, table: TableEntry, temporary: boolean): Promise<void> {
  for (const [index, column] of table.columns.entries()) {
    if (column.identity === undefined) continue;
    await session.connection.run(`DROP SEQUENCE ${sequenceName(session.database, table.oid, index + 1, temporary)}`);
  }
}

interface Found {
  readonly permanent: RelationEntry[];
  readonly temporary: TableEntry[];
  readonly missing: string[];
}

function findAll(session: SessionContext, plan: DropRelationsPlan, kind: DropKind, snapshot: CatalogSnapshot): Found {
  const found: Found = { permanent: [], temporary: [], missing: [] };
  for (const name of plan.names) {
    const target = findIfSchemaExists(session, name, plan.ifExists, snapshot);
    if (target === undefined) {
      if (!plan.ifExists) throw new DuckshiftError('42P01', `${kind.word} "${shown(name)}" does not exist`);
      found.missing.push(shown(name));
      continue;
    }
    const { entry, temporary } = target;
    if (!kind.kinds.has(entry.kind)) throw wrongKind(entry, kind.wanted, 'DROP');
    if (temporary && entry.kind === 'table') found.temporary.push(entry);
    else found.permanent.push(entry);
  }
  return found;
}

function findIfSchemaExists(
  session: SessionContext,
  name: ObjectName,
  ifExists: boolean,
  snapshot: CatalogSnapshot,
): ReturnType<typeof findTarget> {
  try {
    return findTarget(session, name, snapshot);
  } catch (error) {
    if (ifExists && error instanceof DuckshiftError && error.code === '3F000') return undefined;
    throw error;
  }
}

function tellSkipped(session: SessionContext, what: string): void {
  session.notice({ severity: 'INFO', code: '00000', message: `${what} does not exist and will be skipped` });
}

function tellCascade(session: SessionContext, entry: RelationEntry): void {
  session.notice({
    severity: 'NOTICE',
    code: '00000',
    message: `drop cascades to ${relationWord(entry.kind)} ${entry.name}`,
  });
}
