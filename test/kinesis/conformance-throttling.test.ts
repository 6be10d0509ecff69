import { UpdateMaxRecordSizeCommand, UpdateShardCountCommand, UpdateStreamModeCommand } from '@aws-sdk/client-kinesis';
import { expect, test } from 'vitest';
import { userClient } from './embedded-kinesis.js';
import { StreamClient, startStream, texts } from './stream-client.js';

const mebibyte = 1024 * 1024;
const exceeded = {
  name: 'ProvisionedThroughputExceededException',
  message: 'Rate exceeded for shard shardId-000000000000 in stream s under account 000000000000.',
};

/** A stream whose endpoint enforces the limits, and a client that does not try again. */
async function throttled(shards = 1, throttle = true): Promise<StreamClient> {
  const { kinesis } = await startStream(shards, { throttle });
  const client = userClient(kinesis.endpoint, { maxAttempts: 1 });
  return new StreamClient(kinesis, client, 's');
}

/** Let so much time pass for the endpoint. */
function clockOf({ kinesis }: StreamClient): (millis: number) => Promise<void> {
  let offset = 0;
  return async (millis) => {
    offset += millis;
    await kinesis.setClockOffset(offset);
  };
}

test('PutRecords refuses one by one the records that a shard has no room for', async () => {
  const stream = await throttled();
  const { FailedRecordCount, Records } = await stream.putMany([
    Buffer.alloc(700_000),
    Buffer.alloc(700_000),
    Buffer.from('small'),
  ]);
  expect(FailedRecordCount).toBe(1);
  expect(Records).toMatchObject([
    { ShardId: 'shardId-000000000000' },
    { ErrorCode: exceeded.name, ErrorMessage: exceeded.message },
    { ShardId: 'shardId-000000000000' },
  ]);
  expect(Records?.[1]?.SequenceNumber).toBeUndefined();
  expect((await stream.read()).Records?.map(({ Data }) => Data?.length)).toEqual([700_000, 5]);
});

test('each shard has limits of its own', async () => {
  const stream = await throttled(2);
  const { Records = [] } = await stream.putMany(
    Array.from({ length: 6 }, () => Buffer.alloc(600_000)),
    ['k1', 'k2', 'k3', 'k4', 'k5', 'k6'],
  );
  const placed = Records.map(({ ShardId }) => ShardId);
  expect(placed.filter((shard) => shard !== undefined).toSorted()).toEqual([
    'shardId-000000000000',
    'shardId-000000000001',
  ]);
});

test('PutRecord is refused while a shard has given more than its share: a large record overdraws it', async () => {
  const stream = await throttled();
  const later = clockOf(stream);
  const { client, StreamARN } = stream;
  await client.send(new UpdateMaxRecordSizeCommand({ StreamARN, MaxRecordSizeInKiB: 10_240 }));
  await stream.active();
  await stream.put(Buffer.alloc(10 * mebibyte));
  await expect(stream.put('x')).rejects.toMatchObject(exceeded);
  await later(60_000);
  await stream.put('x');
});

test('a shard is read five times a second', async () => {
  const stream = await throttled();
  const later = clockOf(stream);
  const iterator = await stream.iterator();
  const results = await Promise.allSettled(Array.from({ length: 60 }, () => stream.page(iterator)));
  const refused = results.filter(({ status }) => status === 'rejected');
  expect(refused.length).toBeGreaterThan(0);
  for (const result of refused) expect(result).toMatchObject({ reason: exceeded });
  expect(results.length - refused.length).toBeGreaterThanOrEqual(5);
  await later(60_000);
  expect(texts(await stream.page(iterator))).toEqual([]);
});

test('a page of 10 MiB keeps its shard from being read for five seconds', async () => {
  const stream = await throttled();
  const later = clockOf(stream);
  for (let index = 0; index < 11; index++) {
    await stream.put(Buffer.alloc(mebibyte - 1));
    await later(60_000);
  }
  const page = await stream.read();
  const first = page.Records?.length ?? 0;
  expect([first > 8, first < 11]).toEqual([true, true]);
  await expect(stream.page(page.NextShardIterator)).rejects.toMatchObject(exceeded);
  await later(60_000);
  expect((await stream.page(page.NextShardIterator)).Records).toHaveLength(11 - first);
});

test('a stream is scaled ten times a day, and its mode switched twice', async () => {
  const stream = await throttled(2);
  const later = clockOf(stream);
  const { client, StreamName, StreamARN } = stream;
  const scale = () =>
    client.send(new UpdateShardCountCommand({ StreamName, TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' }));
  const switchMode = (StreamMode: 'ON_DEMAND' | 'PROVISIONED') =>
    client.send(new UpdateStreamModeCommand({ StreamARN, StreamModeDetails: { StreamMode } }));
  for (let time = 0; time < 10; time++) {
    await scale();
    await stream.active();
  }
  await expect(scale()).rejects.toMatchObject({ name: 'LimitExceededException' });
  for (const mode of ['ON_DEMAND', 'PROVISIONED'] as const) {
    await switchMode(mode);
    await stream.active();
  }
  await expect(switchMode('ON_DEMAND')).rejects.toMatchObject({ name: 'LimitExceededException' });
  await later(24 * 3_600_000);
  await scale();
});

test('without --kinesis-throttle there are no limits', async () => {
  const stream = await throttled(1, false);
  const { FailedRecordCount } = await stream.putMany(Array.from({ length: 5 }, () => Buffer.alloc(mebibyte)));
  expect(FailedRecordCount).toBe(0);
  const iterator = await stream.iterator();
  await Promise.all(Array.from({ length: 20 }, () => stream.page(iterator)));
});
