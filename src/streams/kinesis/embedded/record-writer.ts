import { createHash } from 'node:crypto';
import type { LevelOperation, StoredShard, StoredStream } from 'kinesalite/db/index.js';
import { AwsError } from './aws-answer.js';
import type { Gateway } from './operation.js';
import { sequenceNumber } from './sequence.js';
import { createdMillis, openShards, shardIndex } from './shard-map.js';
import { recordKey } from './shard-records.js';
import { done } from './store.js';
import { locked, requireStream, streamNotFound, writeStream } from './stored-stream.js';

/** A record to put. */
export interface NewRecord {
  readonly partitionKey: string;
  /** Decimal, instead of the partition key's hash. */
  readonly explicitHashKey: string | undefined;
  /** Base64. */
  readonly data: string;
}

/** Where a record went; or the shard's refusal, when its throughput is used up. */
export type Placed = { readonly shardId: string; readonly sequenceNumber: string } | AwsError;

export interface Appended {
  readonly stream: StoredStream;
  readonly placed: readonly Placed[];
}

const hashKeys = 2n ** 128n;
/** Shards share their record counters in groups of this size, as kinesalite has it. */
const shardsPerCounter = 5;

/**
 * Append records to a stream, in order, all in one write. kinesalite's puts support neither large records nor
 * throttling, and stamp records of new shards up to a second in the future.
 *
 * @throws AwsError ResourceNotFoundException; InvalidArgumentException for a hash key out of range, and nothing is
 * written then
 */
export function appendRecords(gateway: Gateway, name: string, records: readonly NewRecord[]): Promise<Appended> {
  const { store, throttle } = gateway;
  return locked(store, name, async () => {
    const stream = await requireStream(store, name);
    if (stream.StreamStatus !== 'ACTIVE' && stream.StreamStatus !== 'UPDATING') throw streamNotFound(store, name);
    const now = gateway.now();
    const targets = new Targets(stream);
    const operations: LevelOperation[] = [];
    const hashes = records.map(hashKey);
    const placed = records.map(({ data, partitionKey }, index): Placed => {
      const target = targets.of(hashes[index] ?? 0n);
      const place = { stream: name, shardId: target.shard.ShardId, start: target.start };
      if (throttle?.write(place, payloadBytes(data) + Buffer.byteLength(partitionKey), now) === false)
        return throttle.exceeded(place);
      const number = targets.next(target, now);
      operations.push({
        type: 'put',
        key: recordKey(target.index, number),
        // The stamp comes last: it is read without parsing the record.
        value: { PartitionKey: partitionKey, Data: data, ApproximateArrivalTimestamp: now / 1000 },
      });
      return { shardId: place.shardId, sequenceNumber: number };
    });
    // The counters first: after a crash no number may be given out again.
    if (operations.length > 0) {
      await writeStream(store, stream);
      await done<void>((callback) => store.getStreamDb(name).batch(operations, callback));
    }
    return { stream, placed };
  });
}

function hashKey({ partitionKey, explicitHashKey }: NewRecord): bigint {
  if (explicitHashKey === undefined) return BigInt(`0x${createHash('md5').update(partitionKey, 'utf8').digest('hex')}`);
  const key = BigInt(explicitHashKey);
  if (key >= hashKeys)
    throw new AwsError(
      'InvalidArgumentException',
      `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${explicitHashKey}`,
    );
  return key;
}

/** Number of bytes that base64 text encodes. */
export function payloadBytes(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}

interface Target {
  readonly shard: StoredShard;
  readonly index: number;
  readonly from: bigint;
  readonly created: number;
  readonly start: string;
}

/** The open shards of a stream, and the next sequence number of each. */
class Targets {
  readonly #stream: StoredStream;
  readonly #targets: readonly Target[];

  constructor(stream: StoredStream) {
    this.#stream = stream;
    this.#targets = openShards(stream.Shards).map((shard) => ({
      shard,
      index: shardIndex(shard),
      from: BigInt(shard.HashKeyRange.StartingHashKey),
      created: createdMillis(shard),
      start: shard.SequenceNumberRange.StartingSequenceNumber,
    }));
  }

  of(hash: bigint): Target {
    const target = this.#targets.findLast(({ from }) => from <= hash);
    if (target === undefined) throw new Error(`stream ${this.#stream.StreamName} has no open shard`);
    return target;
  }

  next({ index, created }: Target, now: number): string {
    const group = Math.floor(index / shardsPerCounter);
    // From 1 on, so that a shard's first record comes after the shard's starting number.
    const counter = this.#stream._seqIx[group] || 1;
    this.#stream._seqIx[group] = counter + 1;
    return sequenceNumber({
      createdMillis: created,
      shardIndex: index,
      counter: BigInt(counter),
      millis: Math.max(now, created),
    });
  }
}
