import kinesaliteDatabase, { type StoredShard, type StoredStream } from 'kinesalite/db/index.js';
import { sequenceNumber } from './sequence.js';

const hashKeys = 2n ** 128n;
/**
 * Boundaries this close are the same: equal parts of the range are rounded, and not to the same numbers for each count.
 */
const sameBoundary = 2n ** 64n;
/** kinesalite's offset: records of a shard are younger than its creation. Milliseconds. */
const creationAdvance = 1_000;

/** The shards a new stream begins with: equal parts of the 128-bit hash key range. */
export function firstShards(count: number, createdMillis: number): StoredShard[] {
  const starts = evenBoundaries(count);
  return starts.map((start, index) => newShard(index, start, (starts[index + 1] ?? hashKeys) - 1n, createdMillis));
}

function evenBoundaries(count: number): bigint[] {
  const width = hashKeys / BigInt(count);
  return Array.from({ length: count }, (_, index) => width * BigInt(index));
}

function newShard(index: number, start: bigint, end: bigint, createdMillis: number): StoredShard {
  return {
    ShardId: kinesaliteDatabase.shardIdName(index),
    HashKeyRange: { StartingHashKey: start.toString(), EndingHashKey: end.toString() },
    SequenceNumberRange: {
      StartingSequenceNumber: sequenceNumber({
        createdMillis,
        shardIndex: index,
        counter: 0n,
        millis: createdMillis,
      }),
    },
  };
}

export function isOpen(shard: StoredShard): boolean {
  return shard.SequenceNumberRange.EndingSequenceNumber === undefined;
}

/** Open shards in the order of their hash keys. */
export function openShards(shards: readonly StoredShard[]): StoredShard[] {
  return shards.filter(isOpen).sort((one, other) => (startOf(one) < startOf(other) ? -1 : 1));
}

function startOf(shard: StoredShard): bigint {
  return BigInt(shard.HashKeyRange.StartingHashKey);
}

/** When a shard was created, in milliseconds since the epoch, whole seconds. */
export function createdMillis(shard: StoredShard): number {
  return kinesaliteDatabase.parseSequence(shard.SequenceNumberRange.StartingSequenceNumber).shardCreateTime;
}

/**
 * Reshard so that the stream has `target` open shards of equal size, by splits and merges (AWS page
 * "UpdateShardCount"): a split creates each missing boundary, then a merge removes each surplus one. Shards with the
 * right boundaries stay as they are.
 *
 * @param now milliseconds since the epoch
 */
export function scaleUniformly(stream: StoredStream, target: number, now: number): void {
  const wanted = evenBoundaries(target);
  const near = (one: bigint, other: bigint) => one - other < sameBoundary && other - one < sameBoundary;
  for (const boundary of wanted) {
    const open = openShards(stream.Shards);
    if (open.some((shard) => near(startOf(shard), boundary))) continue;
    const shard = open.findLast((each) => startOf(each) < boundary);
    if (shard !== undefined) split(stream, shard, boundary, now);
  }
  for (;;) {
    const open = openShards(stream.Shards);
    const surplus = open.findIndex((shard) => !wanted.some((boundary) => near(startOf(shard), boundary)));
    const left = open[surplus - 1];
    const right = open[surplus];
    if (left === undefined || right === undefined) return;
    merge(stream, left, right, now);
  }
}

/** Close `shard` and add its two children; the second begins at `boundary`. */
export function split(stream: StoredStream, shard: StoredShard, boundary: bigint, now: number): void {
  const created = childCreation([shard], now);
  close(shard, now);
  const ranges: [bigint, bigint][] = [
    [startOf(shard), boundary - 1n],
    [boundary, BigInt(shard.HashKeyRange.EndingHashKey)],
  ];
  for (const [start, end] of ranges) {
    stream.Shards.push({ ParentShardId: shard.ShardId, ...newShard(stream.Shards.length, start, end, created) });
  }
}

/** Close two neighbours and add their child. */
export function merge(stream: StoredStream, left: StoredShard, right: StoredShard, now: number): void {
  const created = childCreation([left, right], now);
  close(left, now);
  close(right, now);
  stream.Shards.push({
    ParentShardId: left.ShardId,
    AdjacentParentShardId: right.ShardId,
    ...newShard(stream.Shards.length, startOf(left), BigInt(right.HashKeyRange.EndingHashKey), created),
  });
}

/** A child is younger than its parents even where all are made in one go: sequence numbers know whole seconds only. */
function childCreation(parents: readonly StoredShard[], now: number): number {
  return Math.max(now, ...parents.map(createdMillis)) + creationAdvance;
}

function close(shard: StoredShard, now: number): void {
  const created = createdMillis(shard);
  shard.SequenceNumberRange.EndingSequenceNumber = sequenceNumber({
    createdMillis: created,
    shardIndex: shardIndex(shard),
    counter: 2n ** 63n - 1n,
    millis: Math.max(now, created),
  });
}

/** The number in a shard's id, which is its place in the stream's list. */
export function shardIndex(shard: StoredShard): number {
  return Number(shard.ShardId.slice('shardId-'.length));
}
