import { DuckshiftError } from '../base/errors.js';
import type { CatalogSnapshot, MaterializedViewEntry } from '../catalog/contract.js';
import { createRecordTables } from '../catalog/refresh-records.js';
import { isMutable } from '../catalog/view-contents.js';
import type { EngineConnection } from '../engine/contract.js';
import { dropBackingTable } from './backing-table.js';
import { type ChangeRequest, noteChange, viewsOver } from './base-changes.js';
import { BaseWatch } from './base-watch.js';
import { deleteOrphanedCheckpoints } from './checkpoints.js';
import { classify } from './classify.js';
import { Compactor } from './compactor.js';
import type { CreateRequest, MaterializedViews, RefreshMessage, RefreshRequest } from './contract.js';
import { RefreshFailure } from './failure-records.js';
import { lastTransactionId, trimHistory } from './history.js';
import { checkKeys } from './key-check.js';
import { recomputeWarning } from './messages.js';
import type { RefreshDeps } from './parts.js';
import { PendingFolder } from './pending-folder.js';
import { RefreshRun, type RunRequest, type RunResult } from './refresh-run.js';
import { populate } from './relation-refresh.js';
import { type PollOutcome, type PollRequest, Scheduler } from './scheduler.js';
import { createStoredView, storedView } from './stored-view.js';
import { streamFailure } from './stream-failure.js';
import { requireStream } from './streaming-refresh.js';
import { ViewLocks } from './view-lock.js';
import { upstreamViews, viewsOf } from './view-order.js';
import { addPending, deleteOrphanedStates, followParents } from './view-state.js';

/** Histories are trimmed once in so many refreshes. */
const trimInterval = 500;

interface LockedRequest extends Omit<RunRequest, 'snapshot' | 'transactionId'> {
  readonly database: string;
}

/** Creates, refreshes and drops materialized views, and refreshes by itself those that ask for it. */
export class StoredMaterializedViews implements MaterializedViews {
  readonly #locks = new ViewLocks();
  readonly #prepared = new Map<string, Promise<void>>();
  readonly #run: RefreshRun;
  readonly #scheduler: Scheduler;
  readonly #compactor: Compactor;
  readonly #folder: PendingFolder;
  readonly #watch = new BaseWatch();
  #lastTransactionId = 0;
  #refreshes = 0;

  constructor(private readonly parts: RefreshDeps) {
    this.#run = new RefreshRun(parts, this.#watch);
    this.#compactor = new Compactor({ engine: parts.engine, log: parts.log, locks: this.#locks });
    this.#folder = new PendingFolder({ engine: parts.engine, log: parts.log, locks: this.#locks });
    this.#scheduler = new Scheduler(parts, (request) => this.#poll(request));
  }

  /**
   * Make the hidden tables of `database` and forget the positions of views that are no more. Done once; `refresh` does
   * it for a database it meets first.
   */
  prepareDatabase(database: string): Promise<void> {
    let prepared = this.#prepared.get(database);
    if (prepared === undefined) {
      prepared = this.#prepare(database);
      this.#prepared.set(database, prepared);
      prepared.catch(() => this.#prepared.delete(database));
    }
    return prepared;
  }

  /** Forget a database that is being dropped. */
  forgetDatabase(database: string): void {
    this.#prepared.delete(database);
  }

  async create({ plan, entry: given, connection, catalog, inBlock, atEnd }: CreateRequest): Promise<RefreshMessage[]> {
    const { snapshot } = catalog;
    const { entry, recomputeReason } = classify(this.parts, snapshot, given, plan.query.compiled);
    refuseAutoRefresh(snapshot, entry);
    checkKeys(entry);
    if (entry.stream !== undefined) {
      const { streamName } = entry.stream;
      const connected = this.parts.sources.of(entry.stream);
      await requireStream(connected, streamName).catch((error: unknown) => {
        throw streamFailure(error, streamName, connected);
      });
    }
    const target = storedView(this.parts, snapshot, entry);
    atEnd(this.#watch.beginCreate(snapshot.database, entry));
    const unseen = inBlock || entry.dependsOn.some((oid) => this.#watch.isWritten(snapshot.database, oid));
    await createStoredView(connection, this.parts, snapshot, entry, target);
    if (entry.stream === undefined) {
      await followParents(connection, snapshot, entry);
      await populate(
        { ...this.parts, watch: this.#watch },
        { connection, snapshot, entry, target },
        ++this.#lastTransactionId,
      );
      if (unseen) await addPending(connection, snapshot.database, [entry], false);
    }
    await catalog.put(entry);
    if (recomputeReason === undefined) return [];
    return [{ severity: 'WARNING', text: recomputeWarning(entry.name, recomputeReason) }];
  }

  checkAutoRefresh(snapshot: CatalogSnapshot, entry: MaterializedViewEntry): void {
    refuseAutoRefresh(snapshot, { ...entry, autoRefresh: true });
  }

  async refresh(request: RefreshRequest): Promise<RefreshMessage[]> {
    const { database, entry, mode } = request;
    await this.prepareDatabase(database);
    const views = mode === 'cascade' ? upstreamViews(this.#snapshot(database), entry) : [entry];
    const release = await this.#locks.acquire(
      views.map((view) => lockKey(database, view)),
      request.signal,
    );
    try {
      return (await this.#runLocked({ ...request, views, mode: mode === 'cascade' ? 'cascade' : 'alone' })).messages;
    } catch (error) {
      throw error instanceof RefreshFailure ? error.failure : error;
    } finally {
      release();
    }
  }

  async drop(
    connection: EngineConnection,
    entry: MaterializedViewEntry,
    snapshot: CatalogSnapshot,
    signal?: AbortSignal,
  ): Promise<void> {
    const release = await this.#locks.acquire([lockKey(snapshot.database, entry)], signal);
    try {
      await dropBackingTable(connection, storedView(this.parts, snapshot, entry));
      this.#run.forget(snapshot, entry);
    } finally {
      release();
    }
  }

  beginWrite(snapshot: CatalogSnapshot, oid: number): { readonly watched: boolean; readonly end: () => void } {
    const { database } = snapshot;
    const end = this.#watch.beginWrite(database, oid);
    return { watched: viewsOver(snapshot, oid).length > 0 || this.#watch.creating(database, oid).length > 0, end };
  }

  async noteChange(request: ChangeRequest): Promise<void> {
    const { snapshot, base } = request;
    const views = request.views ?? [
      ...viewsOver(snapshot, base.oid),
      ...this.#watch.creating(snapshot.database, base.oid),
    ];
    await noteChange({ ...request, views }, ++this.#lastTransactionId, this.parts.clock.nowMicros());
    for (const view of views) this.#folder.noted(snapshot.database, view, lockKey(snapshot.database, view));
  }

  startScheduler(): void {
    this.#scheduler.start();
  }

  async stop(): Promise<void> {
    await this.#scheduler.stop();
    await this.#compactor.idle();
    await this.#folder.idle();
  }

  /**
   * Refresh `entry` by itself, and with it those of `others` that nobody refreshes now and that have read the stream as
   * far.
   */
  async #poll({ database, entry, others, signal }: PollRequest): Promise<PollOutcome> {
    await this.prepareDatabase(database);
    const release = await this.#locks.acquire([lockKey(database, entry)], signal);
    const snapshot = this.#snapshot(database);
    const companions = others.filter((other) => this.#run.agree(snapshot, entry, other));
    const free = this.#locks.acquireFree(companions.map((other) => lockKey(database, other)));
    const views = [entry, ...companions.filter((other) => free.keys.includes(lockKey(database, other)))];
    const mode = views.length === 1 ? 'alone' : 'together';
    try {
      const request = { database, views, mode, type: 'Auto', user: entry.owner, sessionId: 0, signal } as const;
      const { changed } = await this.#runLocked(request);
      return { views, changed, failure: undefined };
    } catch (error) {
      if (!(error instanceof RefreshFailure)) throw error;
      return { views, changed: false, failure: error };
    } finally {
      free.release();
      release();
    }
  }

  async #runLocked(request: LockedRequest): Promise<RunResult> {
    const { database, views } = request;
    // Waiting may have taken long: the views are looked up again.
    const snapshot = this.#snapshot(database);
    const current = views.map((view) => currentEntry(snapshot, view));
    const result = await this.#run.refresh({
      ...request,
      snapshot,
      views: current,
      transactionId: ++this.#lastTransactionId,
    });
    for (const { entry, target, rows } of result.views) {
      if (target.aggregate === undefined || rows === 0) continue;
      const stored = { key: lockKey(database, entry), entry, target, rows };
      await this.#compactor.note(stored, () => this.#stillThere(database, entry));
    }
    await this.#trim(database);
    return result;
  }

  #snapshot(database: string): CatalogSnapshot {
    const snapshot = this.parts.catalog.snapshot(database);
    if (snapshot === undefined) throw new DuckshiftError('3D000', `database "${database}" does not exist`);
    return snapshot;
  }

  #stillThere(database: string, entry: MaterializedViewEntry): CatalogSnapshot | undefined {
    const snapshot = this.parts.catalog.snapshot(database);
    return snapshot?.byOid(entry.oid) === undefined ? undefined : snapshot;
  }

  async #prepare(database: string): Promise<void> {
    const connection = await this.parts.engine.connect();
    try {
      for (const statement of createRecordTables(database)) await connection.run(statement);
      const views = viewsOf(this.#snapshot(database));
      await deleteOrphanedCheckpoints(connection, database, views);
      await deleteOrphanedStates(connection, database, views);
      this.#lastTransactionId = Math.max(this.#lastTransactionId, await lastTransactionId(connection, database));
    } finally {
      await connection.close();
    }
  }

  async #trim(database: string): Promise<void> {
    if (++this.#refreshes % trimInterval !== 0) return;
    const connection = await this.parts.engine.connect();
    try {
      await trimHistory(connection, database, this.parts.clock.nowMicros());
    } catch (error) {
      this.parts.log.warn('the refresh history could not be trimmed', { database, error: String(error) });
    } finally {
      await connection.close();
    }
  }
}

/** AWS "CREATE MATERIALIZED VIEW", AUTO REFRESH. */
function refuseAutoRefresh(snapshot: CatalogSnapshot, entry: MaterializedViewEntry): void {
  if (!entry.autoRefresh) return;
  const what = entry.dependsOn.some((oid) => snapshot.byOid(oid)?.kind === 'materialized_view')
    ? 'defined on other materialized views'
    : isMutable(entry)
      ? 'that call mutable functions'
      : undefined;
  if (what === undefined) return;
  throw new DuckshiftError('0A000', `Auto-refresh is not supported for materialized views ${what}.`, {
    hint: 'Use AUTO REFRESH NO and REFRESH MATERIALIZED VIEW.',
  });
}

function currentEntry(snapshot: CatalogSnapshot, entry: MaterializedViewEntry): MaterializedViewEntry {
  const current = snapshot.byOid(entry.oid);
  if (current?.kind === 'materialized_view' && current.createdMillis === entry.createdMillis) return current;
  throw new DuckshiftError('42P01', `Materialized view "${entry.name}" does not exist`);
}

function lockKey(database: string, entry: MaterializedViewEntry): string {
  return `${database}\u0000${entry.oid}`;
}
