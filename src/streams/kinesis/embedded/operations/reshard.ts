import type { Store, StoredShard, StoredStream } from 'kinesalite/db/index.js';
import mergeShardsRules from 'kinesalite/validations/mergeShards.js';
import splitShardRules from 'kinesalite/validations/splitShard.js';
import { AwsError, answerText } from '../aws-answer.js';
import type { Gateway, Operation } from '../operation.js';
import { checked } from '../request-rules.js';
import { isOpen, merge, shardIndex, split } from '../shard-map.js';
import { requireActive, requireProvisioned } from '../stored-stream.js';
import { updateStream } from '../stream-update.js';
import { requireShards } from './create-stream.js';

/**
 * AWS page "SplitShard", for provisioned streams only. kinesalite would split or merge a shard again that was split or
 * merged before, and corrupt the shard map. Checking first and leaving the change to kinesalite is not enough: another
 * change may happen in between.
 */
export const splitShard: Operation = async (gateway, { data }) => {
  const {
    StreamName: name,
    ShardToSplit: id,
    NewStartingHashKey: key,
  } = checked('SplitShard', splitShardRules.types, data);
  const boundary = BigInt(String(key));
  await reshard(gateway, 'SplitShard', String(name), [String(id)], {
    check: async (stream, [shard]) => {
      await requireShards(gateway.store, 1);
      if (shard !== undefined) checkBoundary(gateway.store, stream, shard, boundary);
    },
    change: (stream, [shard], now) => {
      if (shard !== undefined) split(stream, shard, boundary, now);
    },
  });
  return answerText('');
};

/** AWS page "MergeShards", for provisioned streams only. */
export const mergeShards: Operation = async (gateway, { data }) => {
  const request = checked('MergeShards', mergeShardsRules.types, data);
  const ids = [String(request.ShardToMerge), String(request.AdjacentShardToMerge)];
  await reshard(gateway, 'MergeShards', String(request.StreamName), ids, {
    check: (stream, [left, right]) => checkNeighbours(gateway.store, stream, left, right),
    change: (stream, [left, right], now) => {
      if (left !== undefined && right !== undefined) merge(stream, left, right, now);
    },
  });
  return answerText('');
};

type Shards = readonly (StoredShard | undefined)[];

interface Resharding {
  readonly check: (stream: StoredStream, shards: Shards) => void | Promise<void>;
  /** @param now milliseconds since the epoch */
  readonly change: (stream: StoredStream, shards: Shards, now: number) => void;
}

async function reshard(
  gateway: Gateway,
  operation: string,
  name: string,
  ids: readonly string[],
  { check, change }: Resharding,
): Promise<void> {
  const { store } = gateway;
  await updateStream(
    gateway,
    name,
    async (stream) => {
      requireProvisioned(store, stream, operation);
      requireActive(store, stream);
      const shards = ids.map((id) => requireOpenShard(store, stream, id));
      await check(stream, shards);
    },
    // While the stream is UPDATING nothing else changes its shards: they are the ones that were checked.
    (stream) =>
      change(
        stream,
        ids.map((id) => findShard(stream, id)),
        gateway.now(),
      ),
  );
}

/** A shard by its id; AWS takes the number in it, however it is written. */
function findShard(stream: StoredStream, id: string): StoredShard | undefined {
  const number = id.split('-')[1] ?? id;
  return /^\d+$/.test(number) ? stream.Shards.find((shard) => shardIndex(shard) === Number(number)) : undefined;
}

function requireOpenShard(store: Store, stream: StoredStream, id: string): StoredShard {
  const where = `in stream ${stream.StreamName} under account ${store.metaDb.awsAccountId}`;
  const shard = findShard(stream, id);
  if (shard === undefined) throw new AwsError('ResourceNotFoundException', `Could not find shard ${id} ${where}.`);
  if (!isOpen(shard))
    throw new AwsError(
      'InvalidArgumentException',
      `Shard ${shard.ShardId} ${where} has already been merged or split, and thus is not eligible for merging or splitting.`,
    );
  return shard;
}

function checkBoundary(
  store: Store,
  { StreamName: name }: StoredStream,
  { ShardId: id, HashKeyRange: { StartingHashKey: first, EndingHashKey: last } }: StoredShard,
  boundary: bigint,
): void {
  if (boundary > BigInt(first) + 1n && boundary < BigInt(last)) return;
  throw new AwsError(
    'InvalidArgumentException',
    `NewStartingHashKey ${boundary} used in SplitShard() on shard ${id} in stream ${name} under account ${store.metaDb.awsAccountId} ` +
      `is not both greater than one plus the shard's StartingHashKey ${first} and less than the shard's EndingHashKey ${last}.`,
  );
}

function checkNeighbours(
  store: Store,
  { StreamName: name }: StoredStream,
  left: StoredShard | undefined,
  right: StoredShard | undefined,
): void {
  if (left === undefined || right === undefined) return;
  if (BigInt(left.HashKeyRange.EndingHashKey) + 1n === BigInt(right.HashKeyRange.StartingHashKey)) return;
  throw new AwsError(
    'InvalidArgumentException',
    `Shards ${left.ShardId} and ${right.ShardId} in stream ${name} under account ${store.metaDb.awsAccountId} are not an adjacent pair of shards eligible for merging`,
  );
}
