import bindings, { type DataChunk, type Vector } from '@duckdb/node-bindings';
import { readStringColumn } from '../string-vector.js';
import type { Kind } from './definition.js';

/** Values of one argument of a chunk. `get` gives null for NULL. */
export interface ColumnReader {
  get(row: number): unknown;
}

/** Reader of argument `index` of `chunk`; valid while the chunk is. */
export function readColumn(chunk: DataChunk, index: number, kind: Kind, rowCount: number): ColumnReader {
  switch (kind) {
    case 'text':
    case 'json':
      return new TextReader(chunk, index, rowCount);
    case 'utf8':
    case 'blob':
    case 'json_utf8':
      return new BytesReader(chunk, index, rowCount);
    default:
      return new FixedReader(chunk, index, kind, rowCount);
  }
}

class TextReader implements ColumnReader {
  readonly #data: Buffer;
  readonly #offsets: Int32Array;
  readonly #nulls: Uint8Array | undefined;
  #lastStart = 0;
  #lastEnd = -1;
  #last = '';

  constructor(chunk: DataChunk, index: number, rowCount: number) {
    const column = readStringColumn(chunk, index, rowCount);
    this.#data = column.data;
    this.#offsets = column.offsets;
    this.#nulls = column.nulls;
  }

  get(row: number): string | null {
    if (this.#nulls !== undefined && this.#nulls[row] === 1) return null;
    const start = this.#offsets[row] ?? 0;
    const end = this.#offsets[row + 1] ?? 0;
    // A constant argument repeats in every row: decode it once.
    if (
      end - start === this.#lastEnd - this.#lastStart &&
      this.#data.compare(this.#data, this.#lastStart, this.#lastEnd, start, end) === 0
    ) {
      return this.#last;
    }
    this.#lastStart = start;
    this.#lastEnd = end;
    this.#last = this.#data.toString('utf8', start, end);
    return this.#last;
  }
}

class BytesReader implements ColumnReader {
  readonly #data: Buffer;
  readonly #offsets: Int32Array;
  readonly #nulls: Uint8Array | undefined;

  constructor(chunk: DataChunk, index: number, rowCount: number) {
    const column = readStringColumn(chunk, index, rowCount);
    this.#data = column.data;
    this.#offsets = column.offsets;
    this.#nulls = column.nulls;
  }

  get(row: number): Uint8Array | null {
    if (this.#nulls !== undefined && this.#nulls[row] === 1) return null;
    return this.#data.subarray(this.#offsets[row], this.#offsets[row + 1]);
  }
}

const widths = { bool: 1, int4: 4, date: 4, int8: 8, timestamp: 8, float8: 8 } as const;
type FixedKind = keyof typeof widths;

function isFixed(kind: Kind): kind is FixedKind {
  return Object.hasOwn(widths, kind);
}

class FixedReader implements ColumnReader {
  readonly #view: DataView;
  readonly #validity: Uint8Array | null;
  readonly #kind: FixedKind;

  constructor(chunk: DataChunk, index: number, kind: Kind, rowCount: number) {
    if (!isFixed(kind)) throw new TypeError(`${kind} has no fixed width`);
    const vector = bindings.data_chunk_get_vector(chunk, index);
    const bytes = bindings.vector_get_data(vector, rowCount * widths[kind]);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    // A vector without NULLs may have no validity mask at all.
    this.#validity = bindings.vector_get_validity(vector, Math.ceil(rowCount / 64) * 8) ?? null;
    this.#kind = kind;
  }

  get(row: number): boolean | number | bigint | null {
    const validity = this.#validity;
    if (validity !== null && (((validity[row >> 3] ?? 0) >> (row & 7)) & 1) === 0) return null;
    switch (this.#kind) {
      case 'bool':
        return this.#view.getUint8(row) !== 0;
      case 'int4':
      case 'date':
        return this.#view.getInt32(row * 4, true);
      case 'float8':
        return this.#view.getFloat64(row * 8, true);
      default:
        return this.#view.getBigInt64(row * 8, true);
    }
  }
}

/** Takes the results of one chunk, in row order. */
export interface ColumnWriter {
  set(row: number, value: unknown): void;
}

/** Writer into `vector`, which holds values of `kind`. */
export function writeColumn(vector: Vector, kind: Kind, rowCount: number): ColumnWriter {
  return isFixed(kind) ? new FixedWriter(vector, kind, rowCount) : new StringWriter(vector, rowCount);
}

class NullMask {
  #validity: Uint8Array | undefined;

  constructor(
    private readonly vector: Vector,
    private readonly rowCount: number,
  ) {}

  setNull(row: number): void {
    if (this.#validity === undefined) {
      bindings.vector_ensure_validity_writable(this.vector);
      this.#validity = bindings.vector_get_validity(this.vector, Math.ceil(this.rowCount / 64) * 8);
    }
    this.#validity[row >> 3] = (this.#validity[row >> 3] ?? 0) & ~(1 << (row & 7));
  }
}

class StringWriter implements ColumnWriter {
  readonly #nulls: NullMask;

  constructor(
    private readonly vector: Vector,
    rowCount: number,
  ) {
    this.#nulls = new NullMask(vector, rowCount);
  }

  set(row: number, value: unknown): void {
    if (value === null) this.#nulls.setNull(row);
    else if (typeof value === 'string')
      bindings.vector_assign_string_element_len(this.vector, row, Buffer.from(value, 'utf8'));
    else if (value instanceof Uint8Array) bindings.vector_assign_string_element_len(this.vector, row, value);
    else throw new TypeError('a user function gave no text');
  }
}

class FixedWriter implements ColumnWriter {
  readonly #nulls: NullMask;
  readonly #view: DataView;
  readonly #kind: FixedKind;

  constructor(vector: Vector, kind: FixedKind, rowCount: number) {
    this.#nulls = new NullMask(vector, rowCount);
    const bytes = bindings.vector_get_data(vector, rowCount * widths[kind]);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#kind = kind;
  }

  set(row: number, value: unknown): void {
    if (value === null) this.#nulls.setNull(row);
    else if (this.#kind === 'bool') this.#view.setUint8(row, value === true ? 1 : 0);
    else if (typeof value === 'bigint') this.#view.setBigInt64(row * 8, value, true);
    else if (typeof value !== 'number') throw new TypeError('a user function gave no number');
    else if (this.#kind === 'float8') this.#view.setFloat64(row * 8, value, true);
    else this.#view.setInt32(row * 4, value, true);
  }
}
