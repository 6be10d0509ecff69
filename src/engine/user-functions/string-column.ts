import bindings, { type DataChunk } from '@duckdb/node-bindings';

const entryBytes = 16;
const inlineBytes = 12;

/**
 * The strings or blobs of one column of a chunk, without a native call per value: neighbours in memory, in either
 * direction, are fetched as one range. A stored column's strings are contiguous from the last to the first, a computed
 * column's from the first to the last.
 *
 * An entry has 16 bytes: u32 length, then up to 12 bytes inline, or a 4-byte prefix and a 64-bit pointer. Valid while
 * the chunk is.
 */
export class StringColumn {
  readonly #entries: Buffer;
  readonly #words: Uint32Array;
  readonly #validity: Uint8Array | null;
  /** The fetched range with the row's bytes, and the offset in it; undefined for inline strings. */
  readonly #ranges: (Buffer | undefined)[] = [];
  readonly #offsets: Float64Array;

  constructor(chunk: DataChunk, index: number, rowCount: number) {
    const vector = bindings.data_chunk_get_vector(chunk, index);
    const entries = bindings.vector_get_data(vector, rowCount * entryBytes);
    this.#entries = Buffer.from(entries.buffer, entries.byteOffset, entries.byteLength);
    this.#words =
      entries.byteOffset % 4 === 0
        ? new Uint32Array(entries.buffer, entries.byteOffset, rowCount * 4)
        : new Uint32Array(entries.slice().buffer);
    // A vector without NULLs may have no validity mask at all.
    this.#validity = bindings.vector_get_validity(vector, Math.ceil(rowCount / 64) * 8) ?? null;
    this.#offsets = new Float64Array(rowCount);
    this.#fetch(rowCount);
  }

  isNull(row: number): boolean {
    return this.#validity !== null && (((this.#validity[row >> 3] ?? 0) >> (row & 7)) & 1) === 0;
  }

  /** Bytes of a row that is not NULL. */
  bytes(row: number): Buffer {
    const length = this.#words[row * 4] ?? 0;
    const range = this.#ranges[row];
    const start = range === undefined ? row * entryBytes + 4 : (this.#offsets[row] ?? 0);
    return (range ?? this.#entries).subarray(start, start + length);
  }

  #fetch(rowCount: number): void {
    const addresses = this.#offsets;
    let firstRow = -1;
    let low = 0;
    let high = 0;
    for (let row = 0; row < rowCount; row++) {
      const length = this.#words[row * 4] ?? 0;
      if (length <= inlineBytes || this.isNull(row)) continue;
      const address = (this.#words[row * 4 + 2] ?? 0) + (this.#words[row * 4 + 3] ?? 0) * 0x1_0000_0000;
      addresses[row] = address;
      if (firstRow >= 0 && address === high) high += length;
      else if (firstRow >= 0 && address + length === low) low = address;
      else if (firstRow < 0 || address < low || address + length > high) {
        if (firstRow >= 0) this.#take(firstRow, row, low, high);
        firstRow = row;
        low = address;
        high = address + length;
      }
    }
    if (firstRow >= 0) this.#take(firstRow, rowCount, low, high);
  }

  /** Fetches one range for the long strings of rows `from` to `to`. */
  #take(from: number, to: number, low: number, high: number): void {
    const pointer = new DataView(new ArrayBuffer(8));
    pointer.setBigUint64(0, BigInt(low), true);
    const memory = bindings.get_data_from_pointer(pointer.buffer, 0, high - low);
    const range = Buffer.from(memory.buffer, memory.byteOffset, memory.byteLength);
    for (let row = from; row < to; row++) {
      if ((this.#words[row * 4] ?? 0) <= inlineBytes || this.isNull(row)) continue;
      this.#ranges[row] = range;
      this.#offsets[row] = (this.#offsets[row] ?? 0) - low;
    }
  }
}
