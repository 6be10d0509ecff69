import { StreamNotFoundError, StreamUnavailableError } from '../contract.js';
import { EndpointFailure } from './endpoint-failure.js';
import type { ShardPosition } from './position.js';
import { withRetry } from './retry.js';
import { ShardGraph, type ShardNode } from './shard-graph.js';
import { type DrainContext, readShard, type ShardOutcome } from './shard-loop.js';

/**
 * Listings are repeated this often, at this distance in milliseconds, where a stream or a shard's children should be
 * there and are not listed yet.
 */
const relistings = 5;
const relistingPause = 200;

const goneShard = 'the shard is gone: it closed, and records that were not read of it are past the retention period';

interface ShardResult extends ShardOutcome {
  readonly shard: ShardNode;
}

/**
 * Read every shard of a stream from its position to its tip as of the bound: parents before children, children that are
 * found on the way included, so that a drain right after a split misses nothing. Resolves when all items were handed to
 * `context.emit`.
 *
 * @param abort stops the shards still being read when one fails; `context.signal` must follow it
 * @throws StreamNotFoundError, StreamUnavailableError, or the signal's reason
 */
export async function drainStream(
  context: DrainContext,
  positions: ReadonlyMap<string, ShardPosition>,
  abort: AbortController,
): Promise<void> {
  try {
    await drainShards(context, positions, abort);
  } catch (error) {
    throw publicError(context, error);
  }
}

async function drainShards(
  context: DrainContext,
  positions: ReadonlyMap<string, ShardPosition>,
  abort: AbortController,
): Promise<void> {
  const ended = [...positions.values()].filter((position) => position.ended).map(({ shardId }) => shardId);
  const graph = new ShardGraph(ended);
  const listed = await firstListing(context);
  graph.add(listed);
  const unlisted = new Set(listed.length === 0 ? [] : positionsElsewhere(positions, listed));
  graph.add([...unlisted].map((shardId) => ({ shardId, parents: [], closed: true })));
  const running = new Map<string, Promise<ShardResult>>();
  try {
    for (;;) {
      for (const shard of graph.startable().slice(0, context.traits.concurrency - running.size)) {
        graph.start(shard.shardId);
        const position = positions.get(shard.shardId);
        const reading = read(context, shard, position);
        running.set(
          shard.shardId,
          position !== undefined && unlisted.has(shard.shardId)
            ? endWhereGone(context, shard, position, reading)
            : reading,
        );
      }
      if (running.size === 0) return;
      const result = await Promise.race(running.values());
      running.delete(result.shard.shardId);
      if (result.ended) {
        graph.end(result.shard.shardId);
        if (result.children.length > 0) graph.add(await withParents(context, graph, result.children));
        else if (!unlisted.has(result.shard.shardId)) graph.add(await childListing(context, result.shard));
      }
    }
  } catch (error) {
    abort.abort(error);
    await Promise.allSettled(running.values());
    throw error;
  }
}

/** Shards that were begun and not ended before, and that the stream no longer lists. */
function positionsElsewhere(positions: ReadonlyMap<string, ShardPosition>, listed: readonly ShardNode[]): string[] {
  const ids = new Set(listed.map(({ shardId }) => shardId));
  return [...positions.values()]
    .filter(({ shardId, ended }) => !ended && !ids.has(shardId))
    .map(({ shardId }) => shardId);
}

/**
 * A shard that closed and whose records are all past their retention period is gone: what was not read of it is lost.
 */
async function endWhereGone(
  { emit }: DrainContext,
  shard: ShardNode,
  position: ShardPosition,
  reading: Promise<ShardResult>,
): Promise<ShardResult> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof EndpointFailure) || error.kind !== 'not-found') throw error;
    emit(
      { columns: undefined, position: { ...position, ended: true }, skipped: [], more: false, warning: goneShard },
      0,
    );
    return { shard, ended: true, children: [] };
  }
}

async function read(context: DrainContext, shard: ShardNode, stored: ShardPosition | undefined): Promise<ShardResult> {
  return { shard, ...(await readShard(context, shard, stored)) };
}

/** A stream that is still being created has no shards yet. */
async function firstListing(context: DrainContext): Promise<ShardNode[]> {
  for (let left = relistings; ; left--) {
    const shards = await list(context);
    if (shards.length > 0 || left === 0) return shards;
    if (!(await describe(context)).creating) return shards;
    await context.timing.sleep(relistingPause, context.signal);
  }
}

/** After a shard's end. Its children may be listed late. */
async function childListing(context: DrainContext, parent: ShardNode): Promise<ShardNode[]> {
  for (let left = relistings; ; left--) {
    const shards = await list(context);
    if (left === 0 || shards.some(({ parents }) => parents.includes(parent.shardId))) return shards;
    await context.timing.sleep(relistingPause, context.signal);
  }
}

/**
 * Children as reported at the end of one parent. The other parent of a merged shard may have been created since the
 * last listing, and must not be mistaken for one that is no longer listed.
 */
async function withParents(
  context: DrainContext,
  graph: ShardGraph,
  children: readonly ShardNode[],
): Promise<readonly ShardNode[]> {
  const known = children.every(({ parents }) => parents.every((parent) => graph.has(parent)));
  return known ? children : [...(await list(context)), ...children];
}

function list({ timing, endpoint, signal, fetcher, stream }: DrainContext): Promise<ShardNode[]> {
  return withRetry(timing, endpoint, 'ListShards', signal, () => fetcher.listShards(stream, signal));
}

function describe({ timing, endpoint, signal, fetcher, stream }: DrainContext) {
  return withRetry(timing, endpoint, 'DescribeStreamSummary', signal, () => fetcher.describe(stream, signal));
}

/** An error in the words of the reader's caller. */
function publicError({ stream, endpoint }: DrainContext, error: unknown): unknown {
  if (!(error instanceof EndpointFailure)) return error;
  if (error.kind === 'not-found')
    return new StreamNotFoundError(`stream ${stream} does not exist at Kinesis endpoint ${endpoint}`, { cause: error });
  return new StreamUnavailableError(`Kinesis endpoint ${endpoint} refused to read stream ${stream}: ${error.message}`, {
    cause: error,
  });
}
