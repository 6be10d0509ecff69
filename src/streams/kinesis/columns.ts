import type { RedshiftType } from '../../../sql-dialect/types/redshift-type.js';

/** A column of a stream relation and of the batch that replaces it in a refresh. */
export interface StreamColumn {
  readonly name: string;
  readonly type: RedshiftType;
}

/**
 * The columns of a Kinesis stream, in the order of the AWS page "Streaming ingestion to a materialized view" (metadata
 * columns). `SELECT *` over a stream gives these; the batch table function hands out the same columns under the same
 * names, then `jsonVerdictColumn`.
 */
export const kinesisStreamColumns = [
  { name: 'approximate_arrival_timestamp', type: { id: 'timestamp' } },
  { name: 'partition_key', type: { id: 'varchar', length: 256 } },
  { name: 'shard_id', type: { id: 'char', length: 20 } },
  { name: 'sequence_number', type: { id: 'varchar', length: 128 } },
  { name: 'refresh_time', type: { id: 'timestamp' } },
  { name: 'kinesis_data', type: { id: 'varbyte', length: 16_777_216 } },
] as const satisfies readonly StreamColumn[];

/**
 * What the columns were called in the preview of streaming ingestion of 2022, folded; old samples still use these
 * names.
 */
export const previewColumns: ReadonlyMap<string, StreamColumnName> = new Map([
  ['approximatearrivaltimestamp', 'approximate_arrival_timestamp'],
  ['partitionkey', 'partition_key'],
  ['shardid', 'shard_id'],
  ['sequencenumber', 'sequence_number'],
  ['data', 'kinesis_data'],
]);

export type StreamColumnName = (typeof kinesisStreamColumns)[number]['name'];

/** BOOLEAN column of a batch, invisible to `SELECT *`: whether `kinesis_data` is strict JSON in UTF-8. */
export const jsonVerdictColumn = 'duckshift_json_valid';

/** The DuckDB table function that hands out the batch with the given id. */
export const batchFunctionName = 'duckshift_batch';

/** DuckDB text for FROM that reads batch `id`. */
export function batchCall(id: number): string {
  return `${batchFunctionName}(${id})`;
}
