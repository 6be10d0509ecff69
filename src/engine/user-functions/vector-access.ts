import bindings, { type DataChunk, type Vector } from '@duckdb/node-bindings';
import type { Kind } from './definition.js';
import { StringColumn } from './string-column.js';

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

/** A constant argument repeats in every row: a text like the one before is decoded once. */
class TextReader implements ColumnReader {
  readonly #column: StringColumn;
  #lastBytes: Buffer | undefined;
  #last = '';

  constructor(chunk: DataChunk, index: number, rowCount: number) {
    this.#column = new StringColumn(chunk, index, rowCount);
  }

  get(row: number): string | null {
    if (this.#column.isNull(row)) return null;
    const bytes = this.#column.bytes(row);
    if (this.#lastBytes?.length === bytes.length && this.#lastBytes.equals(bytes)) return this.#last;
    this.#lastBytes = bytes;
    this.#last = bytes.toString('utf8');
    return this.#last;
  }
}

class BytesReader implements ColumnReader {
  readonly #column: StringColumn;

  constructor(chunk: DataChunk, index: number, rowCount: number) {
    this.#column = new StringColumn(chunk, index, rowCount);
  }

  get(row: number): Uint8Array | null {
    return this.#column.isNull(row) ? null : this.#column.bytes(row);
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

/** Takes the results of one chunk; `finish` hands them to DuckDB. */
export interface ColumnWriter {
  set(row: number, value: unknown): void;
  finish(): void;
}

/** Writer into `vector`, which holds values of `kind`. */
export function writeColumn(vector: Vector, kind: Kind, rowCount: number): ColumnWriter {
  return isFixed(kind) ? new FixedWriter(vector, kind, rowCount) : new StringWriter(vector, rowCount);
}

/** Which rows are NULL, one bit a row. What the bindings show of a vector is a copy: changes are copied back. */
class NullMask {
  #bits: Uint8Array | undefined;

  constructor(
    private readonly vector: Vector,
    private readonly rowCount: number,
  ) {}

  setNull(row: number): void {
    this.#bits ??= new Uint8Array(Math.ceil(this.rowCount / 64) * 8).fill(0xff);
    this.#bits[row >> 3] = (this.#bits[row >> 3] ?? 0) & ~(1 << (row & 7));
  }

  finish(): void {
    if (this.#bits === undefined) return;
    bindings.vector_ensure_validity_writable(this.vector);
    bindings.copy_data_to_vector_validity(this.vector, 0, arrayBufferOf(this.#bits), 0, this.#bits.byteLength);
  }
}

function arrayBufferOf(bytes: Uint8Array): ArrayBuffer {
  if (bytes.buffer instanceof ArrayBuffer) return bytes.buffer;
  throw new TypeError('not an ArrayBuffer');
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
    else if (typeof value === 'string') {
      bindings.vector_assign_string_element_len(this.vector, row, Buffer.from(value, 'utf8'));
    } else if (value instanceof Uint8Array) bindings.vector_assign_string_element_len(this.vector, row, value);
    else throw new TypeError('a user function gave no text');
  }

  finish(): void {
    this.#nulls.finish();
  }
}

class FixedWriter implements ColumnWriter {
  readonly #nulls: NullMask;
  readonly #buffer: ArrayBuffer;
  readonly #view: DataView;

  constructor(
    private readonly vector: Vector,
    private readonly kind: FixedKind,
    rowCount: number,
  ) {
    this.#nulls = new NullMask(vector, rowCount);
    this.#buffer = new ArrayBuffer(rowCount * widths[kind]);
    this.#view = new DataView(this.#buffer);
  }

  set(row: number, value: unknown): void {
    if (value === null) this.#nulls.setNull(row);
    else if (this.kind === 'bool') this.#view.setUint8(row, value === true ? 1 : 0);
    else if (typeof value === 'bigint') this.#view.setBigInt64(row * 8, value, true);
    else if (typeof value !== 'number') throw new TypeError('a user function gave no number');
    else if (this.kind === 'float8') this.#view.setFloat64(row * 8, value, true);
    else this.#view.setInt32(row * 4, value, true);
  }

  finish(): void {
    bindings.copy_data_to_vector(this.vector, 0, this.#buffer, 0, this.#buffer.byteLength);
    this.#nulls.finish();
  }
}
