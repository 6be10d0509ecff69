import type { Clock } from '../base/clock.js';
import { DuckshiftError } from '../base/errors.js';
import type { CatalogSnapshot, MaterializedViewEntry } from '../catalog/contract.js';
import { followedView, isIncremental, isMutable } from '../catalog/view-contents.js';
import type { EngineConnection } from '../engine/contract.js';
import { insertRows } from './backing-table.js';
import { viewsOver } from './base-changes.js';
import type { BaseWatch } from './base-watch.js';
import type { CompileOptions, DefinitionCompiler } from './compile-definition.js';
import type { RefreshCause } from './history.js';
import type { RefreshOutcome } from './messages.js';
import { recompute } from './recompute.js';
import { setSessionVariables } from './session-variables.js';
import { newRowsOf, type StoredView, type StoredViewDeps } from './stored-view.js';
import { addPending, isCaughtUp, readViewState, takeIn, type ViewState, writeContents } from './view-state.js';

export interface RelationRefreshDeps extends StoredViewDeps {
  readonly definitions: DefinitionCompiler;
  readonly clock: Clock;
  readonly watch: BaseWatch;
}

export interface RelationRefreshRequest {
  /** Inside the refresh's transaction. */
  readonly connection: EngineConnection;
  readonly snapshot: CatalogSnapshot;
  readonly entry: MaterializedViewEntry;
  readonly target: StoredView;
  readonly cause: RefreshCause;
  /** Calls back when the transaction has ended. */
  readonly atEnd: (callback: () => void) => void;
}

/** A view to be filled for the first time. */
export type PopulateRequest = Omit<RelationRefreshRequest, 'cause' | 'atEnd'>;

export interface RelationRefreshResult {
  readonly outcome: Extract<RefreshOutcome, 'incremental' | 'recomputed' | 'up-to-date'>;
  /** Rows added to the view's table. */
  readonly rows: number;
}

/**
 * Bring a view over tables and views up to date with what is committed, in the caller's transaction. A view over one
 * that only grows reads its new rows; any other is recomputed, and only when something it reads has changed. The
 * message reports what Redshift would have done, incremental or recompute.
 *
 * @throws DuckshiftError 55000 for a view that cannot be refreshed any more
 */
export async function refreshFromRelations(
  parts: RelationRefreshDeps,
  request: RelationRefreshRequest,
): Promise<RelationRefreshResult> {
  const { connection, snapshot, entry, target, cause } = request;
  const state = await readViewState(connection, snapshot.database, entry);
  if (!isMutable(entry) && isCaughtUp(state)) return { outcome: 'up-to-date', rows: 0 };

  const after = parentSeen(entry, state);
  const follows = after !== undefined && !state.pending;
  // A view over this one that is being made meanwhile must not take the new rows for an addition to the old ones.
  if (!follows) request.atEnd(parts.watch.beginWrite(snapshot.database, entry.oid));
  const options = follows ? { instead: newRows(parts, request, after) } : {};
  const duckdb = await compile(parts, request, options);
  const rows = follows
    ? await insertRows(connection, target, duckdb, cause.transactionId)
    : await recompute(connection, target, duckdb, cause.transactionId);
  await takeIn(connection, snapshot.database, entry, state);
  if (!follows || rows > 0) await writeContents(connection, snapshot.database, entry, cause.transactionId);
  // Rows that views over this one have read may be gone.
  if (!follows) await addPending(connection, snapshot.database, followersOf(parts.watch, snapshot, entry), false);
  const incremental = isIncremental(entry) && !state.recompute;
  return { outcome: incremental ? 'incremental' : 'recomputed', rows };
}

/**
 * Fill a new view with its query's rows, in the caller's transaction.
 *
 * @param refresh number of the refresh that this counts as
 */
export async function populate(parts: RelationRefreshDeps, request: PopulateRequest, refresh: number): Promise<void> {
  const { connection, snapshot, entry, target } = request;
  await insertRows(connection, target, await compile(parts, request, {}), refresh);
  await writeContents(connection, snapshot.database, entry, refresh);
}

/** Views that read only what `entry` gains, those that are being made included. */
function followersOf(
  watch: BaseWatch,
  snapshot: CatalogSnapshot,
  entry: MaterializedViewEntry,
): MaterializedViewEntry[] {
  const views = [...viewsOver(snapshot, entry.oid), ...watch.creating(snapshot.database, entry.oid)];
  return views.filter((view) => followedView(view) === entry.oid);
}

function parentSeen(entry: MaterializedViewEntry, { parents }: ViewState): number | undefined {
  const follows = followedView(entry);
  return follows === undefined ? undefined : parents.find(({ oid }) => oid === follows)?.seen;
}

function newRows(
  parts: RelationRefreshDeps,
  { snapshot, entry }: RelationRefreshRequest,
  after: number,
): CompileOptions['instead'] {
  const parent = snapshot.byOid(followedView(entry) ?? 0);
  if (parent?.kind !== 'materialized_view')
    throw new DuckshiftError('XX000', `materialized view "${entry.name}" follows a view that does not exist`);
  return { of: parent, duckdb: newRowsOf(parts, snapshot, parent, after) };
}

async function compile(
  parts: RelationRefreshDeps,
  { connection, snapshot, entry, target }: PopulateRequest,
  options: CompileOptions,
): Promise<string> {
  const { duckdb } = parts.definitions.compile(entry, snapshot, { ...options, text: target.text });
  await setSessionVariables(connection, duckdb, snapshot.database, entry, parts.clock);
  return duckdb;
}
