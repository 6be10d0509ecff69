import type { OutputColumn } from '../../sql-dialect/plan.js';
import type { TextChunk, TextResult } from '../engine/contract.js';
import { DuckshiftError } from '../errors.js';
import { chunkRows, sliceChunk } from './text-rows.js';

interface Cursor {
  readonly columns: readonly OutputColumn[];
  readonly rows: TextResult;
  /** Declared in a transaction that is still open. */
  uncommitted: boolean;
  readonly hold: boolean;
  /** What FETCH has taken from `rows` and not given out yet. */
  rest: TextChunk | undefined;
}

/** The cursors of a session (DECLARE, FETCH, CLOSE). They only move forward. */
export class Cursors {
  readonly #cursors = new Map<string, Cursor>();

  /** Throws 42P03 when the name is taken. */
  declare(name: string, columns: readonly OutputColumn[], rows: TextResult, hold: boolean): void {
    this.#cursors.set(name, { columns, rows, hold, uncommitted: true, rest: undefined });
  }

  /** Throws 42P03 when the name is taken. */
  assertFree(name: string): void {
    if (this.#cursors.has(name)) throw new DuckshiftError('42P03', `cursor "${name}" already exists`);
  }

  has(name: string): boolean {
    return this.#cursors.has(name);
  }

  /** Throws 34000 when there is no such cursor. */
  columns(name: string): readonly OutputColumn[] {
    return this.#get(name).columns;
  }

  /** The next `count` rows. Throws 34000 when there is no such cursor. */
  async fetch(name: string, count: number | 'all'): Promise<TextResult> {
    const cursor = this.#get(name);
    const chunks: TextChunk[] = [];
    let wanted = count === 'all' ? Number.POSITIVE_INFINITY : count;
    while (wanted > 0) {
      const chunk = cursor.rest ?? (await cursor.rows.next());
      cursor.rest = undefined;
      if (chunk === undefined) break;
      const taken = Math.min(wanted, chunk.rowCount);
      chunks.push(sliceChunk(chunk, 0, taken));
      if (taken < chunk.rowCount) cursor.rest = sliceChunk(chunk, taken, chunk.rowCount);
      wanted -= taken;
    }
    return chunkRows(cursor.columns.length, chunks);
  }

  /** Throws 34000 when there is no such cursor. */
  close(name: string): void {
    this.#get(name).rows.close();
    this.#cursors.delete(name);
  }

  closeAll(): void {
    for (const cursor of this.#cursors.values()) cursor.rows.close();
    this.#cursors.clear();
  }

  /** The transaction ended: only cursors WITH HOLD of committed transactions stay. */
  endTransaction(committed: boolean): void {
    for (const [name, cursor] of this.#cursors) {
      if (!cursor.uncommitted) continue;
      if (committed && cursor.hold) cursor.uncommitted = false;
      else this.close(name);
    }
  }

  #get(name: string): Cursor {
    const cursor = this.#cursors.get(name);
    if (cursor === undefined) throw new DuckshiftError('34000', `cursor "${name}" does not exist`);
    return cursor;
  }
}
