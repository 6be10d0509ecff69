import type { CatalogSnapshot, CatalogTransaction, MaterializedViewEntry } from '../catalog/contract.js';
import { hidden } from '../catalog/physical.js';
import { viewStateEvents } from '../catalog/refresh-records.js';
import type { EngineConnection } from '../engine/contract.js';
import { addPending } from './view-state.js';

/** What happens to a table, a materialized view or a schema that concerns the materialized views over it. */
export type BaseChange =
  | 'rows'
  | 'truncate'
  | 'vacuum'
  | 'sort key'
  | 'distribution'
  | 'column dropped'
  | 'column type'
  | 'table renamed'
  | 'column renamed'
  | 'schema renamed';

interface ChangeTraits {
  /** SYS_MV_STATE.event_desc; undefined for a change that an incremental refresh can apply. */
  readonly event?: string;
  /** SVV_MV_INFO.state of the views over it, which cannot be refreshed any more. */
  readonly unrefreshable?: NonNullable<MaterializedViewEntry['unrefreshable']>;
}

/** AWS "SYS_MV_STATE", "SVV_MV_INFO". */
const traits: Readonly<Record<BaseChange, ChangeTraits>> = {
  rows: {},
  truncate: { event: 'TRUNCATE' },
  vacuum: { event: 'Vacuum' },
  'sort key': { event: 'ALTER TABLE ALTER SORTKEY' },
  distribution: { event: 'ALTER TABLE ALTER DISTSTYLE' },
  'column dropped': { event: 'Column was dropped', unrefreshable: 101 },
  'column type': { event: 'Column type was changed', unrefreshable: 102 },
  'table renamed': { event: 'Table was renamed', unrefreshable: 103 },
  'column renamed': { event: 'Column was renamed', unrefreshable: 104 },
  'schema renamed': { event: 'Schema name was changed', unrefreshable: 105 },
};

export interface ChangeRequest {
  /** In whose transaction the change is made. */
  readonly connection: EngineConnection;
  /** As the transaction sees it before the change. */
  readonly snapshot: CatalogSnapshot;
  readonly change: BaseChange;
  /** The relation that is changed. */
  readonly base: { readonly oid: number; readonly schema: string; readonly name: string };
  /** Views concerned, when they are not those that read `base`. */
  readonly views?: readonly MaterializedViewEntry[] | undefined;
  /** Takes the entries of views that cannot be refreshed any more; needed for a change after which that is so. */
  readonly catalog?: CatalogTransaction | undefined;
  readonly user: string;
}

/** The materialized views that read a relation. */
export function viewsOver(snapshot: CatalogSnapshot, oid: number): MaterializedViewEntry[] {
  return snapshot.dependents(oid).filter((entry) => entry.kind === 'materialized_view');
}

/**
 * Note a change for the views concerned, in the transaction that makes it.
 *
 * @param transactionId for the system views
 * @param nowMicros microseconds since the epoch
 */
export async function noteChange(
  request: ChangeRequest & { readonly views: readonly MaterializedViewEntry[] },
  transactionId: number,
  nowMicros: bigint,
): Promise<void> {
  const { connection, snapshot, change, base, catalog, user, views } = request;
  if (views.length === 0) return;
  const { event, unrefreshable } = traits[change];
  if (unrefreshable === undefined) await addPending(connection, snapshot.database, views, event !== undefined);
  else if (catalog !== undefined) for (const view of views) await markUnrefreshable(catalog, view, unrefreshable);
  if (event === undefined) return;
  const state = unrefreshable === undefined ? 'Recompute' : 'Unrefreshable';
  for (const view of views) {
    await connection.run(
      `INSERT INTO ${hidden(snapshot.database, viewStateEvents.name)} VALUES ($1::BIGINT, $2, make_timestamp($3::BIGINT), $4, $5, $6, $7, $8, $9)`,
      [transactionId, user, nowMicros, event, base.schema, base.name, view.schema, view.name, state],
    );
  }
}

/** The first reason stays. */
async function markUnrefreshable(
  catalog: CatalogTransaction,
  { oid }: MaterializedViewEntry,
  unrefreshable: MaterializedViewEntry['unrefreshable'],
): Promise<void> {
  const entry = catalog.snapshot.byOid(oid);
  if (entry?.kind === 'materialized_view' && entry.unrefreshable === undefined)
    await catalog.put({ ...entry, unrefreshable });
}
