import type { ObjectName, Relation } from '../../../sql-dialect/catalog.js';
import type {
  AlterMaterializedViewPlan,
  CreateMaterializedViewPlan,
  RefreshMaterializedViewPlan,
  TableAttributes,
} from '../../../sql-dialect/plan.js';
import { DuckshiftError } from '../../base/errors.js';
import type { CatalogSnapshot, MaterializedViewEntry, StreamReference } from '../../catalog/contract.js';
import type { NewMaterializedView, RefreshMessage } from '../../refresh/contract.js';
import type { SessionContext, StatementExecutor } from '../context.js';
import { done } from '../results.js';
import { findTarget, newRelationName, queryNameTaken, shown, wrongKind } from './names.js';
import { namedKeys } from './table-columns.js';
import { namedColumns, refuseParameters, relationOids } from './view.js';

export const createMaterializedView: StatementExecutor<CreateMaterializedViewPlan> = {
  async execute({ session, signal, parameters }, plan) {
    refuseParameters(parameters);
    const { schema, name } = newRelationName(session, plan.name, session.transaction.snapshot);
    const messages = await session.transaction.change([{ schema, name }], signal, async (catalog) => {
      if (catalog.snapshot.relation(schema, name) !== undefined) throw queryNameTaken(name);
      const { compiled, text } = plan.query;
      const stream = compiled.reads.find((relation) => relation.kind === 'stream');
      const columns = namedColumns(compiled.columns, plan.columnNames);
      const entry: NewMaterializedView = {
        kind: 'materialized_view',
        oid: catalog.nextOid(),
        schema,
        name,
        owner: session.user,
        text,
        settings: session.definitionSettings,
        searchPath: session.settings.searchPath,
        columns,
        attributes: namedKeys(
          plan.attributes,
          columns.map((column) => column.label),
        ),
        autoRefresh: plan.autoRefresh,
        dependsOn: relationOids(catalog.snapshot, compiled.reads, 'materialized view'),
        stream: stream === undefined ? undefined : streamReference(catalog.snapshot, stream),
        createdMillis: session.services.nowMillis(),
      };
      await session.prepareVariables(compiled);
      const { connection, transaction } = session;
      return session.services.materializedViews.create({
        plan,
        entry,
        connection,
        catalog,
        inBlock: transaction.inBlock,
        atEnd: (callback) => transaction.atEnd(callback),
      });
    });
    tell(session, messages);
    return done('CREATE MATERIALIZED VIEW');
  },
};

function streamReference(snapshot: CatalogSnapshot, { schema, name }: Relation): StreamReference {
  const external = snapshot.schema(schema);
  if (external?.kind !== 'external_schema') throw new DuckshiftError('3F000', `schema "${schema}" does not exist`);
  return { source: external.source, externalSchema: schema, streamName: name };
}

/**
 * REFRESH runs in a transaction of its own: in a block it sees what is committed, and what it commits stays ("REFRESH
 * MATERIALIZED VIEW").
 */
export const refreshMaterializedView: StatementExecutor<RefreshMaterializedViewPlan> = {
  async execute({ session, signal }, plan) {
    const { transaction, services } = session;
    // A text of several statements may make a view and refresh it: what it did so far is committed, as it would be one
    // by one.
    if (transaction.inBlock && !transaction.isExplicit && transaction.hasWritten) await transaction.commitNow();
    const entry = requireView(session, plan.name, transaction.snapshot);
    if (services.catalog.snapshot(session.database)?.byOid(entry.oid) === undefined) {
      throw new DuckshiftError(
        '0A000',
        `refreshing materialized view "${entry.name}" before its creation is committed is not supported`,
      );
    }
    const messages = await services.materializedViews.refresh({
      database: session.database,
      entry,
      mode: plan.mode,
      type: 'Manual',
      user: session.user,
      sessionId: session.processId,
      signal,
    });
    await transaction.renewSnapshot();
    tell(session, messages);
    return done('REFRESH');
  },
};

export const alterMaterializedView: StatementExecutor<AlterMaterializedViewPlan> = {
  async execute({ session, signal }, { name, action }) {
    const { schema, name: view } = requireView(session, name, session.transaction.snapshot);
    await session.transaction.change([{ schema, name: view }], signal, async (catalog) => {
      const entry = requireView(session, name, catalog.snapshot);
      switch (action.type) {
        case 'auto_refresh':
          if (action.on) session.services.materializedViews.checkAutoRefresh(catalog.snapshot, entry);
          await catalog.put({ ...entry, autoRefresh: action.on });
          return;
        case 'attributes':
          await catalog.put({
            ...entry,
            attributes: { ...entry.attributes, ...given(viewKeys(entry, action.attributes)) },
          });
          return;
      }
    });
    return done('ALTER MATERIALIZED VIEW');
  },
};

function viewKeys(entry: MaterializedViewEntry, attributes: TableAttributes): TableAttributes {
  return namedKeys(
    attributes,
    entry.columns.map((column) => column.label),
  );
}

/** Only what a statement said of table attributes. */
function given<T extends object>(attributes: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(attributes).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  ) as Partial<T>;
}

function requireView(session: SessionContext, name: ObjectName, snapshot: CatalogSnapshot): MaterializedViewEntry {
  const target = findTarget(session, name, snapshot);
  if (target === undefined) throw new DuckshiftError('42P01', `Materialized view "${shown(name)}" does not exist`);
  if (target.entry.kind !== 'materialized_view') throw wrongKind(target.entry, 'materialized_view', undefined);
  return target.entry;
}

function tell(session: SessionContext, messages: readonly RefreshMessage[]): void {
  for (const { severity, text } of messages)
    session.notice({ severity, code: severity === 'WARNING' ? '01000' : '00000', message: text });
}
