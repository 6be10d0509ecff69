import type { TextChunk, TextColumn, TextResult } from '../engine/contract.js';
import { textColumnOf } from '../engine/text-column.js';

/** A value of a row in text format, or NULL. */
export type TextValue = string | null;

/** Rows that the server makes itself (SHOW, EXPLAIN …) as a result. */
export function textRows(columnCount: number, rows: readonly (readonly TextValue[])[]): TextResult {
  const columns = Array.from({ length: columnCount }, (_, index) =>
    textColumnOf(rows.map((row) => row[index] ?? null)),
  );
  return chunkRows(columnCount, rows.length === 0 ? [] : [{ rowCount: rows.length, columns }]);
}

/** Chunks that are already there as a result. */
export function chunkRows(columnCount: number, chunks: readonly TextChunk[]): TextResult {
  let position = 0;
  return {
    columnCount,
    next: async () => chunks[position++],
    close: () => {
      position = chunks.length;
    },
  };
}

/** Every row of a result; for small ones. */
export async function readAllRows(result: TextResult): Promise<TextValue[][]> {
  const rows: TextValue[][] = [];
  for (let chunk = await result.next(); chunk !== undefined; chunk = await result.next()) {
    for (let row = 0; row < chunk.rowCount; row++) rows.push(chunk.columns.map((column) => textValue(column, row)));
  }
  result.close();
  return rows;
}

export function textValue(column: TextColumn, row: number): TextValue {
  if (column.nulls?.[row] === 1) return null;
  return column.data.toString('utf8', column.starts[row], column.ends[row]);
}

/** Rows `from` to `to` (exclusive) of a chunk, without copying values. */
export function sliceChunk(chunk: TextChunk, from: number, to: number): TextChunk {
  if (from === 0 && to === chunk.rowCount) return chunk;
  return {
    rowCount: to - from,
    columns: chunk.columns.map(({ data, starts, ends, nulls }) => ({
      data,
      starts: starts.subarray(from, to),
      ends: ends.subarray(from, to),
      nulls: nulls?.subarray(from, to),
    })),
  };
}
