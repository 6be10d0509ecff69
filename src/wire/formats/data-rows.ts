import type { TextChunk } from '../../engine/contract.js';
import type { MessageWriter } from '../codec/message-writer.js';
import { BackendType } from '../codec/protocol.js';
import type { BinaryFormat } from './binary-format.js';

/** How each column of a result is sent: undefined as the text it is, else through a binary form. Chosen once per portal. */
export type ColumnEncoders = readonly (BinaryFormat | undefined)[];

/** Bytes of a DataRow before its cells: letter, length word, number of columns. */
const rowHeaderBytes = 7;
/** Cells up to this size are copied by a loop: cheaper than a call into native code. */
const loopCopyBytes = 40;

/**
 * Append DataRow messages for rows `from` up to `to` (exclusive) of a chunk, stopping early once the writer holds `byteLimit` bytes. At least one row is written.
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

/** All columns as text: row sizes first, then column by column into place, so that each inner loop walks two byte arrays only. */
function writeTextRows(writer: MessageWriter, chunk: TextChunk, from: number, to: number, byteLimit: number): number {
  const { columns } = chunk;
  const sizes = rowSizes(chunk, from, to);
  const start = writer.length;
  let end = start;
  let row = from;
  do end += sizes[row++ - from] ?? 0;
  while (row < to && end + (sizes[row - from] ?? 0) <= byteLimit);
  const count = row - from;
  const output: Uint8Array = writer.lend(end - start);
  /** Where the next cell of each row goes. */
  const places = new Float64Array(count);
  let place = start;
  for (let index = 0; index < count; index++) {
    const size = sizes[index] ?? 0;
    output[place] = BackendType.dataRow;
    putInt32(output, place + 1, size - 1);
    output[place + 5] = columns.length >> 8;
    output[place + 6] = columns.length;
    places[index] = place + rowHeaderBytes;
    place += size;
  }
  for (const { data, offsets, nulls } of columns) putColumn(output, places, data, offsets, nulls, from);
  writer.commit(end);
  return row;
}

function rowSizes({ columns }: TextChunk, from: number, to: number): Float64Array {
  const sizes = new Float64Array(to - from).fill(rowHeaderBytes + 4 * columns.length);
  for (const { offsets, nulls } of columns) {
    for (let row = from; row < to; row++) {
      if (nulls !== undefined && nulls[row] === 1) continue;
      sizes[row - from] = (sizes[row - from] ?? 0) + (offsets[row + 1] ?? 0) - (offsets[row] ?? 0);
    }
  }
  return sizes;
}

function putColumn(
  output: Uint8Array,
  places: Float64Array,
  data: Buffer,
  offsets: Int32Array,
  nulls: Uint8Array | undefined,
  from: number,
): void {
  for (let index = 0; index < places.length; index++) {
    let place = places[index] ?? 0;
    const row = from + index;
    if (nulls !== undefined && nulls[row] === 1) {
      putInt32(output, place, -1);
      places[index] = place + 4;
      continue;
    }
    const start = offsets[row] ?? 0;
    const end = offsets[row + 1] ?? 0;
    putInt32(output, place, end - start);
    place += 4;
    if (end - start <= loopCopyBytes) {
      for (let at = start; at < end; at++) output[place++] = data[at] ?? 0;
    } else {
      output.set(data.subarray(start, end), place);
      place += end - start;
    }
    places[index] = place;
  }
}

function writeMixedRow(writer: MessageWriter, chunk: TextChunk, encoders: ColumnEncoders, row: number): void {
  writer.begin(BackendType.dataRow).int16(chunk.columns.length);
  chunk.columns.forEach(({ data, offsets, nulls }, index) => {
    if (nulls?.[row] === 1) {
      writer.int32(-1);
      return;
    }
    const [start, end] = [offsets[row] ?? 0, offsets[row + 1] ?? 0];
    const encoder = encoders[index];
    if (encoder === undefined) writer.int32(end - start).bytes(data.subarray(start, end));
    else writer.sized(() => encoder.encode(data.toString('utf8', start, end), writer));
  });
  writer.end();
}

function putInt32(output: Uint8Array, place: number, value: number): void {
  output[place] = value >> 24;
  output[place + 1] = value >> 16;
  output[place + 2] = value >> 8;
  output[place + 3] = value;
}
