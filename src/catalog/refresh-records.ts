import { hidden } from './physical.js';

/** A table of the hidden schema that refreshes write and system views read. */
export interface RecordTable {
  readonly name: string;
  /** Column names and DuckDB types, in order. */
  readonly columns: readonly (readonly [name: string, type: string])[];
  /**
   * Only the newest rows are kept, and none older than `historyDays` by this column; undefined for tables whose rows
   * are state and not history.
   */
  readonly keep: { readonly rows: number; readonly time: string } | undefined;
}

/** AWS "SYS monitoring views", "STL views for logging": seven days. */
export const historyDays = 7;

/** How far each materialized view has read each split of its stream. Not for clients. */
export const streamCheckpoints: RecordTable = {
  name: 'stream_checkpoints',
  columns: [
    ['mv_oid', 'BIGINT NOT NULL'],
    // Oids may be reused after a restart; an oid and the time of creation identify one view for good.
    ['mv_created_millis', 'BIGINT NOT NULL'],
    ['source', 'VARCHAR NOT NULL'],
    ['stream_id', 'VARCHAR NOT NULL'],
    ['stream_created_millis', 'BIGINT NOT NULL'],
    ['split_id', 'VARCHAR NOT NULL'],
    // Written and read by the source alone.
    ['position', 'VARCHAR'],
  ],
  keep: undefined,
};

/**
 * Changes of tables and views that a materialized view over them has not taken in: added by the transaction that makes
 * the change, removed by the refresh that sees it. While there is one, the view is stale. Not for clients.
 */
export const pendingChanges: RecordTable = {
  name: 'mv_pending_changes',
  columns: [
    ['mv_oid', 'BIGINT NOT NULL'],
    ['mv_created_millis', 'BIGINT NOT NULL'],
    // The next refresh says that it recomputed: after TRUNCATE, VACUUM and the like.
    ['recompute', 'BOOLEAN NOT NULL'],
  ],
  keep: undefined,
};

/** The refresh that changed a materialized view's rows last. Not for clients. */
export const viewContents: RecordTable = {
  name: 'mv_contents',
  columns: [
    ['mv_oid', 'BIGINT NOT NULL'],
    ['mv_created_millis', 'BIGINT NOT NULL'],
    ['last_refresh', 'BIGINT NOT NULL'],
  ],
  keep: undefined,
};

/**
 * What a materialized view has taken in of each materialized view it reads: the parent's `last_refresh`. Not for
 * clients.
 */
export const parentPositions: RecordTable = {
  name: 'mv_parent_positions',
  columns: [
    ['mv_oid', 'BIGINT NOT NULL'],
    ['mv_created_millis', 'BIGINT NOT NULL'],
    ['parent_oid', 'BIGINT NOT NULL'],
    ['parent_created_millis', 'BIGINT NOT NULL'],
    ['last_refresh', 'BIGINT NOT NULL'],
  ],
  keep: undefined,
};

/**
 * Source of SYS_MV_STATE and STL_MV_STATE: what happened to base tables that the next refresh cannot take in
 * incrementally, or not at all.
 */
export const viewStateEvents: RecordTable = {
  name: 'mv_state_events',
  columns: [
    ['transaction_id', 'BIGINT NOT NULL'],
    ['user_name', 'VARCHAR NOT NULL'],
    ['start_time', 'TIMESTAMP NOT NULL'],
    ['event_desc', 'VARCHAR NOT NULL'],
    ['base_table_schema', 'VARCHAR NOT NULL'],
    ['base_table_name', 'VARCHAR NOT NULL'],
    ['mv_schema', 'VARCHAR NOT NULL'],
    ['mv_name', 'VARCHAR NOT NULL'],
    ['state', 'VARCHAR NOT NULL'],
  ],
  keep: { rows: 10_000, time: 'start_time' },
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
  keep: { rows: 10_000, time: 'start_time' },
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
  keep: { rows: 10_000, time: 'record_time' },
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
  keep: { rows: 10_000, time: 'record_time' },
};

export const recordTables: readonly RecordTable[] = [
  streamCheckpoints,
  pendingChanges,
  viewContents,
  parentPositions,
  viewStateEvents,
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
