import type { CatalogSnapshot, MaterializedViewEntry } from '../catalog/contract.js';
import { hidden } from '../catalog/physical.js';
import { parentPositions, pendingChanges, type RecordTable, viewContents } from '../catalog/refresh-records.js';
import type { EngineConnection } from '../engine/contract.js';
import { viewsOf } from './view-order.js';

/** The changes that a materialized view over tables and views has not applied yet, as one transaction sees them. */
export interface ViewState {
  /** A table that it reads was changed, or rows of a view that it reads went away. */
  readonly pending: boolean;
  /** Among these changes is one after which Redshift recomputes. */
  readonly recompute: boolean;
  readonly parents: readonly ParentPosition[];
}

/** A materialized view that another one reads. */
export interface ParentPosition {
  readonly oid: number;
  readonly createdMillis: number;
  /** The refresh of the parent whose rows were read last. */
  readonly seen: number;
  /** The refresh of the parent that changed it last. */
  readonly now: number;
}

/** A view with nothing to apply has caught up with what it reads. */
export function isCaughtUp({ pending, parents }: ViewState): boolean {
  return !pending && parents.every(({ seen, now }) => now <= seen);
}

export async function readViewState(
  connection: EngineConnection,
  database: string,
  entry: MaterializedViewEntry,
): Promise<ViewState> {
  const [changes] = await connection.rows(
    `SELECT count(*)::INTEGER AS n, coalesce(bool_or(recompute), false) AS recompute FROM ${table(database, pendingChanges)} WHERE ${ofView(entry)}`,
  );
  const rows = await connection.rows(
    'SELECT p.parent_oid::DOUBLE AS oid, p.parent_created_millis::DOUBLE AS created, p.last_refresh::DOUBLE AS seen, coalesce(c.last_refresh, 0)::DOUBLE AS now ' +
      `FROM ${table(database, parentPositions)} AS p LEFT JOIN ${table(database, viewContents)} AS c ` +
      `ON c.mv_oid = p.parent_oid AND c.mv_created_millis = p.parent_created_millis WHERE ${ofView(entry, 'p.')}`,
  );
  return {
    pending: Number(changes?.n ?? 0) > 0,
    recompute: changes?.recompute === true,
    parents: rows.map(({ oid, created, seen, now }) => ({
      oid: Number(oid),
      createdMillis: Number(created),
      seen: Number(seen),
      now: Number(now),
    })),
  };
}

/** Record in the caller's transaction that the view has applied `state`. */
export async function takeIn(
  connection: EngineConnection,
  database: string,
  entry: MaterializedViewEntry,
  state: ViewState,
): Promise<void> {
  if (state.pending) await connection.run(`DELETE FROM ${table(database, pendingChanges)} WHERE ${ofView(entry)}`);
  for (const { oid, createdMillis, seen, now } of state.parents) {
    if (seen === now) continue;
    await connection.run(
      `UPDATE ${table(database, parentPositions)} SET last_refresh = ${now} ` +
        `WHERE ${ofView(entry)} AND parent_oid = ${oid} AND parent_created_millis = ${createdMillis}`,
    );
  }
}

/** Begin to follow the materialized views that a new view reads: it holds what they hold now. */
export async function followParents(
  connection: EngineConnection,
  snapshot: CatalogSnapshot,
  entry: MaterializedViewEntry,
): Promise<void> {
  const { database } = snapshot;
  for (const parent of viewsOf(snapshot).filter(({ oid }) => entry.dependsOn.includes(oid))) {
    await connection.run(
      `INSERT INTO ${table(database, parentPositions)} SELECT ${entry.oid}, ${entry.createdMillis}, ${parent.oid}, ${parent.createdMillis}, ` +
        `coalesce(max(last_refresh), 0) FROM ${table(database, viewContents)} WHERE ${ofView(parent)}`,
    );
  }
}

/** Note in the caller's transaction that a refresh changed the rows of a view. */
export async function writeContents(
  connection: EngineConnection,
  database: string,
  entry: MaterializedViewEntry,
  refresh: number,
): Promise<void> {
  const contents = table(database, viewContents);
  const known = await connection.run(`UPDATE ${contents} SET last_refresh = ${refresh} WHERE ${ofView(entry)}`);
  if (known === 0)
    await connection.run(`INSERT INTO ${contents} VALUES (${entry.oid}, ${entry.createdMillis}, ${refresh})`);
}

/** Record in the caller's transaction that `views` have changes to apply. */
export async function addPending(
  connection: EngineConnection,
  database: string,
  views: readonly MaterializedViewEntry[],
  recompute: boolean,
): Promise<void> {
  if (views.length === 0) return;
  const rows = views.map(({ oid, createdMillis }) => `(${oid}, ${createdMillis}, ${recompute})`);
  await connection.run(`INSERT INTO ${table(database, pendingChanges)} VALUES ${rows.join(', ')}`);
}

/** Leave one of many equal notes. The caller holds the view's lock, so that no refresh takes them in meanwhile. */
export async function foldPending(
  connection: EngineConnection,
  database: string,
  entry: MaterializedViewEntry,
): Promise<void> {
  const pending = table(database, pendingChanges);
  await connection.run(
    `DELETE FROM ${pending} WHERE ${ofView(entry)} AND rowid NOT IN (SELECT max(rowid) FROM ${pending} WHERE ${ofView(entry)} GROUP BY recompute)`,
  );
}

/** Remove the state of views that no longer exist. */
export async function deleteOrphanedStates(
  connection: EngineConnection,
  database: string,
  views: readonly MaterializedViewEntry[],
): Promise<void> {
  const known = views.map((entry) => `(${ofView(entry)})`).join(' OR ');
  for (const kept of [pendingChanges, viewContents, parentPositions])
    await connection.run(`DELETE FROM ${table(database, kept)}${known === '' ? '' : ` WHERE NOT (${known})`}`);
}

function table(database: string, { name }: RecordTable): string {
  return hidden(database, name);
}

function ofView(entry: MaterializedViewEntry, alias = ''): string {
  return `${alias}mv_oid = ${entry.oid} AND ${alias}mv_created_millis = ${entry.createdMillis}`;
}
