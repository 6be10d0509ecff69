import type { TextChunk, TextResult } from '../engine/contract.js';
import { sliceChunk } from './text-rows.js';

/** What FETCH takes rows from. */
export interface RowSource {
  readonly rows: TextResult;
  /** What has been taken from `rows` and not given out yet. */
  rest: TextChunk | undefined;
}

/**
 * The rows of one FETCH, taken from the cursor as they are read, so that FETCH ALL holds no more in memory than a
 * SELECT. The next FETCH continues after them, even when they are not read to their end.
 */
export class FetchedRows implements TextResult {
  #wanted: number;
  /** Rows that had to be taken before they were read. */
  readonly #early: TextChunk[] = [];
  #closed = false;

  constructor(
    private readonly source: RowSource,
    readonly columnCount: number,
    count: number | 'all',
  ) {
    this.#wanted = count === 'all' ? Number.POSITIVE_INFINITY : count;
  }

  async next(): Promise<TextChunk | undefined> {
    if (this.#closed) return undefined;
    return this.#early.shift() ?? (await this.#take());
  }

  /** No more rows will be read. */
  close(): void {
    this.#closed = true;
    this.#early.length = 0;
  }

  /** Take from the cursor what is left, before somebody else does or the cursor goes. */
  async takeAll(): Promise<void> {
    if (this.#closed && this.#wanted === Number.POSITIVE_INFINITY) {
      this.#wanted = 0;
      this.source.rest = undefined;
      this.source.rows.close();
    }
    for (let chunk = await this.#take(); chunk !== undefined; chunk = await this.#take())
      if (!this.#closed) this.#early.push(chunk);
  }

  async #take(): Promise<TextChunk | undefined> {
    if (this.#wanted <= 0) return undefined;
    const chunk = this.source.rest ?? (await this.source.rows.next());
    this.source.rest = undefined;
    if (chunk === undefined) {
      this.#wanted = 0;
      return undefined;
    }
    const taken = Math.min(this.#wanted, chunk.rowCount);
    if (taken < chunk.rowCount) this.source.rest = sliceChunk(chunk, taken, chunk.rowCount);
    this.#wanted -= taken;
    return sliceChunk(chunk, 0, taken);
  }
}
