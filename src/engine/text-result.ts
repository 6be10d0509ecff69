import type { DuckDBDataChunk, DuckDBMaterializedResult, DuckDBValue } from '@duckdb/node-api';
import type { TextChunk, TextResult } from './contract.js';
import type { NativeMemory } from './native-memory.js';
import { hasVectorAccess, readStringColumn } from './string-vector.js';
import { textColumnOf } from './text-column.js';

/** Results up to this many rows are read without a trip through the thread pool: the copy is too small to be felt. */
const smallResultRows = 256;

/** What DuckDB keeps of each text besides the text itself. */
const bytesPerValue = 16;

/**
 * Rows of a finished query whose columns are all VARCHAR. The query has run to its end before: DuckDB's own streaming
 * results lose errors, and rows when the connection is used in between.
 */
export class MaterializedTextResult implements TextResult {
  readonly columnCount: number;
  #result: DuckDBMaterializedResult | undefined;
  #rowsLeft: number;
  #nextIndex = 0;
  #fetching: Promise<DuckDBDataChunk | null> | undefined;
  #bytesRead = 0;

  constructor(
    result: DuckDBMaterializedResult,
    private readonly memory: NativeMemory,
  ) {
    this.#result = result;
    this.columnCount = result.columnCount;
    this.#rowsLeft = result.rowCount;
  }

  async next(used?: TextChunk): Promise<TextChunk | undefined> {
    const result = this.#result;
    if (result === undefined || this.#rowsLeft <= 0) {
      this.close();
      return undefined;
    }
    const chunk = await this.#nextChunk(result);
    if (chunk === null || chunk.rowCount === 0) throw new Error(`the engine lost ${this.#rowsLeft} rows of a result`);
    const rowCount = chunk.rowCount;
    const columns = Array.from({ length: this.columnCount }, (_unused, index) =>
      hasVectorAccess
        ? readStringColumn(chunk.chunk, index, rowCount, used?.columns[index])
        : textColumnOf(chunk.getColumnValues(index).map(textOf)),
    );
    for (const { data } of columns) this.#bytesRead += data.length;
    // Asked after the columns were read: the vectors' memory lives as long as the chunk is in use.
    this.#rowsLeft -= chunk.rowCount;
    return { rowCount, columns };
  }

  /**
   * A small result is copied at once. Of a large one the chunk after the next is fetched by a thread of the pool while
   * this one is sent. The two ways keep positions of their own: a result is read by one of them from its first chunk to
   * its last.
   */
  #nextChunk(result: DuckDBMaterializedResult): DuckDBDataChunk | null | Promise<DuckDBDataChunk | null> {
    if (result.rowCount <= smallResultRows) return result.getChunk(this.#nextIndex++);
    const chunk = this.#fetching ?? result.fetchChunk();
    this.#fetching = chunk.then((fetched) => (fetched === null ? null : result.fetchChunk()));
    // The reader that requests the chunk gets the error; one that stops before does not need it.
    this.#fetching.catch(() => undefined);
    return chunk;
  }

  close(): void {
    const result = this.#result;
    if (result === undefined) return;
    this.#fetching = undefined;
    this.#result = undefined;
    this.memory.release(result.rowCount * this.columnCount * bytesPerValue + this.#bytesRead);
  }
}

function textOf(value: DuckDBValue): string | null {
  return value === null ? null : String(value);
}
