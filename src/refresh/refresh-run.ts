import { performance } from 'node:perf_hooks';
import type { CatalogSnapshot, MaterializedViewEntry } from '../catalog/contract.js';
import type { Engine, EngineConnection } from '../engine/contract.js';
import { DuckshiftError } from '../errors.js';
import type { StreamIdentity } from '../kinesis/contract.js';
import { type Checkpoint, readCheckpoint } from './checkpoints.js';
import type { RefreshMessage, RefreshRequest } from './contract.js';
import { type RefreshCause, recordRefresh } from './history.js';
import { failureStatus, type RefreshOutcome, refreshNotice, refreshStatus, streamOutcome } from './messages.js';
import type { RefreshParts } from './parts.js';
import { recompute } from './recompute.js';
import { setSessionVariables } from './session-variables.js';
import { type StoredView, storedView } from './stored-view.js';
import { streamFailure, unavailable } from './stream-failure.js';
import { refreshFromStream, requireStream } from './streaming-refresh.js';
import { cancelled } from './view-lock.js';

/** An automatic refresh asks for a stream's identity again after this time. */
const identityLifetimeMs = 1_000;

const changing: ReadonlySet<RefreshOutcome> = new Set(['incremental', 'some-skipped', 'recomputed']);

export interface RunResult {
  readonly messages: RefreshMessage[];
  /** Whether any view has other rows than before. */
  readonly changed: boolean;
  /** What aggregating views stored. */
  readonly partials: readonly {
    readonly entry: MaterializedViewEntry;
    readonly target: StoredView;
    readonly rows: number;
  }[];
}

interface ViewResult {
  readonly entry: MaterializedViewEntry;
  readonly target: StoredView;
  /** Rows added to the view's table. */
  readonly rows: number;
  readonly outcome: RefreshOutcome;
  readonly checkpoint: Checkpoint | undefined;
  readonly notices: readonly string[];
}

/** A refresh's connection, made when it is first needed, and its transaction, begun by the first write. */
class RefreshTransaction {
  #connection: EngineConnection | undefined;
  #open = false;
  readonly #interrupt = (): void => this.#connection?.interrupt();

  constructor(
    private readonly engine: Engine,
    private readonly signal: AbortSignal | undefined,
  ) {
    signal?.addEventListener('abort', this.#interrupt);
  }

  async connection(): Promise<EngineConnection> {
    this.#connection ??= await this.engine.connect();
    return this.#connection;
  }

  async begin(): Promise<EngineConnection> {
    const connection = await this.connection();
    if (!this.#open) await connection.run('BEGIN TRANSACTION');
    this.#open = true;
    return connection;
  }

  /** An interrupt during COMMIT would leave open whether it happened: from here on the signal is not heard. */
  async commit(): Promise<void> {
    if (this.signal?.aborted) throw cancelled();
    this.signal?.removeEventListener('abort', this.#interrupt);
    if (this.#open) await this.#connection?.run('COMMIT');
    this.#open = false;
  }

  async rollback(): Promise<void> {
    this.signal?.removeEventListener('abort', this.#interrupt);
    if (!this.#open) return;
    this.#open = false;
    // DuckDB ends some transactions itself; then there is nothing left to roll back.
    await this.#connection?.run('ROLLBACK').catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#connection?.close();
  }
}

/** Runs refreshes of views that the caller has locked. */
export class RefreshRun {
  /** Committed positions, so that an empty poll asks the database nothing. Views are held by their identity, which an ALTER changes. */
  readonly #checkpoints = new Map<string, Checkpoint>();
  readonly #identities = new Map<string, { readonly identity: StreamIdentity; readonly until: number }>();
  /** Last failure of automatic refreshes that was recorded, by view. */
  readonly #failures = new Map<string, string>();

  constructor(private readonly parts: RefreshParts) {}

  /**
   * Refresh `views`, in order, in one transaction: all of them or none.
   *
   * @throws DuckshiftError of the first that fails; its failure is on record then.
   */
  async refresh(
    request: RefreshRequest,
    snapshot: CatalogSnapshot,
    views: readonly MaterializedViewEntry[],
    transactionId: number,
  ): Promise<RunResult> {
    const { type, sessionId, user, signal } = request;
    const cause: RefreshCause = { transactionId, sessionId, user, type, startMicros: this.parts.clock.nowMicros() };
    const transaction = new RefreshTransaction(this.parts.engine, signal);
    let current = request.entry;
    try {
      const results: ViewResult[] = [];
      for (const entry of views) {
        current = entry;
        if (signal?.aborted) throw cancelled();
        results.push(await this.#refreshView(entry, snapshot, cause, transaction, signal));
      }
      await this.#finish(results, snapshot, cause, transaction);
      return {
        messages: results.flatMap(({ entry, outcome, notices }) =>
          [...notices, refreshNotice(outcome, entry.name)].map((text) => ({ text })),
        ),
        changed: results.some(({ outcome }) => changing.has(outcome)),
        partials: results.filter(({ target, rows }) => target.aggregate !== undefined && rows > 0),
      };
    } catch (error) {
      await transaction.rollback();
      for (const entry of views) this.#checkpoints.delete(viewKey(snapshot, entry));
      throw await this.#fail(error, current, snapshot, cause, transaction, signal);
    } finally {
      await transaction.close();
    }
  }

  async #refreshView(
    entry: MaterializedViewEntry,
    snapshot: CatalogSnapshot,
    cause: RefreshCause,
    transaction: RefreshTransaction,
    signal: AbortSignal | undefined,
  ): Promise<ViewResult> {
    const target = storedView(this.parts, snapshot, entry);
    if (entry.stream === undefined) {
      const { duckdb } = this.parts.definitions.compile(entry, snapshot, { mode: 'refuse' });
      await setSessionVariables(await transaction.connection(), duckdb, snapshot.database, entry, this.parts.clock);
      const changed = await recompute(await transaction.begin(), target, duckdb);
      const outcome = changed ? 'recomputed' : 'up-to-date';
      return { entry, target, rows: 0, outcome, checkpoint: undefined, notices: [] };
    }
    const identity = await this.#identity(entry.stream.streamName, cause.type);
    const key = viewKey(snapshot, entry);
    const checkpoint =
      this.#checkpoints.get(key) ?? (await readCheckpoint(await transaction.connection(), snapshot.database, entry));
    this.#checkpoints.set(key, checkpoint);
    const result = await refreshFromStream(this.parts, {
      snapshot,
      entry,
      target,
      identity,
      checkpoint,
      cause,
      signal,
      begin: () => transaction.begin(),
    });
    return { entry, target, outcome: streamOutcome(result.recordsRead, result.recordsSkipped), ...result };
  }

  /** The records of the refresh are part of its transaction. An automatic refresh that found nothing leaves none. */
  async #finish(
    results: readonly ViewResult[],
    snapshot: CatalogSnapshot,
    cause: RefreshCause,
    transaction: RefreshTransaction,
  ): Promise<void> {
    const wrote = results.some(({ outcome, checkpoint }) => outcome === 'recomputed' || checkpoint !== undefined);
    if (cause.type === 'Manual' || wrote) {
      const connection = await transaction.begin();
      const end = this.parts.clock.nowMicros();
      for (const { entry, outcome } of results)
        await recordRefresh(connection, snapshot.database, entry, cause, refreshStatus(outcome), end);
    }
    await transaction.commit();
    for (const { entry, checkpoint } of results) {
      const key = viewKey(snapshot, entry);
      if (checkpoint !== undefined) this.#checkpoints.set(key, checkpoint);
      this.#failures.delete(key);
    }
  }

  async #identity(streamName: string, type: RefreshCause['type']): Promise<StreamIdentity> {
    const known = this.#identities.get(streamName);
    if (type === 'Auto' && known !== undefined && known.until > performance.now()) return known.identity;
    const identity = await requireStream(this.parts.reader, streamName, this.parts.endpoint);
    this.#identities.set(streamName, { identity, until: performance.now() + identityLifetimeMs });
    return identity;
  }

  /** The error to throw, after it was put on record in a transaction of its own. */
  async #fail(
    error: unknown,
    entry: MaterializedViewEntry,
    snapshot: CatalogSnapshot,
    cause: RefreshCause,
    transaction: RefreshTransaction,
    signal: AbortSignal | undefined,
  ): Promise<DuckshiftError> {
    const streamName = entry.stream?.streamName;
    if (streamName !== undefined) this.#identities.delete(streamName);
    const now = this.parts.catalog.snapshot(snapshot.database)?.byOid(entry.oid);
    if (now?.kind !== 'materialized_view' || now.createdMillis !== entry.createdMillis)
      return new DuckshiftError('42P01', `Materialized view "${entry.name}" does not exist`, { cause: error });
    const failure =
      signal?.aborted === true ? cancelled() : streamFailure(error, streamName ?? entry.name, this.parts.endpoint);
    const key = viewKey(snapshot, entry);
    // A view that fails at every poll would otherwise fill the history with one line; an outage has several texts.
    const what = failure.code === unavailable ? failure.code : failure.message;
    if (cause.type === 'Auto' && this.#failures.get(key) === what) return failure;
    try {
      const end = this.parts.clock.nowMicros();
      const connection = await transaction.connection();
      await recordRefresh(connection, snapshot.database, entry, cause, failureStatus(failure.message), end);
      if (cause.type === 'Auto') this.#failures.set(key, what);
    } catch (second) {
      this.parts.log.warn('a failed refresh could not be put on record', { view: entry.name, error: String(second) });
    }
    return failure;
  }
}

function viewKey(snapshot: CatalogSnapshot, entry: MaterializedViewEntry): string {
  return `${snapshot.database}\u0000${entry.oid}\u0000${entry.createdMillis}`;
}
