import {
  DecreaseStreamRetentionPeriodCommand,
  IncreaseStreamRetentionPeriodCommand,
  ListShardsCommand,
  SplitShardCommand,
  UpdateMaxRecordSizeCommand,
} from '@aws-sdk/client-kinesis';
import { expect, test } from 'vitest';
import { firstShard, type StreamClient, startStream, texts } from './stream-client.js';

const hour = 3_600_000;
const mebibyte = 1024 * 1024;

async function allowLarge({ client, StreamARN }: StreamClient, MaxRecordSizeInKiB: number): Promise<void> {
  await client.send(new UpdateMaxRecordSizeCommand({ StreamARN, MaxRecordSizeInKiB }));
}

test('a record is at most 1 MiB unless the stream allows more, and never more than that', async () => {
  const stream = await startStream();
  await stream.put(Buffer.alloc(mebibyte, 1));
  const tooLong = (limit: number) => ({
    name: 'ValidationException',
    message: expect.stringMatching(
      new RegExp(`at '(records\\.1\\.member\\.)?data' failed .* length less than or equal to ${limit}$`),
    ),
  });
  await expect(stream.put(Buffer.alloc(mebibyte + 1))).rejects.toMatchObject(tooLong(mebibyte));
  await expect(stream.putMany([Buffer.alloc(mebibyte + 1)])).rejects.toMatchObject(tooLong(mebibyte));

  await allowLarge(stream, 3_000);
  await stream.active();
  await stream.put(Buffer.alloc(3_000 * 1024, 2));
  await stream.putMany([Buffer.alloc(3_000 * 1024, 3)]);
  await expect(stream.put(Buffer.alloc(3_000 * 1024 + 1))).rejects.toMatchObject(tooLong(3_000 * 1024));
  const { Records = [] } = await stream.read();
  expect(Records.map(({ Data }) => [Data?.length, Data?.[0]])).toEqual([
    [mebibyte, 1],
    [3_000 * 1024, 2],
    [3_000 * 1024, 3],
  ]);
});

test('a record of 10 MiB goes in and comes out, alone in its page', async () => {
  const stream = await startStream();
  await allowLarge(stream, 10_240);
  await stream.active();
  const large = Buffer.alloc(10 * mebibyte, 'x');
  await stream.put('before');
  await stream.put(large);
  await stream.put('after');
  const before = await stream.read();
  expect(texts(before)).toEqual(['before']);
  const middle = await stream.page(before.NextShardIterator);
  expect(middle.Records?.map(({ Data }) => Buffer.from(Data ?? []).equals(large))).toEqual([true]);
  expect(middle.MillisBehindLatest).toBeGreaterThan(0);
  expect(texts(await stream.page(middle.NextShardIterator))).toEqual(['after']);
});

test('sequence numbers of a shard grow, and are above its starting number', async () => {
  const stream = await startStream();
  const numbers = [(await stream.shards())[0]?.SequenceNumberRange?.StartingSequenceNumber];
  for (let index = 0; index < 5; index++) numbers.push((await stream.put(`${index}`)).SequenceNumber);
  const { Records = [] } = await stream.putMany([Buffer.from('a'), Buffer.from('b')]);
  numbers.push(...Records.map(({ SequenceNumber }) => SequenceNumber));
  const sorted = numbers.map((number) => BigInt(number ?? 0));
  expect(sorted).toEqual(sorted.toSorted((one, other) => (one < other ? -1 : 1)));
  expect(new Set(sorted).size).toBe(sorted.length);
});

test('LATEST begins behind the records that are there', async () => {
  const stream = await startStream();
  const empty = await stream.iterator({ ShardIteratorType: 'LATEST' });
  await stream.put('one');
  const later = await stream.iterator({ ShardIteratorType: 'LATEST' });
  await stream.put('two');
  expect(texts(await stream.page(empty))).toEqual(['one', 'two']);
  expect(texts(await stream.page(later))).toEqual(['two']);
});

test('an iterator is good for five minutes', async () => {
  const stream = await startStream();
  await stream.put('one');
  const iterator = await stream.iterator();
  await stream.kinesis.setClockOffset(299_000);
  expect(texts(await stream.page(iterator))).toEqual(['one']);
  await stream.kinesis.setClockOffset(302_000);
  await expect(stream.page(iterator)).rejects.toMatchObject({
    name: 'ExpiredIteratorException',
    message: expect.stringMatching(
      /^Iterator expired\. The iterator was created at time .* tolerated delay of 300000 milliseconds\.$/,
    ),
  });
  expect(texts(await stream.read())).toEqual(['one']);
});

test('the arrival time is the clock’s, in a stream and in the child of a split', async () => {
  const stream = await startStream();
  await stream.kinesis.setClockOffset(5 * hour);
  const ahead = async (ShardId: string) => {
    const [record] = (await stream.read({ ShardId })).Records ?? [];
    return (record?.ApproximateArrivalTimestamp?.getTime() ?? 0) - Date.now();
  };
  await stream.put('one');
  expect(Math.abs((await ahead(firstShard)) - 5 * hour)).toBeLessThan(60_000);
  await stream.client.send(
    new SplitShardCommand({ StreamName: 's', ShardToSplit: firstShard, NewStartingHashKey: String(2n ** 127n) }),
  );
  await stream.active();
  const { ShardId = '' } = await stream.put('two');
  // Not ahead of the clock, though sequence numbers of a new shard are.
  expect(await ahead(ShardId)).toBeLessThanOrEqual(5 * hour);
});

test('records past their retention period are gone, however they are asked for', async () => {
  const stream = await startStream();
  const first = await stream.put('old');
  await stream.put('older than a day by then');
  const iterator = await stream.iterator();
  await stream.kinesis.setClockOffset(25 * hour);
  await stream.put('new');
  for (const page of [
    await stream.read(),
    await stream.read({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: first.SequenceNumber }),
    await stream.read({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: first.SequenceNumber }),
    await stream.read({ ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(Date.now() - 60_000) }),
  ])
    expect(texts(page)).toEqual(['new']);
  await expect(stream.page(iterator)).rejects.toMatchObject({ name: 'ExpiredIteratorException' });
});

test('a longer retention period keeps records, a shorter one lets them go', async () => {
  const stream = await startStream();
  const { client, StreamName } = stream;
  await stream.put('one');
  await client.send(new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 168 }));
  await stream.kinesis.setClockOffset(100 * hour);
  expect(texts(await stream.read())).toEqual(['one']);
  await client.send(new DecreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 48 }));
  expect(texts(await stream.read())).toEqual([]);
});

test('a closed shard is listed until its retention period is over', async () => {
  const stream = await startStream();
  const { client, StreamName } = stream;
  await client.send(
    new SplitShardCommand({ StreamName, ShardToSplit: firstShard, NewStartingHashKey: String(2n ** 127n) }),
  );
  await stream.active();
  const listed = async () =>
    (await client.send(new ListShardsCommand({ StreamName }))).Shards?.map(({ ShardId }) => ShardId?.slice(-1));
  expect(await listed()).toEqual(['0', '1', '2']);
  await stream.kinesis.setClockOffset(25 * hour);
  expect(await listed()).toEqual(['1', '2']);
});
