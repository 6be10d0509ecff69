import type { AlterSchemaPlan, CreateSchemaPlan } from '../../../sql-dialect/plan.js';
import { DuckshiftError } from '../../base/errors.js';
import type {
  CatalogSnapshot,
  CatalogTransaction,
  ExternalSchemaEntry,
  RelationEntry,
  SchemaEntry,
} from '../../catalog/contract.js';
import { freeName, physicalSchema, qualified, takenSchemaNames } from '../../catalog/physical.js';
import { systemSchemaNames } from '../../catalog/system/system-schemas.js';
import { hiddenSchema } from '../../engine/engine.js';
import type { SessionContext, StatementExecutor } from '../context.js';
import { done } from '../results.js';

/** Schemas that DuckDB has in every database. */
const engineSchemas = ['main', ...systemSchemaNames];

/**
 * 42939 for a name that no schema may have, 42P06 for one that is taken.
 *
 * @returns false when the schema exists and IF NOT EXISTS was given; the notice has been sent.
 */
export function checkNewSchema(session: SessionContext, name: string, ifNotExists: boolean): boolean {
  if (name.startsWith('pg_') || name === hiddenSchema) {
    throw new DuckshiftError('42939', `unacceptable schema name "${name}"`, {
      detail:
        name === hiddenSchema
          ? 'duckshift keeps its own tables there.'
          : 'The prefix "pg_" is reserved for system schemas.',
    });
  }
  const exists = session.services.system.hasSchema(name) || session.transaction.snapshot.schema(name) !== undefined;
  if (!exists) return true;
  if (!ifNotExists) throw new DuckshiftError('42P06', `Schema "${name}" already exists`);
  session.notice({ severity: 'INFO', code: '42P06', message: `Schema "${name}" already exists and will be skipped` });
  return false;
}

export const createSchema: StatementExecutor<CreateSchemaPlan> = {
  async execute({ session, signal }, plan) {
    await session.transaction.change([{ schema: plan.name, name: undefined }], signal, async (catalog) => {
      if (!checkNewSchema(session, plan.name, plan.ifNotExists)) return;
      const taken = takenSchemaNames(catalog.snapshot);
      for (const name of engineSchemas) taken.add(name);
      const physicalName = freeName(plan.name, taken);
      await session.connection.run(`CREATE SCHEMA ${qualified(session.database, physicalName)}`);
      await catalog.put({
        kind: 'schema',
        oid: catalog.nextOid(),
        name: plan.name,
        owner: plan.owner ?? session.user,
        physicalName: physicalName === plan.name ? undefined : physicalName,
      });
    });
    return done('CREATE SCHEMA');
  },
};

export const alterSchema: StatementExecutor<AlterSchemaPlan> = {
  async execute({ session, signal }, { name, action }) {
    const names = [name, ...(action.type === 'rename' ? [action.to] : [])];
    await session.transaction.change(
      names.map((schema) => ({ schema, name: undefined })),
      signal,
      async (catalog) => {
        const schema = catalog.snapshot.schema(name);
        if (schema === undefined) throw new DuckshiftError('3F000', `schema "${name}" does not exist`);
        if (action.type === 'owner') await catalog.put({ ...schema, owner: action.owner });
        if (action.type === 'rename') await rename(session, catalog, schema, action.to);
        // QUOTA limits disk space, of which a laptop has what it has: accepted, without effect.
      },
    );
    return done('ALTER SCHEMA');
  },
};

/** DuckDB cannot rename schemas, so its own keeps its name. */
async function rename(
  session: SessionContext,
  catalog: CatalogTransaction,
  schema: SchemaEntry | ExternalSchemaEntry,
  to: string,
): Promise<void> {
  checkNewSchema(session, to, false);
  const before = catalog.snapshot;
  const relations = before.relations().filter((relation) => relation.schema === schema.name);
  if (schema.kind === 'external_schema') await catalog.put({ ...schema, name: to });
  else {
    const physicalName = physicalSchema(before, schema.name);
    await catalog.put({ ...schema, name: to, physicalName: physicalName === to ? undefined : physicalName });
  }
  for (const relation of relations) await catalog.put({ ...relation, schema: to });
  await noteRename(session, catalog, before, schema.name, relations);
}

/**
 * Materialized views in a schema, over its relations and over streams in it name it: they cannot be refreshed any more
 * ("SVV_MV_INFO").
 */
async function noteRename(
  session: SessionContext,
  catalog: CatalogTransaction,
  before: CatalogSnapshot,
  schema: string,
  relations: readonly RelationEntry[],
): Promise<void> {
  const oids = new Set(relations.map(({ oid }) => oid));
  const views = catalog.snapshot
    .relations()
    .filter((entry) => entry.kind === 'materialized_view')
    .filter(
      (view) =>
        oids.has(view.oid) || view.stream?.externalSchema === schema || view.dependsOn.some((oid) => oids.has(oid)),
    );
  const { connection, user, services } = session;
  await services.materializedViews.noteChange({
    connection,
    snapshot: before,
    base: { oid: 0, schema, name: '' },
    change: 'schema renamed',
    views,
    catalog,
    user,
  });
}
