import type { Logger } from '../base/log.js';
import type { CatalogSnapshot, MaterializedViewEntry } from '../catalog/contract.js';
import type { Engine, EngineConnection } from '../engine/contract.js';
import { CompactionMeter, compact, countRows } from './compaction.js';
import type { StoredView } from './stored-view.js';
import type { ViewLocks } from './view-lock.js';

export interface CompactorDeps {
  readonly engine: Engine;
  readonly locks: ViewLocks;
  readonly log: Logger;
}

/** A view's partial rows after a refresh that stored `rows` of them. */
export interface StoredPartials {
  readonly key: string;
  readonly target: StoredView;
  readonly entry: MaterializedViewEntry;
  readonly rows: number;
}

/** Adds up partial aggregates in the background, after the refresh that made them too many. */
export class Compactor {
  readonly #meters = new Map<string, CompactionMeter>();
  readonly #running = new Set<Promise<void>>();

  constructor(private readonly parts: CompactorDeps) {}

  /** Note what a refresh stored. `stillThere` is asked before the work begins. */
  async note(stored: StoredPartials, stillThere: () => CatalogSnapshot | undefined): Promise<void> {
    const { key, target, rows } = stored;
    let meter = this.#meters.get(key);
    const due =
      meter === undefined
        ? await this.#with(async (connection) => {
            meter = new CompactionMeter(await countRows(connection, target));
            return meter.add(0);
          })
        : meter.add(rows);
    if (meter === undefined) return;
    this.#meters.set(key, meter);
    if (due) this.#start(stored, meter, stillThere);
  }

  /** Resolves when no compaction is running. */
  async idle(): Promise<void> {
    await Promise.all(this.#running);
  }

  #start(stored: StoredPartials, meter: CompactionMeter, stillThere: () => CatalogSnapshot | undefined): void {
    const work = this.#compact(stored, meter, stillThere).catch((error: unknown) => {
      // The view is right without it, only slower.
      this.parts.log.warn('partial aggregates could not be added up', {
        view: stored.entry.name,
        error: String(error),
      });
    });
    this.#running.add(work);
    void work.finally(() => this.#running.delete(work));
  }

  async #compact(
    { key, target }: StoredPartials,
    meter: CompactionMeter,
    stillThere: () => CatalogSnapshot | undefined,
  ): Promise<void> {
    const release = await this.parts.locks.acquire([key]);
    try {
      if (stillThere() === undefined || !meter.add(0)) return;
      await this.#with(async (connection) => {
        await connection.run('BEGIN TRANSACTION');
        try {
          const groups = await compact(connection, target);
          await connection.run('COMMIT');
          meter.compacted(groups);
        } catch (error) {
          await connection.run('ROLLBACK').catch(() => undefined);
          throw error;
        }
      });
    } finally {
      release();
    }
  }

  async #with<T>(work: (connection: EngineConnection) => Promise<T>): Promise<T> {
    const connection = await this.parts.engine.connect();
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  }
}
