import kinesaliteDatabase, { type StoredShard } from 'kinesalite/db/index.js';
import { AwsError } from '../aws-answer.js';
import type { Gateway, Operation } from '../operation.js';
import { arrivalMillis, ShardRecords } from '../shard-records.js';
import { findStream } from '../store.js';
import { streamName } from '../stream-name.js';
import type { Throttle } from '../throttle.js';

/**
 * AWS page "GetShardIterator": AT_TIMESTAMP is turned into the sequence number it means, found by bisection (kinesalite
 * scans the shard, and never answers where no record is as young); a sequence number kinesalite trips over is refused
 * as invalid.
 */
export const getShardIterator: Operation = async (gateway, { data, forward }) => {
  const name = streamName(data);
  const at = data.Timestamp;
  if (gateway.throttle !== undefined && name !== undefined)
    await throttled(gateway, gateway.throttle, name, data.ShardId);
  if (
    data.ShardIteratorType === 'AT_TIMESTAMP' &&
    name !== undefined &&
    typeof at === 'number' &&
    at * 1000 <= gateway.now()
  ) {
    const { Timestamp: _, ...rest } = data;
    const stream = await findStream(gateway.store, name);
    const index = stream?.Shards.findIndex(({ ShardId }) => ShardId === data.ShardId) ?? -1;
    const shard = stream?.Shards[index];
    if (shard === undefined) return forward({ ...rest, ShardIteratorType: 'TRIM_HORIZON' });
    return forward({ ...rest, ...(await startAt(gateway, name, shard, index, at * 1000)) });
  }
  const given = await forward();
  if (given.status === 500)
    throw new AwsError(
      'InvalidArgumentException',
      `StartingSequenceNumber ${String(data.StartingSequenceNumber)} is invalid.`,
    );
  return given;
};

/** @throws AwsError ProvisionedThroughputExceededException */
async function throttled(gateway: Gateway, throttle: Throttle, stream: string, shardId: unknown): Promise<void> {
  const shard = (await findStream(gateway.store, stream))?.Shards.find(({ ShardId }) => ShardId === shardId);
  if (shard === undefined) return;
  const start = shard.SequenceNumberRange.StartingSequenceNumber;
  throttle.iterator({ stream, shardId: shard.ShardId, start }, gateway.now());
}

async function startAt(gateway: Gateway, stream: string, shard: StoredShard, index: number, millis: number) {
  const records = new ShardRecords(gateway.store, stream, index);
  const tip = await records.tip();
  if (tip === undefined) return { ShardIteratorType: 'TRIM_HORIZON' };
  if (arrivalMillis(tip) < millis)
    return { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: tip.sequenceNumber };

  // Sequence numbers of a shard grow with a counter, and arrival times with them.
  const { parseSequence, stringifySequence } = kinesaliteDatabase;
  const { shardCreateTime, shardIx } = parseSequence(shard.SequenceNumberRange.StartingSequenceNumber);
  let found = tip;
  let low = 0n;
  let high = BigInt(parseSequence(tip.sequenceNumber).seqIx ?? 0);
  while (low < high) {
    const middle = (low + high) / 2n;
    const seqIx = middle.toString();
    const record = await records.first(
      stringifySequence({ shardCreateTime, shardIx, seqIx, seqTime: shardCreateTime }),
    );
    if (record === undefined || arrivalMillis(record) >= millis) {
      if (record !== undefined) found = record;
      high = middle;
    } else low = middle + 1n;
  }
  return { ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: found.sequenceNumber };
}
