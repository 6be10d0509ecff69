import type { Logger } from '../base/log.js';
import type { MaterializedViewEntry } from '../catalog/contract.js';
import type { Engine } from '../engine/contract.js';
import type { ViewLocks } from './view-lock.js';
import { foldPending } from './view-state.js';

/** After so many notes for one view, all but one of those that are committed are removed. */
const foldInterval = 1_000;

export interface PendingFolderDeps {
  readonly engine: Engine;
  readonly locks: ViewLocks;
  readonly log: Logger;
}

/** Keeps the notes of changes few where tables are written often and views over them are not refreshed. */
export class PendingFolder {
  readonly #counts = new Map<string, number>();
  readonly #running = new Set<Promise<void>>();

  constructor(private readonly parts: PendingFolderDeps) {}

  /** A note was added for a view. @param key of the view's lock */
  noted(database: string, entry: MaterializedViewEntry, key: string): void {
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count % foldInterval);
    if (count < foldInterval) return;
    const work = this.#fold(database, entry, key).catch((error: unknown) => {
      // One note too many does no harm.
      this.parts.log.debug('notes of changes could not be folded', { view: entry.name, error: String(error) });
    });
    this.#running.add(work);
    void work.finally(() => this.#running.delete(work));
  }

  /** Resolves when no folding is running. */
  async idle(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #fold(database: string, entry: MaterializedViewEntry, key: string): Promise<void> {
    const release = await this.parts.locks.acquire([key]);
    try {
      const connection = await this.parts.engine.connect();
      try {
        await foldPending(connection, database, entry);
      } finally {
        await connection.close();
      }
    } finally {
      release();
    }
  }
}
