import type { CatalogSnapshot, MaterializedViewEntry } from '../catalog/contract.js';
import { createRecordTables } from '../catalog/refresh-records.js';
import type { EngineConnection } from '../engine/contract.js';
import { DuckshiftError } from '../errors.js';
import { dropBackingTable } from './backing-table.js';
import { forgetStrangers } from './checkpoints.js';
import { Compactor } from './compactor.js';
import type { CreateRequest, MaterializedViews, RefreshMessage, RefreshRequest } from './contract.js';
import { checkDefinition } from './definition-check.js';
import { lastTransactionId, trimHistory } from './history.js';
import { checkKeys } from './key-check.js';
import type { RefreshParts } from './parts.js';
import { populate } from './recompute.js';
import { RefreshRun, type RunResult } from './refresh-run.js';
import { Scheduler } from './scheduler.js';
import { createStoredView, storedView } from './stored-view.js';
import { streamFailure } from './stream-failure.js';
import { requireStream } from './streaming-refresh.js';
import { ViewLocks } from './view-lock.js';
import { upstreamViews, viewsOf } from './view-order.js';

/** Histories are trimmed once in so many refreshes. */
const trimInterval = 500;

/** Creates, refreshes and drops materialized views, and refreshes by itself those that ask for it. */
export class StoredMaterializedViews implements MaterializedViews {
  readonly #locks = new ViewLocks();
  readonly #prepared = new Map<string, Promise<void>>();
  readonly #run: RefreshRun;
  readonly #scheduler: Scheduler;
  readonly #compactor: Compactor;
  #lastTransactionId = 0;
  #refreshes = 0;

  constructor(private readonly parts: RefreshParts) {
    this.#run = new RefreshRun(parts);
    this.#compactor = new Compactor({ engine: parts.engine, log: parts.log, locks: this.#locks });
    this.#scheduler = new Scheduler(parts, (request) => this.#refresh(request));
  }

  /** Make the hidden tables of `database` and forget the positions of views that are no more. Done once; `refresh` does it for a database it meets first. */
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

  async create({ plan, entry: given, connection, catalog }: CreateRequest): Promise<RefreshMessage[]> {
    const { compiled, text } = plan.query;
    const shape = checkDefinition(given.name, this.parts.parseQuery(text), compiled, this.parts.describeFunction);
    const entry = shape.aggregated ? { ...given, aggregated: true } : given;
    const overViews = compiled.reads.some((relation) => relation.kind === 'materialized_view');
    refuseAutoRefresh(entry, shape.mutable, overViews);
    checkKeys(entry);
    if (entry.stream !== undefined) {
      const { streamName } = entry.stream;
      await requireStream(this.parts.reader, streamName, this.parts.endpoint).catch((error: unknown) => {
        throw streamFailure(error, streamName, this.parts.endpoint);
      });
    }
    const target = storedView(this.parts, catalog.snapshot, entry);
    await createStoredView(connection, this.parts, catalog.snapshot, entry, target);
    if (entry.stream === undefined) await populate(connection, target, compiled.duckdb);
    await catalog.put(entry);
    return [];
  }

  async refresh(request: RefreshRequest): Promise<RefreshMessage[]> {
    return (await this.#refresh(request)).messages;
  }

  async drop(connection: EngineConnection, entry: MaterializedViewEntry, snapshot: CatalogSnapshot): Promise<void> {
    const release = await this.#locks.acquire([lockKey(snapshot.database, entry)]);
    try {
      await dropBackingTable(connection, storedView(this.parts, snapshot, entry));
    } finally {
      release();
    }
  }

  startScheduler(): void {
    this.#scheduler.start();
  }

  async stop(): Promise<void> {
    await this.#scheduler.stop();
    await this.#compactor.settle();
  }

  async #refresh(request: RefreshRequest): Promise<RunResult> {
    const { database } = request;
    await this.prepareDatabase(database);
    const views = request.mode === 'cascade' ? upstreamViews(this.#snapshot(database), request.entry) : [request.entry];
    const release = await this.#locks.acquire(
      views.map((view) => lockKey(database, view)),
      request.signal,
    );
    try {
      // Waiting may have taken long: the views are looked up again.
      const snapshot = this.#snapshot(database);
      const current = views.map((view) => currentEntry(snapshot, view));
      const result = await this.#run.refresh(request, snapshot, current, ++this.#lastTransactionId);
      for (const { entry, target, rows } of result.partials) {
        const stored = { key: lockKey(database, entry), entry, target, rows };
        await this.#compactor.note(stored, () => this.#stillThere(database, entry));
      }
      await this.#trim(database);
      return result;
    } finally {
      release();
    }
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
      await forgetStrangers(connection, database, viewsOf(this.#snapshot(database)));
      this.#lastTransactionId = Math.max(this.#lastTransactionId, await lastTransactionId(connection, database));
    } finally {
      await connection.close();
    }
  }

  async #trim(database: string): Promise<void> {
    if (++this.#refreshes % trimInterval !== 0) return;
    const connection = await this.parts.engine.connect();
    try {
      await trimHistory(connection, database);
    } catch (error) {
      this.parts.log.warn('the refresh history could not be trimmed', { database, error: String(error) });
    } finally {
      await connection.close();
    }
  }
}

/** AWS "CREATE MATERIALIZED VIEW", AUTO REFRESH. */
function refuseAutoRefresh(entry: MaterializedViewEntry, mutable: boolean, overViews: boolean): void {
  if (!entry.autoRefresh) return;
  const reason = overViews
    ? 'that reads another materialized view'
    : mutable
      ? 'that calls a mutable function'
      : undefined;
  if (reason !== undefined)
    throw new DuckshiftError(
      '0A000',
      `AUTO REFRESH YES is not supported for materialized view "${entry.name}" ${reason}`,
      {
        hint: 'Create it with AUTO REFRESH NO and use REFRESH MATERIALIZED VIEW.',
      },
    );
}

function currentEntry(snapshot: CatalogSnapshot, entry: MaterializedViewEntry): MaterializedViewEntry {
  const current = snapshot.byOid(entry.oid);
  if (current?.kind === 'materialized_view' && current.createdMillis === entry.createdMillis) return current;
  throw new DuckshiftError('42P01', `Materialized view "${entry.name}" does not exist`);
}

function lockKey(database: string, entry: MaterializedViewEntry): string {
  return `${database}\u0000${entry.oid}`;
}
