import bindings, { type DataChunk, type Vector } from '@duckdb/node-bindings';
import type { TextColumn } from './contract.js';

/**
 * Reads string vectors of a DuckDB chunk without a native call per value.
 *
 * A string entry has 16 bytes: u32 length, then up to 12 bytes of text inline, or a 4-byte prefix and a 64-bit pointer. Texts longer than 12 bytes lie back to back in a few runs; each
 * run is fetched by one call. The gaps between runs are not ours to read.
 */
const entryBytes = 16;
const inlineBytes = 12;
/** Inline texts are copied by words of 4 bytes, which may run over the end. */
const slackBytes = 4;

/** Whether this build of the bindings gives access to vector memory; without it the public API is used, value by value. */
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
  const offsets = measure(words, nulls, rowCount, used?.offsets);
  const data = room((offsets[rowCount] ?? 0) + slackBytes, used?.data);
  new StringCopier(entries, words, nulls, offsets, data).copy(rowCount);
  return { data, offsets, nulls };
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

/** The entry of a NULL row holds whatever was there before: its length counts as 0. */
function measure(
  words: Uint32Array,
  nulls: Uint8Array | undefined,
  rowCount: number,
  used: Int32Array | undefined,
): Int32Array {
  const offsets = used !== undefined && used.length > rowCount ? used : new Int32Array(rowCount + 1);
  let total = 0;
  for (let row = 0; row < rowCount; row++) {
    offsets[row] = total;
    if (nulls === undefined || nulls[row] === 0) total += words[row * 4] ?? 0;
  }
  if (total > 0x7fffffff) throw new RangeError('more than 2 GiB of text in one column of 2,048 rows');
  offsets[rowCount] = total;
  return offsets;
}

function room(bytes: number, used: Buffer | undefined): Buffer {
  return used !== undefined && used.length >= bytes ? used : Buffer.allocUnsafeSlow(bytes);
}

class StringCopier {
  /** The current run: first row, address after its last byte, length. */
  #firstRow = -1;
  #end = 0;
  #length = 0;

  constructor(
    private readonly entries: Uint8Array,
    private readonly words: Uint32Array,
    private readonly nulls: Uint8Array | undefined,
    private readonly offsets: Int32Array,
    private readonly data: Buffer,
  ) {}

  copy(rowCount: number): void {
    const { words, nulls, offsets, data } = this;
    const view = new DataView(data.buffer, data.byteOffset, data.length);
    for (let row = 0; row < rowCount; row++) {
      if (nulls !== undefined && nulls[row] === 1) continue;
      const length = words[row * 4] ?? 0;
      if (length <= inlineBytes) {
        const target = offsets[row] ?? 0;
        view.setUint32(target, words[row * 4 + 1] ?? 0, true);
        if (length <= 4) continue;
        view.setUint32(target + 4, words[row * 4 + 2] ?? 0, true);
        if (length > 8) view.setUint32(target + 8, words[row * 4 + 3] ?? 0, true);
        continue;
      }
      const address = (words[row * 4 + 2] ?? 0) + (words[row * 4 + 3] ?? 0) * 0x1_0000_0000;
      if (this.#firstRow === -1 || address !== this.#end) {
        this.#finishRun(row);
        this.#firstRow = row;
        this.#length = 0;
      }
      this.#length += length;
      this.#end = address + length;
    }
    this.#finishRun(rowCount);
  }

  /** Fetch the run and hand its texts out to rows before `endRow`; neighbours in the result are copied together. */
  #finishRun(endRow: number): void {
    if (this.#firstRow === -1) return;
    const { entries, words, nulls, offsets, data } = this;
    const pointerOffset = entries.byteOffset + this.#firstRow * entryBytes + 8;
    const run = bindings.get_data_from_pointer(arrayBuffer(entries), pointerOffset, this.#length);
    let source = 0;
    let pieceSource = 0;
    let pieceTarget = -1;
    let pieceEnd = -1;
    for (let row = this.#firstRow; row < endRow; row++) {
      if (nulls !== undefined && nulls[row] === 1) continue;
      const length = words[row * 4] ?? 0;
      if (length <= inlineBytes) continue;
      const target = offsets[row] ?? 0;
      if (target !== pieceEnd) {
        if (pieceTarget !== -1) data.set(run.subarray(pieceSource, source), pieceTarget);
        pieceSource = source;
        pieceTarget = target;
      }
      source += length;
      pieceEnd = target + length;
    }
    if (pieceTarget !== -1) data.set(run.subarray(pieceSource, source), pieceTarget);
    this.#firstRow = -1;
  }
}

function arrayBuffer(bytes: Uint8Array): ArrayBuffer {
  if (bytes.buffer instanceof ArrayBuffer) return bytes.buffer;
  throw new TypeError('vector memory is not an ArrayBuffer');
}

/** The same column from values read one by one. */
export function textColumnOf(values: readonly (string | null)[]): TextColumn {
  const parts = values.map((value) => Buffer.from(value ?? '', 'utf8'));
  const offsets = new Int32Array(values.length + 1);
  let total = 0;
  parts.forEach((part, row) => {
    offsets[row] = total;
    total += part.length;
  });
  offsets[values.length] = total;
  const nulls = values.includes(null) ? Uint8Array.from(values, (value) => (value === null ? 1 : 0)) : undefined;
  return { data: Buffer.concat(parts), offsets, nulls };
}
