import type { Relation } from '../../sql-dialect/catalog.js';
import { SqlError, SqlState } from '../../sql-dialect/errors.js';
import { batchCall } from '../engine/batch-call.js';
import { streamSource } from '../streams/registry.js';
import { unreadableSource } from '../streams/unreadable-source.js';
import type { ExternalSchemaEntry, StreamMode } from './contract.js';

/**
 * The relation that `schema.name` means in an external schema. Streams resolve lazily: whether the stream exists is
 * asked when a materialized view over it is created ("Getting started with streaming ingestion from Amazon Kinesis Data
 * Streams").
 *
 * @throws SqlError 0A000 for a stream outside a materialized view's definition, and for sources that duckshift does not
 * read.
 */
export function streamRelation(
  database: string,
  schema: ExternalSchemaEntry,
  name: string,
  streams: StreamMode,
): Relation {
  const source = streamSource(schema.source);
  if (source === undefined) {
    const { message, hint } = unreadableSource(schema.source, { schema: schema.name, name });
    throw new SqlError(SqlState.featureNotSupported, message, { hint });
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
    columns: source.columns.map((column) => ({ ...column, notNull: false })),
    formerColumns: source.formerColumns,
  };
}
