import bindings, { type Vector } from '@duckdb/node-bindings';
import type { ColumnValues, StreamBatch } from '../streams/contract.js';

/** Writes `count` values of one column, from row `first` of the batch on, into a vector of DuckDB's. */
export type ColumnWriter = (vector: Vector, first: number, count: number) => void;

/** The writers of a batch's columns, in their order. Chosen once a batch, so that no row asks what its column is. */
export function columnWriters({ values, refreshMicros }: StreamBatch): readonly ColumnWriter[] {
  return values.map((column) => columnWriter(column, refreshMicros));
}

function columnWriter(column: ColumnValues, refreshMicros: bigint): ColumnWriter {
  switch (column.form) {
    case 'timestamps': {
      const { micros } = column;
      return (vector, first, count) => copyBytes(vector, micros, first * 8, count * 8);
    }
    case 'strings': {
      const { strings } = column;
      return (vector, first, count) => {
        for (let row = 0; row < count; row++)
          bindings.vector_assign_string_element(vector, row, strings[first + row] ?? '');
      };
    }
    case 'constant': {
      const { text } = column;
      return (vector) => bindings.vector_reference_value(vector, bindings.create_varchar(text));
    }
    case 'refresh time':
      return (vector) => bindings.vector_reference_value(vector, bindings.create_timestamp({ micros: refreshMicros }));
    case 'bytes': {
      const { data, offsets } = column;
      return (vector, first, count) => {
        for (let row = 0; row < count; row++) {
          const value = data.subarray(offsets[first + row], offsets[first + row + 1]);
          bindings.vector_assign_string_element_len(vector, row, value);
        }
      };
    }
    case 'booleans': {
      const { bytes } = column;
      return (vector, first, count) => copyBytes(vector, bytes, first, count);
    }
  }
}

/** The bindings read an ArrayBuffer: memory of another kind is copied to one first. */
function copyBytes(vector: Vector, source: BigInt64Array | Uint8Array, start: number, length: number): void {
  const { buffer } = source;
  if (buffer instanceof ArrayBuffer) bindings.copy_data_to_vector(vector, 0, buffer, source.byteOffset + start, length);
  else {
    const copy = new Uint8Array(length);
    copy.set(new Uint8Array(buffer, source.byteOffset + start, length));
    bindings.copy_data_to_vector(vector, 0, copy.buffer, 0, length);
  }
}
