import { performance } from 'node:perf_hooks';
import type { CatalogSnapshot, MaterializedViewEntry, StreamReference } from '../catalog/contract.js';
import { type ConnectedSources, streamKey } from '../streams/connected-sources.js';
import { type Checkpoint, readCheckpoint, type SourceStream } from './checkpoints.js';
import type { RefreshTransaction } from './refresh-transaction.js';
import { requireStream } from './streaming-refresh.js';

/** An automatic refresh asks for a stream's identity again after this time. */
const identityLifetimeMs = 1_000;

/**
 * What is known of streams and of how far views have read them, so that an empty poll asks neither the database nor the
 * endpoint more than it must.
 */
export class StreamPositions {
  /** As committed. Views are held by their identity, which an ALTER changes. */
  readonly #checkpoints = new Map<string, Checkpoint>();
  /** By source and stream. */
  readonly #identities = new Map<string, { readonly identity: SourceStream; readonly until: number }>();

  constructor(private readonly sources: ConnectedSources) {}

  /** How far a view has read. The caller holds the view's lock. */
  async checkpoint(
    snapshot: CatalogSnapshot,
    entry: MaterializedViewEntry,
    transaction: RefreshTransaction,
  ): Promise<Checkpoint> {
    const key = viewKey(snapshot, entry);
    const known = this.#checkpoints.get(key);
    if (known !== undefined) return known;
    const checkpoint = await readCheckpoint(await transaction.connection(), snapshot.database, entry);
    this.#checkpoints.set(key, checkpoint);
    return checkpoint;
  }

  /** Undefined when it has not been read since the start. */
  known(snapshot: CatalogSnapshot, entry: MaterializedViewEntry): Checkpoint | undefined {
    return this.#checkpoints.get(viewKey(snapshot, entry));
  }

  /** The checkpoint was committed. */
  committed(snapshot: CatalogSnapshot, entry: MaterializedViewEntry, checkpoint: Checkpoint): void {
    this.#checkpoints.set(viewKey(snapshot, entry), checkpoint);
  }

  /** What is in the database counts again. */
  forget(snapshot: CatalogSnapshot, entry: MaterializedViewEntry): void {
    this.#checkpoints.delete(viewKey(snapshot, entry));
    if (entry.stream !== undefined) this.#identities.delete(streamKey(entry.stream));
  }

  /**
   * The stream's identity; one that is a second old will do for an automatic refresh.
   *
   * @throws DuckshiftError 42P01 when there is no such stream
   */
  async identity(stream: StreamReference, type: 'Manual' | 'Auto'): Promise<SourceStream> {
    const key = streamKey(stream);
    const known = this.#identities.get(key);
    if (type === 'Auto' && known !== undefined && known.until > performance.now()) return known.identity;
    const identity = await requireStream(this.sources.of(stream), stream.streamName);
    this.#identities.set(key, { identity, until: performance.now() + identityLifetimeMs });
    return identity;
  }
}

/** Identifies one view, also after its oid is reused. */
export function viewKey(snapshot: CatalogSnapshot, entry: MaterializedViewEntry): string {
  return `${snapshot.database}\u0000${entry.oid}\u0000${entry.createdMillis}`;
}
