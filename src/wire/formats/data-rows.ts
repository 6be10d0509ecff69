import type { TextChunk, TextColumn } from '../../engine/contract.js';
import type { MessageWriter } from '../codec/message-writer.js';
import { BackendType } from '../codec/protocol.js';
import type { BinaryFormat } from './binary-format.js';

/**
 * How each column of a result is sent: undefined as the text it is, else through a binary form. Chosen once per portal.
 */
export type ColumnEncoders = readonly (BinaryFormat | undefined)[];

/** Bytes of a DataRow before its cells: letter, length word, number of columns. */
const rowHeaderBytes = 7;
/** Cells up to this size are copied here, word by word: cheaper than a call into native code. */
const wordCopyBytes = 256;
/** A cell that is copied by words may run over its end by this much; what it runs over is written later. */
const wordBytes = 4;

/**
 * Append DataRow messages for rows `from` up to `to` (exclusive) of a chunk, stopping early once the writer holds
 * `byteLimit` bytes. At least one row is written.
 *
 * @returns the first row not written.
 */
export function writeDataRows(
  writer: MessageWriter,
  chunk: TextChunk,
  encoders: ColumnEncoders,
  from: number,
  to: number,
  byteLimit: number,
): number {
  if (encoders.every((encoder) => encoder === undefined)) return writeTextRows(writer, chunk, from, to, byteLimit);
  let row = from;
  do writeMixedRow(writer, chunk, encoders, row++);
  while (row < to && writer.length < byteLimit);
  return row;
}

/** Sizes and positions of the rows of a chunk, reused for each chunk: nothing else runs in between. */
const scratchFor = (rows: number) => ({ sizes: new Float64Array(rows), places: new Float64Array(rows) });
let scratch = scratchFor(2_048);

/**
 * All columns as text: row sizes first, then column by column into place, so that each inner loop walks two byte arrays
 * only. Writing a cell may overwrite the bytes after it, so the headers, which follow the last cells, come last.
 */
function writeTextRows(writer: MessageWriter, chunk: TextChunk, from: number, to: number, byteLimit: number): number {
  const { columns } = chunk;
  const sizes = rowSizes(chunk, from, to);
  const start = writer.length;
  let end = start;
  let row = from;
  do end += sizes[row++ - from] ?? 0;
  while (row < to && end + (sizes[row - from] ?? 0) <= byteLimit);
  const count = row - from;
  const output = writer.lend(end - start + wordBytes);
  const view = new DataView(output.buffer, output.byteOffset, output.length);
  /** Where the next cell of each row goes. */
  const places = scratch.places.subarray(0, count);
  let place = start + rowHeaderBytes;
  for (let index = 0; index < count; index++) {
    places[index] = place;
    place += sizes[index] ?? 0;
  }
  for (const column of columns) putColumn(output, view, places, column, from);
  place = start;
  for (let index = 0; index < count; index++) {
    const size = sizes[index] ?? 0;
    view.setUint8(place, BackendType.dataRow);
    view.setInt32(place + 1, size - 1);
    view.setInt16(place + 5, columns.length);
    place += size;
  }
  writer.commit(end);
  return row;
}

function rowSizes({ columns }: TextChunk, from: number, to: number): Float64Array {
  if (scratch.sizes.length < to - from) scratch = scratchFor(to - from);
  const sizes = scratch.sizes.subarray(0, to - from).fill(rowHeaderBytes + 4 * columns.length);
  for (const { starts, ends } of columns)
    for (let index = 0; index < sizes.length; index++)
      sizes[index] = (sizes[index] ?? 0) + (ends[from + index] ?? 0) - (starts[from + index] ?? 0);
  return sizes;
}

function putColumn(
  output: Uint8Array,
  view: DataView,
  places: Float64Array,
  { data, starts, ends, nulls }: TextColumn,
  from: number,
): void {
  const source = new DataView(data.buffer, data.byteOffset, data.length);
  const lastWord = data.length - wordBytes;
  for (let index = 0; index < places.length; index++) {
    let place = places[index] ?? 0;
    const start = starts[from + index] ?? 0;
    const end = ends[from + index] ?? 0;
    const length = end - start;
    if (nulls !== undefined && nulls[from + index] === 1) {
      view.setInt32(place, -1);
      place += 4;
    } else {
      view.setInt32(place, length);
      place += 4;
      if (length <= wordCopyBytes && end <= lastWord) {
        for (let at = 0; at < length; at += wordBytes) view.setUint32(place + at, source.getUint32(start + at));
      } else output.set(data.subarray(start, end), place);
      place += length;
    }
    places[index] = place;
  }
}

function writeMixedRow(writer: MessageWriter, chunk: TextChunk, encoders: ColumnEncoders, row: number): void {
  writer.begin(BackendType.dataRow).int16(chunk.columns.length);
  chunk.columns.forEach(({ data, starts, ends, nulls }, index) => {
    if (nulls?.[row] === 1) {
      writer.int32(-1);
      return;
    }
    const [start, end] = [starts[row] ?? 0, ends[row] ?? 0];
    const encoder = encoders[index];
    if (encoder === undefined) writer.int32(end - start).bytes(data.subarray(start, end));
    else writer.sized(() => encoder.encode(data.toString('utf8', start, end), writer));
  });
  writer.end();
}
