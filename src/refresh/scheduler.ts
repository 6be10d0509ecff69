import { performance } from 'node:perf_hooks';
import type { MaterializedViewEntry } from '../catalog/contract.js';
import type { RefreshRequest } from './contract.js';
import type { RefreshParts } from './parts.js';
import { type PollResult, PollTimer, recomputePace } from './poll-pace.js';
import { viewsOf } from './view-order.js';

type Refresh = (request: RefreshRequest) => Promise<{ readonly changed: boolean }>;

/** While statements of clients wait for a place, automatic refreshes wait this long at a time, and no longer in all than the second figure. */
const yieldMs = 5;
const longestYieldMs = 1_000;

/** Keeps the views that have AUTO REFRESH level with what they read: one loop a view, never two refreshes of one at once. */
export class Scheduler {
  readonly #loops = new Map<string, AutoRefresh>();
  #unsubscribe: (() => void) | undefined;

  constructor(
    private readonly parts: RefreshParts,
    private readonly refresh: Refresh,
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
      if (entry.autoRefresh) wanted.set(`${database}\u0000${entry.oid}\u0000${entry.createdMillis}`, entry);
    for (const [key, loop] of this.#loops) {
      if (loop.database !== database || wanted.has(key)) continue;
      this.#loops.delete(key);
      void loop.stop();
    }
    for (const [key, entry] of wanted) {
      if (this.#loops.has(key)) continue;
      const loop = new AutoRefresh(database, entry, this.parts, this.refresh);
      this.#loops.set(key, loop);
      loop.start();
    }
  }
}

class AutoRefresh {
  readonly #stopping = new AbortController();
  #ended: Promise<void> = Promise.resolve();
  #failing = false;

  constructor(
    readonly database: string,
    private readonly entry: MaterializedViewEntry,
    private readonly parts: RefreshParts,
    private readonly refresh: Refresh,
  ) {}

  start(): void {
    this.#ended = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#ended;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const timer = new PollTimer(this.entry.stream === undefined ? recomputePace : this.parts.pace);
    while (!signal.aborted) {
      await this.#yield();
      if (signal.aborted) return;
      const result = await this.#poll();
      await pause(timer.next(result), signal);
    }
  }

  async #poll(): Promise<PollResult> {
    const { signal } = this.#stopping;
    try {
      const { changed } = await this.refresh({
        database: this.database,
        entry: this.entry,
        mode: 'restrict',
        type: 'Auto',
        user: this.entry.owner,
        sessionId: 0,
        signal,
      });
      if (this.#failing) this.parts.log.info('automatic refresh works again', { view: this.entry.name });
      this.#failing = false;
      return changed ? 'changed' : 'idle';
    } catch (error) {
      if (signal.aborted) return 'idle';
      const message = error instanceof Error ? error.message : String(error);
      if (!this.#failing)
        this.parts.log.warn('automatic refresh failed and is tried again', { view: this.entry.name, error: message });
      this.#failing = true;
      return 'failed';
    }
  }

  /** Clients come first. */
  async #yield(): Promise<void> {
    const deadline = performance.now() + longestYieldMs;
    while (this.parts.engine.busy && performance.now() < deadline) await pause(yieldMs, this.#stopping.signal);
  }
}

/** Wait, or until `signal` fires. Even a wait of 0 lets everything else on the event loop go first. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}
