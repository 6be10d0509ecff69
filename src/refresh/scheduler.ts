import { performance } from 'node:perf_hooks';
import type { MaterializedViewEntry } from '../catalog/contract.js';
import { sameStream } from '../streams/connected-sources.js';
import type { RefreshFailure } from './failure-records.js';
import type { RefreshDeps } from './parts.js';
import { PauseTimer } from './pause-timer.js';
import { type PollResult, PollTimer, relationPace } from './poll-pace.js';
import { viewsOf } from './view-order.js';

/** Refresh a view by itself. */
export interface PollRequest {
  readonly database: string;
  readonly entry: MaterializedViewEntry;
  /** Views of the same stream that may be refreshed with it, so that the stream is read once for all of them. */
  readonly others: readonly MaterializedViewEntry[];
  readonly signal: AbortSignal;
}

export interface PollOutcome {
  /** Views that were refreshed, or tried: the one asked for, and some of the others. */
  readonly views: readonly MaterializedViewEntry[];
  /** Whether any of them has other rows than before. */
  readonly changed: boolean;
  /** Nothing was refreshed: which of `views` failed, and why. */
  readonly failure: RefreshFailure | undefined;
}

type Poll = (request: PollRequest) => Promise<PollOutcome>;

export type SchedulerDeps = Pick<RefreshDeps, 'catalog' | 'pace' | 'log'> & {
  readonly engine: Pick<RefreshDeps['engine'], 'busy'>;
};

/**
 * While clients' statements wait for a permit, automatic refreshes wait this long at a time, and no longer in total
 * than the second figure.
 */
const yieldMs = 5;
const longestYieldMs = 1_000;

/**
 * Refreshes the views that have AUTO REFRESH when what they read has changed: one loop per view, never two refreshes of
 * one view at once. A loop that polls a stream also serves the views that wait for their own poll of it.
 */
export class Scheduler {
  readonly #loops = new Map<string, AutoRefresh>();
  #unsubscribe: (() => void) | undefined;

  constructor(
    private readonly parts: SchedulerDeps,
    private readonly poll: Poll,
  ) {}

  start(): void {
    if (this.#unsubscribe !== undefined) return;
    this.#unsubscribe = this.parts.catalog.onCommit((database) => this.#follow(database));
    for (const database of this.parts.catalog.databases()) this.#follow(database);
  }

  /** Ends the loops; refreshes that run are cancelled. Resolves when none runs any more. */
  async stop(): Promise<void> {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    const loops = [...this.#loops.values()];
    this.#loops.clear();
    await Promise.all(loops.map((loop) => loop.stop()));
  }

  /** Begin and end loops so that they are those of the views that exist now. */
  #follow(database: string): void {
    const snapshot = this.parts.catalog.snapshot(database);
    const wanted = new Map<string, MaterializedViewEntry>();
    for (const entry of snapshot === undefined ? [] : viewsOf(snapshot))
      if (entry.autoRefresh && entry.unrefreshable === undefined)
        wanted.set(`${database}\u0000${entry.oid}\u0000${entry.createdMillis}`, entry);
    for (const [key, loop] of this.#loops) {
      if (loop.database !== database || wanted.has(key)) continue;
      this.#loops.delete(key);
      void loop.stop();
    }
    for (const [key, entry] of wanted) {
      if (this.#loops.has(key)) continue;
      const loop = new AutoRefresh(database, entry, this.parts, this.poll, () => this.#ofStream(database, entry));
      this.#loops.set(key, loop);
      loop.start();
    }
  }

  /** Loops over the stream that `entry` reads. */
  #ofStream(database: string, { stream }: MaterializedViewEntry): AutoRefresh[] {
    if (stream === undefined) return [];
    return [...this.#loops.values()].filter(
      (loop) => loop.database === database && sameStream(loop.entry.stream, stream),
    );
  }
}

class AutoRefresh {
  readonly #stopping = new AbortController();
  readonly #timer: PollTimer;
  readonly #pause = new PauseTimer();
  #ended: Promise<void> = Promise.resolve();
  #failing = false;

  constructor(
    readonly database: string,
    readonly entry: MaterializedViewEntry,
    private readonly parts: SchedulerDeps,
    private readonly poll: Poll,
    private readonly siblings: () => readonly AutoRefresh[],
  ) {
    this.#timer = new PollTimer(entry.stream === undefined ? relationPace : parts.pace);
  }

  start(): void {
    this.#ended = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#pause.end();
    await this.#ended;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#yield();
      if (signal.aborted) return;
      const result = await this.#pollOnce();
      if (!signal.aborted) await this.#pause.wait(this.#timer.next(result));
    }
  }

  /** Poll, and tell those that were taken along how it went. */
  async #pollOnce(): Promise<PollResult> {
    const companions = this.siblings().filter((loop) => loop !== this && loop.#hold());
    const { database, entry } = this;
    const { signal } = this.#stopping;
    let outcome: PollOutcome | undefined;
    try {
      outcome = await this.poll({ database, entry, others: companions.map((loop) => loop.entry), signal });
      return this.#result(outcome);
    } catch (error) {
      return signal.aborted ? 'idle' : this.#failed(error);
    } finally {
      const told = signal.aborted ? undefined : outcome;
      for (const loop of companions) loop.#release(told?.views.includes(loop.entry) ? told : undefined);
    }
  }

  /** Be refreshed by another loop, when this one does nothing but wait. */
  #hold(): boolean {
    return !this.#failing && this.#pause.hold();
  }

  /** Go on by itself. Without an outcome the pause goes on. */
  #release(outcome: PollOutcome | undefined): void {
    if (outcome === undefined || this.#stopping.signal.aborted) this.#pause.resume();
    else this.#pause.resume(this.#timer.next(this.#result(outcome)));
  }

  #result({ views, changed, failure }: PollOutcome): PollResult {
    if (failure === undefined) {
      if (this.#failing) this.parts.log.info('automatic refresh works again', { view: this.entry.name });
      this.#failing = false;
      return changed ? 'changed' : 'idle';
    }
    if (this.#stopping.signal.aborted) return 'idle';
    const mine = failure.views.some(({ oid }) => oid === this.entry.oid);
    // Another view's failure undid the refresh: it is tried again without that view.
    return mine || views.length === 1 ? this.#failed(failure) : 'changed';
  }

  #failed(error: unknown): PollResult {
    const message = error instanceof Error ? error.message : String(error);
    if (!this.#failing)
      this.parts.log.warn('automatic refresh failed and is tried again', { view: this.entry.name, error: message });
    this.#failing = true;
    return 'failed';
  }

  /** Clients come first. */
  async #yield(): Promise<void> {
    const deadline = performance.now() + longestYieldMs;
    while (this.parts.engine.busy && performance.now() < deadline) {
      if (this.#stopping.signal.aborted) return;
      await new Promise((resolve) => setTimeout(resolve, yieldMs));
    }
  }
}
