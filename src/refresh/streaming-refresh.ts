import type { Clock } from '../base/clock.js';
import { DuckshiftError } from '../base/errors.js';
import type { Logger } from '../base/log.js';
import type { CatalogSnapshot, MaterializedViewEntry } from '../catalog/contract.js';
import type { Engine, EngineConnection } from '../engine/contract.js';
import type { ConnectedSource } from '../streams/connected-sources.js';
import type { SplitPosition } from '../streams/contract.js';
import { insertRows } from './backing-table.js';
import { belongsTo, type Checkpoint, isSame, type SourceStream, writeCheckpoint } from './checkpoints.js';
import type { DefinitionCompiler } from './compile-definition.js';
import type { RefreshCause, ShardScan } from './history.js';
import { recreatedNotice } from './messages.js';
import { ScanLog } from './scan-log.js';
import type { StoredView } from './stored-view.js';
import { writeContents } from './view-state.js';

export interface StreamingDeps {
  readonly engine: Engine;
  readonly definitions: DefinitionCompiler;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A view that is refreshed. */
export interface StreamingView {
  readonly entry: MaterializedViewEntry;
  readonly target: StoredView;
  readonly checkpoint: Checkpoint;
}

export interface StreamingRequest {
  readonly snapshot: CatalogSnapshot;
  /** Views of one stream that have read it equally far: it is read once for all of them. */
  readonly views: readonly [StreamingView, ...StreamingView[]];
  readonly connected: ConnectedSource;
  readonly identity: SourceStream;
  readonly cause: RefreshCause;
  readonly signal: AbortSignal | undefined;
  /** Opens the transaction before the first write; called any number of times. */
  readonly begin: () => Promise<EngineConnection>;
  /**
   * Called before rows are stored in a view, and with nothing afterwards: what fails in between is the view's doing.
   */
  readonly onView: (entry: MaterializedViewEntry | undefined) => void;
}

/** What a refresh did for one view. */
export interface StreamingResult {
  readonly view: StreamingView;
  readonly recordsRead: number;
  /** Of them, those that are too large for any column. */
  readonly recordsSkipped: number;
  /** The stream may hold more. */
  readonly more: boolean;
  /** Rows added to the view's table. */
  readonly rows: number;
  /** As it is once the transaction commits; undefined when nothing was written. */
  readonly checkpoint: Checkpoint | undefined;
  readonly notices: readonly string[];
  readonly scans: readonly ShardScan[];
}

/**
 * Read what the stream has gained since the checkpoint and store it, with the new positions, in the transaction that
 * `begin` opens. A poll that finds nothing opens none. The caller commits, or rolls back when this throws.
 */
export async function refreshFromStream(parts: StreamingDeps, request: StreamingRequest): Promise<StreamingResult[]> {
  const { views, connected, identity, cause, snapshot } = request;
  const { checkpoint } = views[0];
  const sameStream = belongsTo(checkpoint, identity);
  const positions = sameStream ? checkpoint.positions : new Map<string, SplitPosition>();
  const changed = new Map<string, SplitPosition>();
  const scans = new ScanLog();
  const rows = views.map(() => 0);

  const items = connected.reader.drain({
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
      const connection = await request.begin();
      const id = parts.engine.registerBatch({
        columns: connected.source.batchColumns,
        rowCount: batch.rowCount,
        values: batch.values,
        refreshMicros: cause.startMicros,
      });
      try {
        for (const [index, { entry, target }] of views.entries()) {
          request.onView(entry);
          const streams = { mode: 'batch', batchId: id } as const;
          const { duckdb } = parts.definitions.compile(entry, snapshot, { streams, text: target.text });
          rows[index] = (rows[index] ?? 0) + (await insertRows(connection, target, duckdb, cause.transactionId));
          request.onView(undefined);
        }
      } finally {
        parts.engine.releaseBatch(id);
      }
    }
    if (!samePosition(positions.get(position.splitId), position)) changed.set(position.splitId, position);
  }

  const { rows: recordsRead, skipped: recordsSkipped } = scans;
  if (changed.size === 0 && recordsRead === 0 && scans.errors.length === 0 && sameStream)
    return views.map((view) => ({
      view,
      recordsRead,
      recordsSkipped,
      more: scans.more,
      rows: 0,
      checkpoint: undefined,
      notices: [],
      scans: [],
    }));

  for (const { shardId, reason } of scans.errors)
    parts.log.warn('reading a stream was not smooth', { stream: identity.name, shardId, reason });
  const connection = await request.begin();
  const now = parts.clock.nowMicros();
  const results: StreamingResult[] = [];
  for (const [index, view] of views.entries()) {
    const { entry } = view;
    const next = await writeCheckpoint(connection, snapshot.database, entry, view.checkpoint, identity, changed);
    await scans.write(connection, snapshot.database, entry, cause, now);
    const stored = rows[index] ?? 0;
    if (stored > 0) await writeContents(connection, snapshot.database, entry, cause.transactionId);
    const notices = sameStream ? [] : [recreatedNotice(identity.name, entry.name)];
    for (const notice of notices) parts.log.warn(notice, { stream: identity.id });
    results.push({
      view,
      recordsRead,
      recordsSkipped,
      more: scans.more,
      rows: stored,
      checkpoint: next,
      notices,
      scans: scans.all(),
    });
  }
  return results;
}

/** Whether two views have read the same stream equally far. */
export function sameCheckpoint(one: Checkpoint, other: Checkpoint): boolean {
  if (one === other) return true;
  if (one.stream === undefined || other.stream === undefined) {
    if (one.stream !== other.stream) return false;
  } else if (!isSame(one.stream, other.stream)) return false;
  if (one.positions.size !== other.positions.size) return false;
  return [...one.positions].every(([shardId, position]) => {
    const match = other.positions.get(shardId);
    return match !== undefined && samePosition(match, position);
  });
}

/** A split that was never read is where a split without a position is. */
function samePosition(before: SplitPosition | undefined, after: SplitPosition): boolean {
  return before?.state === after.state;
}

/** The stream's identity, or the error that names stream and endpoint. */
export async function requireStream(connected: ConnectedSource, streamName: string): Promise<SourceStream> {
  const identity = await connected.reader.describe(streamName);
  if (identity === undefined) throw missingStream(streamName, connected);
  return { ...identity, source: connected.source.kind };
}

export function missingStream(streamName: string, { source, endpoint }: ConnectedSource): DuckshiftError {
  return new DuckshiftError('42P01', `${source.title} "${streamName}" does not exist at ${endpoint}`, {
    hint: 'Stream names are case-sensitive; unquoted and quoted identifiers fold to lower case unless enable_case_sensitive_identifier is on.',
  });
}
