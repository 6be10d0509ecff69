import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UpdateMaxRecordSizeCommand } from '@aws-sdk/client-kinesis';
import { expect, onTestFinished, test } from 'vitest';
import type { EmbeddedKinesisOptions } from '../../src/streams/kinesis/embedded/supervisor.js';
import { openStreamControl, type StreamControl } from '../../src/streams/kinesis/stream-control.js';
import { embeddedKinesis, userClient } from '../kinesis/embedded-kinesis.js';
import { Consumer, type DrainedRecord, reader } from './drained.js';

const hour = 3_600_000;

async function start(shards: number, options: Partial<EmbeddedKinesisOptions> = {}) {
  const kinesis = await embeddedKinesis({ streams: [{ name: 's', shards }], ...options });
  const control = openStreamControl({ endpoint: kinesis.endpoint });
  onTestFinished(() => control.close());
  return { kinesis, control, consumer: new Consumer(reader(kinesis.endpoint), 's') };
}

async function put(control: StreamControl, from: number, to: number): Promise<void> {
  const records = Array.from({ length: to - from }, (_, index) => ({
    partitionKey: `key-${index % 17}`,
    data: Buffer.from(String(from + index)),
  }));
  await control.put('s', records);
}

const numbers = (found: readonly DrainedRecord[]) => found.map(({ data }) => Number(data.toString()));
const sorted = (found: readonly number[]) => found.toSorted((one, other) => one - other);
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

test('UpdateShardCount, up and down and in chains, between drains and before the first', async () => {
  const { kinesis, control, consumer } = await start(2);
  const found: number[] = [];
  let count = 0;
  for (const target of [3, 6, 4, 2, 1, 2]) {
    await put(control, count, count + 100);
    await control.updateShardCount('s', target);
    count += 100;
    // Every other time the lineage grows by two generations.
    if (target % 2 === 0) found.push(...numbers(await consumer.drain()));
  }
  await put(control, count, count + 100);
  found.push(...numbers(await consumer.drain()));
  expect(sorted(found)).toEqual(range(0, count + 100));
  expect(await consumer.drain()).toEqual([]);
  const late = await new Consumer(reader(kinesis.endpoint), 's').drain();
  expect(sorted(numbers(late))).toEqual(range(0, count + 100));
});

test('throttles, errors, resets, cut answers, slow answers and expired iterators: each record once', async () => {
  const { kinesis, control, consumer } = await start(2);
  const found: number[] = [];
  await put(control, 0, 3_000);
  const faults = [
    ['DescribeStreamSummary', 'throttle'],
    ['ListShards', 'throttle'],
    ['ListShards', 'truncate'],
    ['GetShardIterator', 'reset'],
    ['GetShardIterator', 'throttle'],
    ['GetRecords', 'throttle'],
    ['GetRecords', 'error500'],
    ['GetRecords', 'expired-iterator'],
    ['GetRecords', 'reset'],
    ['GetRecords', 'truncate'],
    ['GetRecords', 'expired-iterator'],
    ['GetRecords', 'slow'],
  ] as const;
  for (const [operation, kind] of faults) await kinesis.setFault({ operation, kind, delayMs: 20 });
  found.push(...numbers(await consumer.drain()));
  await put(control, 3_000, 3_500);
  await kinesis.setFault({ operation: 'GetRecords', kind: 'truncate', times: 3 });
  await kinesis.expireIterators('s');
  found.push(...numbers(await consumer.drain()));
  expect(sorted(found)).toEqual(range(0, 3_500));
  expect(consumer.warnings).toEqual([]);
});

test('an endpoint that refuses its own iterators for good fails the drain, and what was read is to be read again', async () => {
  const { kinesis, control, consumer } = await start(1);
  await put(control, 0, 10);
  await kinesis.setFault({ operation: 'GetRecords', kind: 'expired-iterator', times: 100 });
  await expect(consumer.drain()).rejects.toThrow('refuses its own shard iterators');
  await kinesis.clearFaults();
  expect(sorted(numbers(await consumer.drain()))).toEqual(range(0, 10));
});

test('iterators that outlived their five minutes between drains', async () => {
  const { kinesis, control, consumer } = await start(2);
  await put(control, 0, 50);
  const found = numbers(await consumer.drain());
  await kinesis.setClockOffset(10 * 60_000);
  await put(control, 50, 100);
  found.push(...numbers(await consumer.drain()));
  expect(sorted(found)).toEqual(range(0, 100));
});

test('records of 10 MiB, through a budget smaller than one', async () => {
  const { kinesis, control } = await start(1);
  const client = userClient(kinesis.endpoint);
  const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';
  await client.send(new UpdateMaxRecordSizeCommand({ StreamARN, MaxRecordSizeInKiB: 10_240 }));
  const large = Buffer.alloc(10 * 1024 * 1024 - 1, '{');
  for (const data of [Buffer.from('1'), large, large, Buffer.from('2')])
    await control.put('s', [{ partitionKey: 'k', data }]);
  const consumer = new Consumer(reader(kinesis.endpoint, { budgetBytes: 4 * 1024 * 1024 }), 's');
  expect((await consumer.drain()).map(({ data }) => data.length)).toEqual([1, large.length, large.length, 1]);
});

test('what the retention period took is said once; a stream that was read to its end lost nothing', async () => {
  const { kinesis, control, consumer } = await start(1);
  await put(control, 0, 10);
  const level = new Consumer(reader(kinesis.endpoint), 's');
  await consumer.drain();
  await put(control, 10, 20);
  await level.drain();
  await kinesis.setClockOffset(25 * hour);
  await put(control, 20, 30);
  expect(numbers(await consumer.drain())).toEqual(range(20, 30));
  expect(numbers(await level.drain())).toEqual(range(20, 30));
  expect([consumer.warnings, level.warnings]).toEqual([[expect.stringContaining('were lost')], []]);
  await put(control, 30, 31);
  await consumer.drain();
  expect(consumer.warnings).toHaveLength(1);
});

test('an endpoint with its streams on disk is killed between and during drains: nothing is lost, nothing comes twice', async () => {
  const path = await mkdtemp(join(tmpdir(), 'duckshift-streams-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  const { kinesis, control, consumer } = await start(2, { path });
  const found: number[] = [];
  for (let round = 0; round < 3; round++) {
    await put(control, round * 500, round * 500 + 500);
    if (round === 1) await control.split('s', { index: 0 });
    const before = new Map(consumer.positions);
    const drained = consumer.drain();
    const pid = kinesis.pid();
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
    found.push(
      ...numbers(
        await drained.catch(() => {
          // As a refresh that rolls back: from the positions before.
          consumer.positions.clear();
          for (const [shardId, position] of before) consumer.positions.set(shardId, position);
          return [];
        }),
      ),
    );
  }
  while (kinesis.pid() === undefined) await sleep(10);
  found.push(...numbers(await consumer.drain()));
  expect(sorted(found)).toEqual(range(0, 1_500));
  expect(consumer.warnings).toEqual([]);
});

test('an endpoint with AWS’s limits is drained, at its pace and at ours', async () => {
  const { kinesis, control } = await start(2, { throttle: true });
  await put(control, 0, 1_500);
  for (const poll of ['aws', 'local'] as const) {
    const consumer = new Consumer(reader(kinesis.endpoint, { poll }), 's');
    const found = numbers(await consumer.drain());
    for (let drain = 0; drain < 3; drain++) found.push(...numbers(await consumer.drain()));
    expect(sorted(found)).toEqual(range(0, 1_500));
  }
});
