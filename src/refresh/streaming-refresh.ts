import type { CatalogSnapshot, MaterializedViewEntry } from '../catalog/contract.js';
import type { Clock } from '../clock.js';
import type { Engine, EngineConnection } from '../engine/contract.js';
import { DuckshiftError } from '../errors.js';
import type { ShardPosition, StreamIdentity, StreamReader } from '../kinesis/contract.js';
import type { Logger } from '../log.js';
import { belongsTo, type Checkpoint, writeCheckpoint } from './checkpoints.js';
import type { DefinitionCompiler } from './compile-definition.js';
import type { RefreshCause } from './history.js';
import { recreatedNotice } from './messages.js';
import { ScanLog } from './scan-log.js';
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
  /** Of them, those that are too large for any column. */
  readonly recordsSkipped: number;
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
  const scans = new ScanLog();
  let connection: EngineConnection | undefined;
  let rows = 0;

  const items = parts.reader.drain({
    streamName: identity.name,
    positions,
    boundMicros: cause.startMicros,
    retentionHours: identity.retentionHours,
    signal: request.signal,
  });
  for await (const item of items) {
    const { batch, position } = item;
    scans.add(item);
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
    }
    if (!samePosition(positions.get(position.shardId), position)) changed.set(position.shardId, position);
  }

  const { rows: recordsRead, skipped: recordsSkipped } = scans;
  if (changed.size === 0 && recordsRead === 0 && scans.errors.length === 0 && sameStream)
    return { recordsRead, recordsSkipped, rows, checkpoint: undefined, notices: [] };

  connection ??= await request.begin();
  const next = await writeCheckpoint(connection, snapshot.database, entry, checkpoint, identity, changed);
  await scans.write(connection, snapshot.database, entry, cause, parts.clock.nowMicros());
  for (const { shardId, reason } of scans.errors)
    parts.log.warn('reading a stream was not smooth', { view: entry.name, stream: identity.name, shardId, reason });
  const notices = sameStream ? [] : [recreatedNotice(identity.name, entry.name)];
  for (const notice of notices) parts.log.warn(notice, { stream: identity.arn });
  return { recordsRead, recordsSkipped, rows, checkpoint: next, notices };
}

function insertSql(target: StoredView, query: string): string {
  return `INSERT INTO ${target.table} (${target.columns.join(', ')}) ${query}`;
}

/** A shard that was never read is where a shard without a position is. */
function samePosition(before: ShardPosition | undefined, after: ShardPosition): boolean {
  return before?.sequenceNumber === after.sequenceNumber && (before?.ended ?? false) === after.ended;
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
