import type { CatalogSnapshot, MaterializedViewEntry, StreamReference } from '../catalog/contract.js';
import { sameStream } from '../streams/connected-sources.js';
import type { BaseWatch } from './base-watch.js';
import type { Checkpoint } from './checkpoints.js';
import type { RefreshMessage } from './contract.js';
import { FailureRecords } from './failure-records.js';
import { type RefreshCause, recordRefresh, type ShardScan } from './history.js';
import { type RefreshOutcome, refreshNotice, refreshStatus, streamOutcome } from './messages.js';
import { parentsBehind } from './parents-behind.js';
import type { RefreshDeps } from './parts.js';
import { RefreshTransaction } from './refresh-transaction.js';
import { refreshFromRelations } from './relation-refresh.js';
import { type StoredView, storedView } from './stored-view.js';
import { StreamPositions } from './stream-positions.js';
import { refreshFromStream, type StreamingView, sameCheckpoint } from './streaming-refresh.js';
import { cancelled } from './view-lock.js';

const changing: ReadonlySet<RefreshOutcome> = new Set(['incremental', 'some-skipped', 'recomputed']);

/** Views to refresh in one transaction. */
export interface RunRequest {
  readonly snapshot: CatalogSnapshot;
  /** In the order of their dependencies. */
  readonly views: readonly MaterializedViewEntry[];
  /**
   * `alone`: one view. `cascade`: a view and, before it, those it is built on. `together`: views that have nothing to
   * do with each other but their stream.
   */
  readonly mode: 'alone' | 'cascade' | 'together';
  readonly type: 'Manual' | 'Auto';
  readonly user: string;
  readonly sessionId: number;
  readonly transactionId: number;
  readonly signal: AbortSignal | undefined;
}

export interface ViewResult {
  readonly entry: MaterializedViewEntry;
  readonly target: StoredView;
  /** Rows added to the view's table. */
  readonly rows: number;
  readonly outcome: RefreshOutcome;
  /** Its stream may hold more. */
  readonly more: boolean;
  readonly checkpoint: Checkpoint | undefined;
  readonly notices: readonly string[];
  readonly scans: readonly ShardScan[];
}

export interface RunResult {
  /** For the view that was asked for: the last one. */
  readonly messages: RefreshMessage[];
  readonly views: readonly ViewResult[];
  /** Whether any view has other rows than before. */
  readonly changed: boolean;
}

/** One run. */
interface Run extends RunRequest {
  readonly cause: RefreshCause;
  readonly transaction: RefreshTransaction;
  /** Those that are done. */
  readonly results: Map<MaterializedViewEntry, ViewResult>;
  /** What is being worked on: views that fail together. */
  current: readonly MaterializedViewEntry[];
}

/** Runs refreshes of views that the caller has locked. */
export class RefreshRun {
  readonly #positions: StreamPositions;
  readonly #failures: FailureRecords;

  constructor(
    private readonly parts: RefreshDeps,
    private readonly watch: BaseWatch,
  ) {
    this.#positions = new StreamPositions(parts.sources);
    this.#failures = new FailureRecords(parts);
  }

  /**
   * Refresh views in one transaction: all of them or none.
   *
   * @throws RefreshFailure naming those that failed; the failure is on record then.
   */
  async refresh(request: RunRequest): Promise<RunResult> {
    const { type, sessionId, user, signal, snapshot, views, transactionId } = request;
    const cause: RefreshCause = { transactionId, sessionId, user, type, startMicros: this.parts.clock.nowMicros() };
    const transaction = new RefreshTransaction(this.parts.engine, signal);
    const run: Run = { ...request, cause, transaction, results: new Map(), current: views.slice(0, 1) };
    try {
      for (const entry of views) {
        if (signal?.aborted) throw cancelled();
        if (!run.results.has(entry)) await this.#refreshView(run, entry);
      }
      return await this.#finish(run);
    } catch (error) {
      await transaction.rollback();
      for (const entry of views) this.#positions.forget(snapshot, entry);
      this.parts.observer?.failed(type);
      throw await this.#failures.record(error, { ...run, failed: run.current });
    } finally {
      await transaction.close();
    }
  }

  /** Forget a view that is being dropped. */
  forget(snapshot: CatalogSnapshot, entry: MaterializedViewEntry): void {
    this.#positions.forget(snapshot, entry);
  }

  /** Whether all have read their stream equally far, as far as is known without asking the database. */
  agree(snapshot: CatalogSnapshot, one: MaterializedViewEntry, other: MaterializedViewEntry): boolean {
    const mine = this.#positions.known(snapshot, one);
    const theirs = this.#positions.known(snapshot, other);
    return mine !== undefined && theirs !== undefined && sameCheckpoint(mine, theirs);
  }

  async #refreshView(run: Run, entry: MaterializedViewEntry): Promise<void> {
    run.current = [entry];
    this.#failures.refuseUnrefreshable(entry);
    if (entry.stream !== undefined) return this.#refreshStreamingViews(run, entry, entry.stream);
    const { snapshot, cause, transaction, results } = run;
    const target = storedView(this.parts, snapshot, entry);
    const connection = await transaction.begin();
    const atEnd = (callback: () => void): void => transaction.atEnd(callback);
    const parts = { ...this.parts, watch: this.watch };
    const result = await refreshFromRelations(parts, { connection, snapshot, entry, target, cause, atEnd });
    results.set(entry, { entry, target, more: false, checkpoint: undefined, notices: [], scans: [], ...result });
  }

  /**
   * Refresh a view, and with it the others of the run that have read the same stream as far: it is read once for all of
   * them.
   */
  async #refreshStreamingViews(run: Run, first: MaterializedViewEntry, stream: StreamReference): Promise<void> {
    const connected = this.parts.sources.of(stream);
    const { snapshot, cause, transaction, signal, results } = run;
    const view = await this.#streamingView(run, first);
    const views: [StreamingView, ...StreamingView[]] = [view];
    for (const entry of run.views) {
      if (entry === first || results.has(entry) || entry.unrefreshable !== undefined) continue;
      if (!sameStream(entry.stream, stream)) continue;
      const other = await this.#streamingView(run, entry);
      if (sameCheckpoint(view.checkpoint, other.checkpoint)) views.push(other);
    }
    run.current = views.map(({ entry }) => entry);
    const identity = await this.#positions.identity(stream, cause.type);
    const all = await refreshFromStream(this.parts, {
      snapshot,
      views,
      connected,
      identity,
      cause,
      signal,
      begin: () => transaction.begin(),
      onView: (entry) => {
        run.current = entry === undefined ? views.map((each) => each.entry) : [entry];
      },
    });
    for (const { view: refreshed, recordsRead, recordsSkipped, more, rows, checkpoint, notices, scans } of all) {
      const { entry, target } = refreshed;
      const outcome = streamOutcome(recordsRead, recordsSkipped);
      results.set(entry, { entry, target, outcome, more, rows, checkpoint, notices, scans });
    }
  }

  async #streamingView({ snapshot, transaction }: Run, entry: MaterializedViewEntry): Promise<StreamingView> {
    const checkpoint = await this.#positions.checkpoint(snapshot, entry, transaction);
    return { entry, target: storedView(this.parts, snapshot, entry), checkpoint };
  }

  /** The records of the refresh are part of its transaction. An automatic refresh that found nothing leaves none. */
  async #finish(run: Run): Promise<RunResult> {
    const { snapshot, cause, transaction, mode } = run;
    const views = run.views.flatMap((entry) => run.results.get(entry) ?? []);
    run.current = run.views.slice(-1);
    const last = views.at(-1);
    const behind = last !== undefined && mode === 'alone' && (await this.#isBehind(run, last.entry));
    if (cause.type === 'Manual' || views.some(wrote)) {
      // A line alone needs no transaction around it.
      const connection = await (views.length === 1 ? transaction.connection() : transaction.begin());
      const end = this.parts.clock.nowMicros();
      for (const view of views) {
        if (cause.type === 'Auto' && !wrote(view)) continue;
        const status = refreshStatus(view.outcome, { parentBehind: behind && view === last, more: view.more });
        await recordRefresh(connection, snapshot.database, view.entry, cause, status, end);
      }
    }
    await transaction.commit();
    for (const { entry, checkpoint } of views) {
      if (checkpoint !== undefined) this.#positions.committed(snapshot, entry, checkpoint);
      this.#failures.succeeded(snapshot, entry);
    }
    const { type, startMicros } = cause;
    for (const { entry, outcome, scans } of views)
      this.parts.observer?.refreshed({ database: snapshot.database, entry, type, outcome, startMicros, scans });
    const texts =
      last === undefined
        ? []
        : [...last.notices, refreshNotice(last.outcome, last.entry.name, { parentBehind: behind, more: last.more })];
    return {
      messages: texts.map((text) => ({ severity: 'INFO', text })),
      views,
      changed: views.some(({ outcome }) => changing.has(outcome)),
    };
  }

  async #isBehind({ snapshot, cause, transaction }: Run, entry: MaterializedViewEntry): Promise<boolean> {
    if (cause.type === 'Auto' || entry.stream !== undefined) return false;
    const { sources } = this.parts;
    const connection = await transaction.begin();
    return parentsBehind({ sources, positions: this.#positions }, connection, snapshot, entry, cause.startMicros);
  }
}

function wrote({ outcome, checkpoint, entry }: ViewResult): boolean {
  return entry.stream === undefined ? changing.has(outcome) : checkpoint !== undefined;
}
