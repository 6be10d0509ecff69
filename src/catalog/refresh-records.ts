import { hidden } from './physical.js';

/** A table of the hidden schema that refreshes write and system views read. */
export interface RecordTable {
  readonly name: string;
  /** Column names and DuckDB types, in order. */
  readonly columns: readonly (readonly [name: string, type: string])[];
  /** Only the newest rows are kept; undefined for tables whose rows are state and not history. */
  readonly keepRows: number | undefined;
}

/** How far each materialized view has read each shard. Not for clients. */
export const streamCheckpoints: RecordTable = {
  name: 'stream_checkpoints',
  columns: [
    ['mv_oid', 'BIGINT NOT NULL'],
    // Oids may be given again after a restart: together with the moment of creation they name one view for ever.
    ['mv_created_millis', 'BIGINT NOT NULL'],
    ['stream_arn', 'VARCHAR NOT NULL'],
    ['stream_created_millis', 'BIGINT NOT NULL'],
    ['shard_id', 'VARCHAR NOT NULL'],
    // Up to 129 digits: no integer type holds them.
    ['sequence_number', 'VARCHAR'],
    ['arrival_micros', 'BIGINT'],
    ['ended', 'BOOLEAN NOT NULL'],
  ],
  keepRows: undefined,
};

/** Source of SYS_MV_REFRESH_HISTORY and SVL_MV_REFRESH_STATUS. */
export const refreshHistory: RecordTable = {
  name: 'mv_refresh_history',
  columns: [
    ['transaction_id', 'BIGINT NOT NULL'],
    ['session_id', 'BIGINT NOT NULL'],
    ['user_name', 'VARCHAR NOT NULL'],
    ['schema_name', 'VARCHAR NOT NULL'],
    ['mv_oid', 'BIGINT NOT NULL'],
    ['mv_name', 'VARCHAR NOT NULL'],
    ['refresh_type', 'VARCHAR NOT NULL'],
    ['status', 'VARCHAR NOT NULL'],
    ['start_time', 'TIMESTAMP NOT NULL'],
    ['end_time', 'TIMESTAMP NOT NULL'],
  ],
  keepRows: 10_000,
};

/** Source of SYS_STREAM_SCAN_STATES: one row a shard and refresh that read records. Column names are the view's. */
export const streamScanStates: RecordTable = {
  name: 'stream_scan_states',
  columns: [
    ['external_schema_name', 'VARCHAR NOT NULL'],
    ['stream_name', 'VARCHAR NOT NULL'],
    ['mv_name', 'VARCHAR NOT NULL'],
    ['transaction_id', 'BIGINT NOT NULL'],
    ['query_id', 'BIGINT NOT NULL'],
    ['record_time', 'TIMESTAMP NOT NULL'],
    ['partition_id', 'VARCHAR NOT NULL'],
    ['latest_position', 'VARCHAR'],
    ['scanned_rows', 'BIGINT NOT NULL'],
    ['skipped_rows', 'BIGINT NOT NULL'],
    ['scanned_bytes', 'BIGINT NOT NULL'],
    ['stream_record_time_min', 'TIMESTAMP'],
    ['stream_record_time_max', 'TIMESTAMP'],
  ],
  keepRows: 10_000,
};

/** Source of SYS_STREAM_SCAN_ERRORS. Column names are the view's. */
export const streamScanErrors: RecordTable = {
  name: 'stream_scan_errors',
  columns: [
    ['external_schema_name', 'VARCHAR NOT NULL'],
    ['stream_name', 'VARCHAR NOT NULL'],
    ['mv_name', 'VARCHAR NOT NULL'],
    ['transaction_id', 'BIGINT NOT NULL'],
    ['query_id', 'BIGINT NOT NULL'],
    ['stream_timestamp_type', 'VARCHAR'],
    ['stream_timestamp', 'TIMESTAMP'],
    ['record_time', 'TIMESTAMP NOT NULL'],
    ['partition_id', 'VARCHAR NOT NULL'],
    ['position', 'VARCHAR'],
    ['error_code', 'INTEGER NOT NULL'],
    ['error_reason', 'VARCHAR NOT NULL'],
  ],
  keepRows: 10_000,
};

export const recordTables: readonly RecordTable[] = [
  streamCheckpoints,
  refreshHistory,
  streamScanStates,
  streamScanErrors,
];

/** The statements that make the tables in `database` where they are missing. */
export function createRecordTables(database: string): string[] {
  return recordTables.map(({ name, columns }) => {
    const definitions = columns.map(([column, type]) => `${column} ${type}`);
    return `CREATE TABLE IF NOT EXISTS ${hidden(database, name)} (${definitions.join(', ')})`;
  });
}
