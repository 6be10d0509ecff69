import bindings, { type Vector } from '@duckdb/node-bindings';
import type { StreamBatch } from '../streams/contract.js';
import { jsonVerdictColumn, type StreamColumnName } from '../streams/kinesis/columns.js';

/** Writes `count` values of one column, from row `first` of the batch on, into a vector of DuckDB's. */
export type BatchColumn = (vector: Vector, batch: StreamBatch, first: number, count: number) => void;

const columns: Readonly<Record<StreamColumnName, BatchColumn>> = {
  approximate_arrival_timestamp: (vector, { arrivalMicros }, first, count) => {
    copyBytes(vector, arrivalMicros, first * 8, count * 8);
  },
  partition_key: (vector, { partitionKeys }, first, count) => writeStrings(vector, partitionKeys, first, count),
  shard_id: (vector, { shardId }) => bindings.vector_reference_value(vector, bindings.create_varchar(shardId)),
  sequence_number: (vector, { sequenceNumbers }, first, count) => writeStrings(vector, sequenceNumbers, first, count),
  refresh_time: (vector, { refreshMicros }) =>
    bindings.vector_reference_value(vector, bindings.create_timestamp({ micros: refreshMicros })),
  kinesis_data: (vector, { data, dataOffsets }, first, count) => {
    for (let row = 0; row < count; row++) {
      const payload = data.subarray(dataOffsets[first + row], dataOffsets[first + row + 1]);
      bindings.vector_assign_string_element_len(vector, row, payload);
    }
  },
};

/** Every column of the batch function, by name. */
export const batchColumns: Readonly<Record<string, BatchColumn | undefined>> = {
  ...columns,
  [jsonVerdictColumn]: (vector, { jsonValid }, first, count) => copyBytes(vector, jsonValid, first, count),
};

function writeStrings(vector: Vector, values: readonly string[], first: number, count: number): void {
  for (let row = 0; row < count; row++) bindings.vector_assign_string_element(vector, row, values[first + row] ?? '');
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
