import { setTimeout as sleep } from 'node:timers/promises';
import { ListShardsCommand, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { expect, test } from 'vitest';
import { type Fault, FaultError } from '../../src/streams/kinesis/fault.js';
import { userClient } from './embedded-kinesis.js';
import { StreamClient, startStream, texts } from './stream-client.js';

/** A stream with one record, and a client that does not try again. */
async function start(): Promise<StreamClient> {
  const { kinesis } = await startStream();
  const client = userClient(kinesis.endpoint, { maxAttempts: 1 });
  const stream = new StreamClient(kinesis, client, 's');
  await stream.put('one');
  return stream;
}

const failing: [Omit<Fault, 'operation'>, object][] = [
  [
    { kind: 'throttle' },
    {
      name: 'ProvisionedThroughputExceededException',
      message: 'Rate exceeded for shard shardId-000000000000 in stream s under account 000000000000.',
    },
  ],
  [{ kind: 'error500' }, { name: 'InternalFailure', $metadata: { httpStatusCode: 500 } }],
  [{ kind: 'reset' }, { code: 'ECONNRESET' }],
  [{ kind: 'expired-iterator' }, { name: 'ExpiredIteratorException' }],
];

test.each(failing)('%o hits as many calls of its operation as it says, and no others', async (fault, failure) => {
  const stream = await start();
  const iterator = await stream.iterator();
  await stream.kinesis.setFault({ operation: 'GetRecords', times: 2, ...fault });
  await stream.shards();
  for (let call = 0; call < 2; call++) await expect(stream.page(iterator)).rejects.toMatchObject(failure);
  expect(texts(await stream.page(iterator))).toEqual(['one']);
});

test('an answer is cut off; the call was carried out', async () => {
  const stream = await start();
  await stream.kinesis.setFault({ operation: 'PutRecord', kind: 'truncate' });
  await expect(stream.put('two')).rejects.toThrow();
  expect(texts(await stream.read())).toEqual(['one', 'two']);
});

test('a call that is reset was not carried out', async () => {
  const stream = await start();
  await stream.kinesis.setFault({ operation: 'PutRecord', kind: 'reset' });
  await expect(stream.put('two')).rejects.toThrow();
  expect(texts(await stream.read())).toEqual(['one']);
});

test('the first record of an answer is larger than any producer can make it; answers without records do not count', async () => {
  const stream = await start();
  const beginning = await stream.iterator();
  await stream.put('two');
  const { NextShardIterator: tip = '' } = await stream.page(beginning);
  await stream.kinesis.setFault({ operation: 'GetRecords', kind: 'oversize' });
  expect((await stream.page(tip)).Records).toEqual([]);
  const sizes = async () => (await stream.page(beginning)).Records?.map(({ Data }) => Data?.length);
  expect(await sizes()).toEqual([16_777_217, 3]);
  expect(await sizes()).toEqual([3, 3]);
});

test('a slow answer comes, and is right', async () => {
  const stream = await start();
  await stream.kinesis.setFault({ operation: 'GetRecords', kind: 'slow', delayMs: 30 });
  expect(texts(await stream.read())).toEqual(['one']);
});

test('a call that hangs ends when faults are cleared, or its client gives up', async () => {
  const stream = await start();
  const { kinesis, client, StreamName } = stream;
  await kinesis.setFault({ operation: 'ListShards', kind: 'hang', times: 3 });
  const abort = new AbortController();
  const given = client.send(new ListShardsCommand({ StreamName }), { abortSignal: abort.signal });
  const hanging = stream.shards();
  const settled = Promise.allSettled([given, hanging]);
  // The calls have arrived when so many others have their answers.
  for (let other = 0; other < 20; other++) await stream.summary();
  abort.abort();
  await kinesis.clearFaults();
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await stream.shards()).toHaveLength(1);
});

test('operations that are limited as calls say LimitExceededException', async () => {
  const stream = await start();
  await stream.kinesis.setFault({ operation: 'ListShards', kind: 'throttle' });
  await expect(stream.shards()).rejects.toMatchObject({
    name: 'LimitExceededException',
    message: 'Rate exceeded for stream s under account 000000000000.',
  });
});

test('faults wait in the order they were set, by operation; clearing drops them', async () => {
  const stream = await start();
  const { kinesis } = stream;
  await kinesis.setFault({ operation: 'PutRecord', kind: 'error500' });
  await kinesis.setFault({ operation: 'PutRecord', kind: 'throttle' });
  await kinesis.setFault({ operation: 'GetRecords', kind: 'throttle' });
  await expect(stream.put('x')).rejects.toMatchObject({ name: 'InternalFailure' });
  await expect(stream.put('x')).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
  await kinesis.clearFaults();
  expect(texts(await stream.read())).toEqual(['one']);
});

test('a client of AWS rides out what passes by', async () => {
  const { kinesis, client, StreamName } = await startStream();
  for (const kind of ['throttle', 'error500'] as const) await kinesis.setFault({ operation: 'PutRecord', kind });
  const Data = Buffer.from('x');
  await expect(client.send(new PutRecordCommand({ StreamName, PartitionKey: 'k', Data }))).resolves.toBeDefined();
});

test.each<[Fault, string]>([
  [{ operation: 'GetRecord', kind: 'throttle' }, '"GetRecord" is no operation of Kinesis'],
  [{ operation: 'ListShards', kind: 'expired-iterator' }, 'is for GetRecords'],
  [{ operation: 'PutRecord', kind: 'oversize' }, 'is for GetRecords'],
  [{ operation: 'GetRecords', kind: 'boom' as 'reset' }, "a fault's kind is one of"],
  [{ operation: 'GetRecords', kind: 'reset', times: 0 }, "a fault's times is a whole number"],
  [{ operation: 'GetRecords', kind: 'slow', delayMs: Number.NaN }, "a fault's delay"],
])('%o makes no sense', async (fault, message) => {
  const { kinesis } = await startStream();
  const set = kinesis.setFault(fault);
  await expect(set).rejects.toThrow(FaultError);
  await expect(set).rejects.toThrow(message);
});

test('iterators expire on demand: of a shard, of a stream, all; later ones live', async () => {
  const stream = await start();
  const { kinesis } = stream;
  for (const [name, shard] of [
    ['s', 'shardId-000000000000'],
    ['s', undefined],
    [undefined, undefined],
  ] as const) {
    const iterator = await stream.iterator();
    await kinesis.expireIterators('other', shard);
    await kinesis.expireIterators('s', 'shardId-000000000001');
    expect(texts(await stream.page(iterator))).toEqual(['one']);
    await kinesis.expireIterators(name, shard);
    await expect(stream.page(iterator)).rejects.toMatchObject({ name: 'ExpiredIteratorException' });
    expect(texts(await stream.read())).toEqual(['one']);
  }
});

test('the clock is kept over a restart of the process; back at real time, what was ahead of it is forgotten', async () => {
  const { kinesis } = await start();
  const hour = 3_600_000;
  await kinesis.setClockOffset(hour);
  const pid = kinesis.pid() ?? 0;
  process.kill(pid, 'SIGKILL');
  const stream = new StreamClient(kinesis, userClient(kinesis.endpoint), 's');
  // Streams in memory are made again by the new process.
  const created = async () => (await stream.summary().catch(() => undefined))?.StreamCreationTimestamp?.getTime();
  while (kinesis.pid() === pid || (await created()) === undefined) await sleep(10);
  expect(Math.abs(((await created()) ?? 0) - Date.now() - hour)).toBeLessThan(60_000);

  await kinesis.expireIterators();
  await kinesis.setClockOffset(0);
  await stream.put('one');
  expect(texts(await stream.read())).toEqual(['one']);
});
