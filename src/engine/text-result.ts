import type { DuckDBMaterializedResult, DuckDBValue } from '@duckdb/node-api';
import type { TextChunk, TextResult } from './contract.js';
import type { NativeMemory } from './native-memory.js';
import { hasVectorAccess, readStringColumn, textColumnOf } from './string-vector.js';

/** Results up to this many rows are read without a trip through the thread pool: the copy is too small to be felt. */
const smallResultRows = 256;

/** What DuckDB keeps of each text besides the text itself. */
const bytesPerValue = 16;

/**
 * Rows of a finished query whose columns are all VARCHAR. The query has run to its end before: DuckDB's own streaming results lose errors, and rows
 * when the connection is used in between.
 */
export class MaterializedTextResult implements TextResult {
  readonly columnCount: number;
  #result: DuckDBMaterializedResult | undefined;
  #rowsLeft: number;
  #nextChunk = 0;
  #bytesRead = 0;

  constructor(
    result: DuckDBMaterializedResult,
    private readonly memory: NativeMemory,
  ) {
    this.#result = result;
    this.columnCount = result.columnCount;
    this.#rowsLeft = result.rowCount;
  }

  async next(): Promise<TextChunk | undefined> {
    const result = this.#result;
    if (result === undefined || this.#rowsLeft <= 0) {
      this.close();
      return undefined;
    }
    // The two ways keep positions of their own: a result is read by one of them from its first chunk to its last.
    const small = result.rowCount <= smallResultRows;
    const chunk = small ? result.getChunk(this.#nextChunk++) : await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) throw new Error(`the engine lost ${this.#rowsLeft} rows of a result`);
    const rowCount = chunk.rowCount;
    const columns = Array.from({ length: this.columnCount }, (_unused, index) =>
      hasVectorAccess
        ? readStringColumn(chunk.chunk, index, rowCount)
        : textColumnOf(chunk.getColumnValues(index).map(textOf)),
    );
    for (const { data } of columns) this.#bytesRead += data.length;
    // Asked after the columns were read: the vectors' memory lives as long as the chunk is in use.
    this.#rowsLeft -= chunk.rowCount;
    return { rowCount, columns };
  }

  close(): void {
    const result = this.#result;
    if (result === undefined) return;
    this.#result = undefined;
    this.memory.release(result.rowCount * this.columnCount * bytesPerValue + this.#bytesRead);
  }
}

function textOf(value: DuckDBValue): string | null {
  return value === null ? null : String(value);
}
