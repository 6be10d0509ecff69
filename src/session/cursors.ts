import type { OutputColumn } from '../../sql-dialect/plan.js';
import { DuckshiftError } from '../base/errors.js';
import type { TextResult } from '../engine/contract.js';
import { FetchedRows, type RowSource } from './fetched-rows.js';

interface Cursor extends RowSource {
  readonly columns: readonly OutputColumn[];
  /** Declared in a transaction that is still open. */
  uncommitted: boolean;
  readonly hold: boolean;
  /** Rows of the last FETCH, which may not all have been taken from the cursor yet. */
  fetched: FetchedRows | undefined;
}

/** The cursors of a session (DECLARE, FETCH, CLOSE). They only move forward. */
export class Cursors {
  readonly #cursors = new Map<string, Cursor>();

  /** @throws DuckshiftError 42P03 when the name is taken. */
  declare(name: string, columns: readonly OutputColumn[], rows: TextResult, hold: boolean): void {
    this.#cursors.set(name, { columns, rows, hold, uncommitted: true, rest: undefined, fetched: undefined });
  }

  /** @throws DuckshiftError 42P03 when the name is taken. */
  assertFree(name: string): void {
    if (this.#cursors.has(name)) throw new DuckshiftError('42P03', `cursor "${name}" already exists`);
  }

  has(name: string): boolean {
    return this.#cursors.has(name);
  }

  /** @throws DuckshiftError 34000 when there is no such cursor. */
  columns(name: string): readonly OutputColumn[] {
    return this.#get(name).columns;
  }

  /**
   * The next `count` rows, taken from the cursor as they are read.
   *
   * @throws DuckshiftError 34000 when there is no such cursor.
   */
  async fetch(name: string, count: number | 'all'): Promise<TextResult> {
    const cursor = this.#get(name);
    await cursor.fetched?.takeAll();
    cursor.fetched = new FetchedRows(cursor, cursor.columns.length, count);
    return cursor.fetched;
  }

  /** @throws DuckshiftError 34000 when there is no such cursor. */
  async close(name: string): Promise<void> {
    const cursor = this.#get(name);
    this.#cursors.delete(name);
    await cursor.fetched?.takeAll();
    cursor.rows.close();
  }

  /** CLOSE ALL. */
  async closeEach(): Promise<void> {
    for (const name of [...this.#cursors.keys()]) await this.close(name);
  }

  /** The session ends: no more rows will be read. */
  closeAll(): void {
    for (const cursor of this.#cursors.values()) cursor.rows.close();
    this.#cursors.clear();
  }

  /** The transaction ended: only cursors WITH HOLD of committed transactions stay. */
  endTransaction(committed: boolean): void {
    for (const [name, cursor] of this.#cursors) {
      if (!cursor.uncommitted) continue;
      if (committed && cursor.hold) cursor.uncommitted = false;
      else {
        cursor.rows.close();
        this.#cursors.delete(name);
      }
    }
  }

  #get(name: string): Cursor {
    const cursor = this.#cursors.get(name);
    if (cursor === undefined) throw new DuckshiftError('34000', `cursor "${name}" does not exist`);
    return cursor;
  }
}
