import type { OutputColumn } from '../../../sql-dialect/plan.js';
import type { TextChunk, TextResult } from '../../engine/contract.js';
import { sliceChunk } from '../../session/text-rows.js';
import { limits } from './limits.js';

/** A page of a result: parts of chunks, in order. */
export interface ResultPage {
  readonly chunks: readonly TextChunk[];
}

/** A statement's rows, cut into pages as they will be handed out. */
export interface StoredResult {
  readonly columns: readonly OutputColumn[];
  readonly pages: readonly ResultPage[];
  readonly rowCount: number;
  /** Of all values, in text form. */
  readonly bytes: number;
}

/** The result is larger than the service keeps. */
export class ResultTooLarge extends Error {
  override readonly name = 'ResultTooLarge';
}

/**
 * Read a result to its end and cut it into pages. `stopped` is asked between chunks.
 *
 * @throws ResultTooLarge
 */
export async function storeResult(
  columns: readonly OutputColumn[],
  rows: TextResult,
  stopped: () => boolean,
): Promise<StoredResult | undefined> {
  const cutter = new PageCutter();
  try {
    for (let chunk = await rows.next(); chunk !== undefined; chunk = await rows.next()) {
      if (stopped()) return undefined;
      cutter.add(chunk);
      if (cutter.bytes > limits.resultBytes) throw new ResultTooLarge();
    }
  } finally {
    rows.close();
  }
  return { columns, pages: cutter.end(), rowCount: cutter.rows, bytes: cutter.bytes };
}

class PageCutter {
  rows = 0;
  bytes = 0;
  readonly #pages: ResultPage[] = [];
  #chunks: TextChunk[] = [];
  #pageRows = 0;
  #pageBytes = 0;

  add(chunk: TextChunk): void {
    let first = 0;
    for (let row = 0; row < chunk.rowCount; row++) {
      const bytes = rowBytes(chunk, row);
      if (this.#pageRows >= limits.pageRows || (this.#pageRows > 0 && this.#pageBytes + bytes > limits.pageBytes)) {
        if (row > first) this.#chunks.push(sliceChunk(chunk, first, row));
        first = row;
        this.#endPage();
      }
      this.#pageRows++;
      this.#pageBytes += bytes;
      this.bytes += bytes;
    }
    this.#chunks.push(sliceChunk(chunk, first, chunk.rowCount));
    this.rows += chunk.rowCount;
  }

  /** All pages; a result without rows is one empty page. */
  end(): readonly ResultPage[] {
    if (this.#chunks.length > 0 || this.#pages.length === 0) this.#endPage();
    return this.#pages;
  }

  #endPage(): void {
    this.#pages.push({ chunks: this.#chunks });
    this.#chunks = [];
    this.#pageRows = 0;
    this.#pageBytes = 0;
  }
}

function rowBytes({ columns }: TextChunk, row: number): number {
  let bytes = 0;
  for (const { starts, ends } of columns) bytes += (ends[row] ?? 0) - (starts[row] ?? 0);
  return bytes;
}
