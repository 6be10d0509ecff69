import type { MaterializedViewEntry } from '../catalog/contract.js';
import { hidden } from '../catalog/physical.js';
import {
  historyDays,
  type RecordTable,
  recordTables,
  refreshHistory,
  streamScanErrors,
  streamScanStates,
  viewContents,
  viewStateEvents,
} from '../catalog/refresh-records.js';
import type { EngineConnection, EngineValue } from '../engine/contract.js';

/** Who refreshes, and when it began. */
export interface RefreshCause {
  readonly transactionId: number;
  readonly sessionId: number;
  readonly user: string;
  readonly type: 'Manual' | 'Auto';
  /** Microseconds since the epoch. */
  readonly startMicros: bigint;
}

/** What a refresh read of one shard. */
export interface ShardScan {
  readonly shardId: string;
  /** Records read. */
  rows: number;
  /** Of them, those that are too large for any column. */
  skipped: number;
  bytes: number;
  latestPosition: string | undefined;
  minArrival: bigint | undefined;
  maxArrival: bigint | undefined;
}

/** Add a line to the refresh history, in the caller's transaction or on its own. */
export async function recordRefresh(
  connection: EngineConnection,
  database: string,
  entry: MaterializedViewEntry,
  cause: RefreshCause,
  status: string,
  endMicros: bigint,
): Promise<void> {
  await insert(connection, database, refreshHistory, [
    cause.transactionId,
    cause.sessionId,
    cause.user,
    entry.schema,
    entry.oid,
    entry.name,
    cause.type,
    status,
    micros(cause.startMicros),
    micros(endMicros),
  ]);
}

export async function recordScan(
  connection: EngineConnection,
  database: string,
  entry: MaterializedViewEntry,
  cause: RefreshCause,
  scan: ShardScan,
  nowMicros: bigint,
): Promise<void> {
  await insert(connection, database, streamScanStates, [
    entry.stream?.externalSchema ?? '',
    entry.stream?.streamName ?? '',
    entry.name,
    cause.transactionId,
    cause.transactionId,
    micros(nowMicros),
    scan.shardId,
    scan.latestPosition ?? null,
    scan.rows,
    scan.skipped,
    scan.bytes,
    micros(scan.minArrival),
    micros(scan.maxArrival),
  ]);
}

/** Error codes of SYS_STREAM_SCAN_ERRORS that duckshift gives; AWS documents none. */
export const scanErrorCodes = { positionLost: 1, oversize: 2 } as const;

export interface ScanError {
  readonly shardId: string;
  readonly position: string | undefined;
  readonly arrivalMicros: bigint | undefined;
  readonly code: number;
  readonly reason: string;
}

export async function recordScanError(
  connection: EngineConnection,
  database: string,
  entry: MaterializedViewEntry,
  cause: RefreshCause,
  error: ScanError,
  nowMicros: bigint,
): Promise<void> {
  await insert(connection, database, streamScanErrors, [
    entry.stream?.externalSchema ?? '',
    entry.stream?.streamName ?? '',
    entry.name,
    cause.transactionId,
    cause.transactionId,
    null,
    micros(error.arrivalMicros),
    micros(nowMicros),
    error.shardId,
    error.position ?? null,
    error.code,
    error.reason.slice(0, 128),
  ]);
}

/**
 * Drop what is too old, and what exceeds the number of rows stored.
 *
 * @param nowMicros microseconds since the epoch
 */
export async function trimHistory(connection: EngineConnection, database: string, nowMicros: bigint): Promise<void> {
  const oldest = nowMicros - BigInt(historyDays) * 86_400_000_000n;
  for (const { name, keep } of recordTables) {
    if (keep === undefined) continue;
    const records = hidden(database, name);
    await connection.run(`DELETE FROM ${records} WHERE ${keep.time} < make_timestamp(${oldest}::BIGINT)`);
    await connection.run(
      `DELETE FROM ${records} WHERE transaction_id <= (SELECT transaction_id FROM ${records} ORDER BY transaction_id DESC LIMIT 1 OFFSET ${keep.rows})`,
    );
  }
}

/**
 * The highest transaction id that `database` knows. Histories may have been trimmed by age; the transaction ids stored
 * with views never are.
 */
export async function lastTransactionId(connection: EngineConnection, database: string): Promise<number> {
  const parts = [refreshHistory, streamScanStates, streamScanErrors, viewStateEvents].map(
    ({ name }) => `SELECT max(transaction_id) AS id FROM ${hidden(database, name)}`,
  );
  parts.push(`SELECT max(last_refresh) FROM ${hidden(database, viewContents.name)}`);
  const [row] = await connection.rows(`SELECT max(id) AS id FROM (${parts.join(' UNION ALL ')})`);
  return Number(row?.id ?? 0);
}

/** Timestamps travel as microseconds. */
type RecordValue = EngineValue | { readonly micros: bigint };

function micros(value: bigint | undefined): RecordValue {
  return value === undefined ? null : { micros: value };
}

async function insert(
  connection: EngineConnection,
  database: string,
  table: RecordTable,
  values: readonly RecordValue[],
): Promise<void> {
  const expressions = values.map((value, index) =>
    typeof value === 'object' && value !== null && 'micros' in value
      ? `make_timestamp($${index + 1}::BIGINT)`
      : `$${index + 1}`,
  );
  const parameters = values.map((value) =>
    typeof value === 'object' && value !== null && 'micros' in value ? value.micros : value,
  );
  await connection.run(`INSERT INTO ${hidden(database, table.name)} VALUES (${expressions.join(', ')})`, parameters);
}
