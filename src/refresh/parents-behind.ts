import type { CatalogSnapshot, MaterializedViewEntry, StreamReference } from '../catalog/contract.js';
import { isMutable } from '../catalog/view-contents.js';
import type { EngineConnection } from '../engine/contract.js';
import type { ConnectedSources } from '../streams/connected-sources.js';
import { readCheckpoint } from './checkpoints.js';
import type { StreamPositions } from './stream-positions.js';
import { upstreamViews } from './view-order.js';
import { isCaughtUp, readViewState } from './view-state.js';

/** Whether a stream has something new is asked for this long: the answer only words a notice. */
const patienceMs = 1_000;

export interface BehindDeps {
  readonly sources: ConnectedSources;
  readonly positions: StreamPositions;
}

/**
 * Whether a materialized view is built on another one, at any distance, that has not caught up with what it reads. A
 * stream is asked whether it has new records; one that does not answer counts as caught up.
 */
export async function parentsBehind(
  parts: BehindDeps,
  connection: EngineConnection,
  snapshot: CatalogSnapshot,
  entry: MaterializedViewEntry,
  nowMicros: bigint,
): Promise<boolean> {
  const parents = upstreamViews(snapshot, entry).filter(({ oid }) => oid !== entry.oid);
  for (const parent of parents) {
    if (parent.stream !== undefined) continue;
    if (isMutable(parent) || !isCaughtUp(await readViewState(connection, snapshot.database, parent))) return true;
  }
  for (const parent of parents) {
    if (parent.stream === undefined) continue;
    if (await streamGained(parts, connection, snapshot, parent, parent.stream, nowMicros)) return true;
  }
  return false;
}

async function streamGained(
  { sources, positions }: BehindDeps,
  connection: EngineConnection,
  snapshot: CatalogSnapshot,
  view: MaterializedViewEntry,
  stream: StreamReference,
  boundMicros: bigint,
): Promise<boolean> {
  const checkpoint = positions.known(snapshot, view) ?? (await readCheckpoint(connection, snapshot.database, view));
  const signal = AbortSignal.timeout(patienceMs);
  try {
    const { reader } = sources.of(stream);
    const { streamName } = stream;
    for await (const { batch } of reader.drain({ streamName, positions: checkpoint.positions, boundMicros, signal }))
      if (batch !== undefined && batch.rowCount > 0) return true;
  } catch {
    return false;
  }
  return false;
}
