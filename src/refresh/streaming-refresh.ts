import type { CatalogSnapshot, MaterializedViewEntry } from '../catalog/contract.js';
import type { Clock } from '../clock.js';
import type { Engine, EngineConnection } from '../engine/contract.js';
import { DuckshiftError } from '../errors.js';
import type { ShardPosition, StreamIdentity, StreamReader } from '../kinesis/contract.js';
import type { Logger } from '../log.js';
import { belongsTo, type Checkpoint, writeCheckpoint } from './checkpoints.js';
import type { DefinitionCompiler } from './compile-definition.js';
import { type RefreshCause, recordScan, recordScanError, type ShardScan, scanErrorCodes } from './history.js';
import { recreatedNotice } from './messages.js';
import type { StoredView } from './stored-view.js';

export interface StreamingParts {
  readonly engine: Engine;
  readonly reader: StreamReader;
  readonly definitions: DefinitionCompiler;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface StreamingRequest {
  readonly snapshot: CatalogSnapshot;
  readonly entry: MaterializedViewEntry;
  readonly target: StoredView;
  readonly identity: StreamIdentity;
  readonly checkpoint: Checkpoint;
  readonly cause: RefreshCause;
  readonly signal: AbortSignal | undefined;
  /** Opens the transaction before the first write; called once. */
  readonly begin: () => Promise<EngineConnection>;
}

export interface StreamingResult {
  readonly recordsRead: number;
  /** Rows added to the view's table. */
  readonly rows: number;
  /** As it is once the transaction commits; undefined when nothing was written. */
  readonly checkpoint: Checkpoint | undefined;
  readonly notices: readonly string[];
}

/**
 * Read what the stream has gained since the checkpoint and store it, with the new positions, in the transaction that `begin` opens. A poll that finds nothing opens
 * none. The caller commits, or rolls back when this throws.
 */
export async function refreshFromStream(parts: StreamingParts, request: StreamingRequest): Promise<StreamingResult> {
  const { entry, identity, checkpoint, cause, snapshot } = request;
  const sameStream = belongsTo(checkpoint, identity);
  const positions = sameStream ? checkpoint.positions : new Map<string, ShardPosition>();
  const changed = new Map<string, ShardPosition>();
  const scans = new Map<string, ShardScan>();
  const warnings: ScanWarning[] = [];
  let connection: EngineConnection | undefined;
  let rows = 0;

  const items = parts.reader.drain({
    streamName: identity.name,
    positions,
    boundMicros: cause.startMicros,
    signal: request.signal,
  });
  for await (const { batch, position, warning } of items) {
    if (warning !== undefined) warnings.push({ position, reason: warning });
    if (batch !== undefined && batch.rowCount > 0) {
      connection ??= await request.begin();
      const id = parts.engine.registerBatch({ ...batch, refreshMicros: cause.startMicros });
      try {
        const streams = { mode: 'batch', batchId: id } as const;
        const { duckdb } = parts.definitions.compile(entry, snapshot, streams, request.target.text);
        rows += await connection.run(insertSql(request.target, duckdb));
      } finally {
        parts.engine.releaseBatch(id);
      }
      addToScan(scans, batch);
    }
    if (!samePosition(positions.get(position.shardId), position)) changed.set(position.shardId, position);
  }

  const recordsRead = [...scans.values()].reduce((total, scan) => total + scan.rows, 0);
  if (changed.size === 0 && recordsRead === 0 && warnings.length === 0 && sameStream)
    return { recordsRead, rows, checkpoint: undefined, notices: [] };

  connection ??= await request.begin();
  const next = await writeCheckpoint(connection, snapshot.database, entry, checkpoint, identity, changed);
  await recordScans(parts, request, connection, scans, warnings);
  const notices = sameStream ? [] : [recreatedNotice(identity.name, entry.name)];
  for (const notice of notices) parts.log.warn(notice, { stream: identity.arn });
  return { recordsRead, rows, checkpoint: next, notices };
}

function insertSql(target: StoredView, query: string): string {
  return `INSERT INTO ${target.table} (${target.columns.join(', ')}) ${query}`;
}

/** A shard that was never read is where a shard without a position is. */
function samePosition(before: ShardPosition | undefined, after: ShardPosition): boolean {
  return before?.sequenceNumber === after.sequenceNumber && (before?.ended ?? false) === after.ended;
}

function addToScan(
  scans: Map<string, ShardScan>,
  batch: {
    shardId: string;
    rowCount: number;
    arrivalMicros: BigInt64Array;
    sequenceNumbers: readonly string[];
    data: Uint8Array;
  },
): void {
  let scan = scans.get(batch.shardId);
  if (scan === undefined) {
    scan = {
      shardId: batch.shardId,
      rows: 0,
      bytes: 0,
      latestPosition: undefined,
      minArrival: undefined,
      maxArrival: undefined,
    };
    scans.set(batch.shardId, scan);
  }
  scan.rows += batch.rowCount;
  scan.bytes += batch.data.byteLength;
  scan.latestPosition = batch.sequenceNumbers.at(-1) ?? scan.latestPosition;
  for (const arrival of batch.arrivalMicros) {
    if (scan.minArrival === undefined || arrival < scan.minArrival) scan.minArrival = arrival;
    if (scan.maxArrival === undefined || arrival > scan.maxArrival) scan.maxArrival = arrival;
  }
}

interface ScanWarning {
  readonly position: ShardPosition;
  readonly reason: string;
}

async function recordScans(
  parts: StreamingParts,
  { snapshot, entry, cause }: StreamingRequest,
  connection: EngineConnection,
  scans: ReadonlyMap<string, ShardScan>,
  warnings: readonly ScanWarning[],
): Promise<void> {
  const now = parts.clock.nowMicros();
  for (const scan of scans.values()) await recordScan(connection, snapshot.database, entry, cause, scan, now);
  for (const { position, reason } of warnings) {
    parts.log.warn('a stream could not be read where the last refresh ended', { view: entry.name, reason });
    const error = {
      shardId: position.shardId,
      position: position.sequenceNumber,
      arrivalMicros: position.arrivalMicros,
      code: scanErrorCodes.positionLost,
      reason,
    };
    await recordScanError(connection, snapshot.database, entry, cause, error, now);
  }
}

/** The stream's identity, or the error that names stream and endpoint. */
export async function requireStream(
  reader: StreamReader,
  streamName: string,
  endpoint: string,
): Promise<StreamIdentity> {
  const identity = await reader.describe(streamName);
  if (identity === undefined) throw missingStream(streamName, endpoint);
  return identity;
}

export function missingStream(streamName: string, endpoint: string): DuckshiftError {
  return new DuckshiftError('42P01', `Kinesis stream "${streamName}" does not exist at ${endpoint}`, {
    hint: 'Stream names are case-sensitive; unquoted and quoted identifiers fold to lower case unless enable_case_sensitive_identifier is on.',
  });
}
