import type { ColumnValues, StreamColumn, StreamSource } from '../contract.js';

/** BOOLEAN column of a batch, invisible to `SELECT *`: whether `kinesis_data` is strict JSON in UTF-8. */
export const jsonVerdictColumn = 'duckshift_json_valid';

/**
 * The columns of a Kinesis stream, in the order of the AWS page "Streaming ingestion to a materialized view" (metadata
 * columns).
 */
const visibleColumns = [
  { name: 'approximate_arrival_timestamp', type: { id: 'timestamp' } },
  { name: 'partition_key', type: { id: 'varchar', length: 256 } },
  { name: 'shard_id', type: { id: 'char', length: 20 } },
  { name: 'sequence_number', type: { id: 'varchar', length: 128 } },
  { name: 'refresh_time', type: { id: 'timestamp' } },
  { name: 'kinesis_data', type: { id: 'varbyte', length: 16_777_216 }, jsonVerdict: jsonVerdictColumn },
] as const satisfies readonly StreamColumn[];

const hiddenColumns = [{ name: jsonVerdictColumn, type: { id: 'bool' } }] as const satisfies readonly StreamColumn[];

const batchColumns = [...visibleColumns, ...hiddenColumns] as const;

type VisibleColumnName = (typeof visibleColumns)[number]['name'];
type BatchColumnName = (typeof batchColumns)[number]['name'];

/**
 * What the columns were called in the preview of streaming ingestion of 2022, folded; old samples still use these
 * names.
 */
const previewColumns: ReadonlyMap<string, VisibleColumnName> = new Map([
  ['approximatearrivaltimestamp', 'approximate_arrival_timestamp'],
  ['partitionkey', 'partition_key'],
  ['shardid', 'shard_id'],
  ['sequencenumber', 'sequence_number'],
  ['data', 'kinesis_data'],
]);

/** Amazon Kinesis Data Streams, as the rest of the server sees it. */
export const kinesisSource: StreamSource = {
  kind: 'kinesis',
  title: 'Kinesis stream',
  endpointTitle: 'a Kinesis endpoint',
  columns: visibleColumns,
  batchColumns,
  formerColumns: previewColumns,
};

/** Put the values of a batch, given by name, into the order of the source's batch columns. */
export function orderedValues(values: Readonly<Record<BatchColumnName, ColumnValues>>): readonly ColumnValues[] {
  return batchColumns.map(({ name }) => values[name]);
}
