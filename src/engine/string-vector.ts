import bindings, { type DataChunk, type Vector } from '@duckdb/node-bindings';
import type { TextColumn } from './contract.js';

/**
 * Reads string vectors of a DuckDB chunk without a native call per value.
 *
 * A string entry has 16 bytes: u32 length, then up to 12 bytes of text inline, or a 4-byte prefix and a 64-bit pointer.
 * Texts longer than 12 bytes are contiguous in a few runs; each run is fetched by one call. The gaps between runs must
 * not be read.
 */
const entryBytes = 16;
const inlineBytes = 12;

/**
 * Whether this build of the bindings gives access to vector memory; without it the public API is used, value by value.
 */
export const hasVectorAccess: boolean = [
  bindings.data_chunk_get_vector,
  bindings.vector_get_data,
  bindings.vector_get_validity,
  bindings.get_data_from_pointer,
].every((method) => typeof method === 'function');

/**
 * Copy the VARCHAR column `index` out of `chunk`. The caller keeps the chunk alive during the call.
 *
 * @param used a column read before and no longer needed: its memory is used again.
 */
export function readStringColumn(chunk: DataChunk, index: number, rowCount: number, used?: TextColumn): TextColumn {
  const vector = bindings.data_chunk_get_vector(chunk, index);
  const entries = bindings.vector_get_data(vector, rowCount * entryBytes);
  const words = entryWords(entries, rowCount);
  const nulls = readNulls(vector, rowCount);
  const starts = used !== undefined && used.starts.length >= rowCount ? used.starts : new Int32Array(rowCount);
  const ends = used !== undefined && used.ends.length >= rowCount ? used.ends : new Int32Array(rowCount);
  const { runs, bytes } = locate(words, nulls, rowCount, starts, ends);
  const data = used !== undefined && used.data.length >= bytes ? used.data : Buffer.allocUnsafeSlow(bytes);
  data.set(entries);
  for (const { row, place, length } of runs) {
    const pointerOffset = entries.byteOffset + row * entryBytes + 8;
    data.set(bindings.get_data_from_pointer(arrayBuffer(entries), pointerOffset, length), place);
  }
  return { data, starts, ends, nulls };
}

function entryWords(entries: Uint8Array, rowCount: number): Uint32Array {
  if (entries.byteOffset % 4 === 0) return new Uint32Array(entries.buffer, entries.byteOffset, rowCount * 4);
  return new Uint32Array(entries.slice().buffer, 0, rowCount * 4);
}

/** A vector without NULLs may have no validity mask at all. */
function readNulls(vector: Vector, rowCount: number): Uint8Array | undefined {
  const validity: Uint8Array | null = bindings.vector_get_validity(vector, Math.ceil(rowCount / 64) * 8);
  if (validity === null || validity === undefined) return undefined;
  let nulls: Uint8Array | undefined;
  for (let row = 0; row < rowCount; row++) {
    if (((validity[row >> 3] ?? 0) >> (row & 7)) & 1) continue;
    nulls ??= new Uint8Array(rowCount);
    nulls[row] = 1;
  }
  return nulls;
}

/** Contiguous texts: the row of the first, their total bytes, and their position in the output. */
interface Run {
  readonly row: number;
  readonly place: number;
  length: number;
}

/**
 * Give each value its place: an inline text stays in its entry, the runs of long ones follow the entries one after
 * another. The entry of a NULL row holds whatever was there before.
 *
 * @returns the runs, and how many bytes are needed for all.
 */
function locate(
  words: Uint32Array,
  nulls: Uint8Array | undefined,
  rowCount: number,
  starts: Int32Array,
  ends: Int32Array,
): { readonly runs: readonly Run[]; readonly bytes: number } {
  const runs: Run[] = [];
  let run: Run | undefined;
  /** Address after the run's last byte. */
  let runEnd = 0;
  let bytes = rowCount * entryBytes;
  for (let row = 0; row < rowCount; row++) {
    if (nulls !== undefined && nulls[row] === 1) {
      starts[row] = 0;
      ends[row] = 0;
      continue;
    }
    const length = words[row * 4] ?? 0;
    if (length <= inlineBytes) {
      const place = row * entryBytes + 4;
      starts[row] = place;
      ends[row] = place + length;
      continue;
    }
    const address = (words[row * 4 + 2] ?? 0) + (words[row * 4 + 3] ?? 0) * 0x1_0000_0000;
    if (run === undefined || address !== runEnd) {
      run = { row, place: bytes, length: 0 };
      runs.push(run);
    }
    run.length += length;
    runEnd = address + length;
    starts[row] = bytes;
    bytes += length;
    ends[row] = bytes;
    if (bytes > 0x7fffffff) throw new RangeError('more than 2 GiB of text in one column of 2,048 rows');
  }
  return { runs, bytes };
}

function arrayBuffer(bytes: Uint8Array): ArrayBuffer {
  if (bytes.buffer instanceof ArrayBuffer) return bytes.buffer;
  throw new TypeError('vector memory is not an ArrayBuffer');
}
