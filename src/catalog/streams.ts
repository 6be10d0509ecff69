import type { Relation } from '../../sql-dialect/catalog.js';
import { SqlError, SqlState } from '../../sql-dialect/errors.js';
import { batchCall, jsonVerdictColumn, kinesisStreamColumns, previewColumns } from '../streams/kinesis/columns.js';
import type { ExternalSchemaEntry, StreamMode } from './contract.js';

const streamColumns = kinesisStreamColumns.map((column) => ({ ...column, notNull: false }));

/** What the words of CREATE EXTERNAL SCHEMA's FROM clause are called in messages. */
const sourceNames: Readonly<Record<string, string>> = {
  kafka: 'Kafka topics',
  msk: 'Amazon MSK topics',
  'data catalog': 'external tables of the data catalog',
  'hive metastore': 'external tables of a Hive metastore',
  postgres: 'federated queries to PostgreSQL',
  mysql: 'federated queries to MySQL',
  redshift: 'external schemas over another Redshift database',
};

/**
 * The relation that `schema.name` means in an external schema. Streams resolve lazily: whether the stream exists is asked when a
 * materialized view over it is created ("Getting started with streaming ingestion from Amazon Kinesis Data Streams").
 *
 * @throws SqlError 0A000 for a stream outside a materialized view's definition, and for sources that duckshift does not read.
 */
export function streamRelation(
  database: string,
  schema: ExternalSchemaEntry,
  name: string,
  streams: StreamMode,
): Relation {
  if (schema.source !== 'kinesis') {
    throw new SqlError(
      SqlState.featureNotSupported,
      `${sourceNames[schema.source] ?? schema.source} are not supported (relation "${schema.name}.${name}")`,
    );
  }
  if (streams.mode === 'refuse') {
    throw new SqlError(
      SqlState.featureNotSupported,
      `Streaming relation "${schema.name}.${name}" can only be read in the definition of a materialized view`,
      { hint: `Use CREATE MATERIALIZED VIEW … AS SELECT … FROM ${schema.name}.${name}, then query the view.` },
    );
  }
  return {
    kind: 'stream',
    database,
    schema: schema.name,
    name,
    // A definition is compiled once, before there is a batch: its text must parse, and is never run.
    duckdb: batchCall(streams.mode === 'batch' ? streams.batchId : 0),
    columns: streamColumns,
    jsonVerdictColumn,
    formerColumns: previewColumns,
  };
}
