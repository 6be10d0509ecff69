import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { compareSequenceNumbers } from '../../src/streams/kinesis/sequence-number.js';
import { openStreamControl, type StreamControl } from '../../src/streams/kinesis/stream-control.js';
import { embeddedKinesis } from '../kinesis/embedded-kinesis.js';
import { Consumer, type DrainedRecord, reader, records } from './drained.js';

async function start(shards: number): Promise<{ endpoint: string; control: StreamControl; pid(): number | undefined }> {
  const kinesis = await embeddedKinesis({ streams: [{ name: 's', shards }] });
  const control = openStreamControl({ endpoint: kinesis.endpoint });
  onTestFinished(() => control.close());
  return { endpoint: kinesis.endpoint, control, pid: () => kinesis.pid() };
}

/** Records `from` to `to`, whose keys spread over the shards. */
function numbered(from: number, to: number) {
  return Array.from({ length: to - from }, (_, index) => {
    const number = from + index;
    return { partitionKey: `key-${number % 100}`, data: Buffer.from(JSON.stringify({ number })) };
  });
}

function numbers(found: readonly DrainedRecord[]): number[] {
  return found.map(({ data }) => JSON.parse(data.toString()).number);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

function grouped(found: readonly DrainedRecord[], by: 'partitionKey' | 'shardId'): Map<string, DrainedRecord[]> {
  const groups = new Map<string, DrainedRecord[]>();
  for (const record of found) {
    const group = groups.get(record[by]);
    if (group === undefined) groups.set(record[by], [record]);
    else group.push(record);
  }
  return groups;
}

/** Each key's records are in the order they were put, and each shard's in the order of their sequence numbers. */
function expectInOrder(found: readonly DrainedRecord[]): void {
  const byKey = grouped(found, 'partitionKey');
  for (const group of byKey.values()) expect(numbers(group)).toEqual(numbers(group).toSorted((a, b) => a - b));
  const byShard = grouped(found, 'shardId');
  for (const group of byShard.values()) {
    for (const [index, { sequenceNumber }] of group.entries())
      if (index > 0)
        expect(compareSequenceNumbers(group[index - 1]?.sequenceNumber ?? '', sequenceNumber)).toBeLessThan(0);
  }
}

test('20,000 records over 4 shards arrive exactly once, in order; a second drain gives only what is new', async () => {
  const { endpoint, control } = await start(4);
  await control.put('s', numbered(0, 20_000));
  const consumer = new Consumer(reader(endpoint), 's');
  const first = await consumer.drain();
  expect(numbers(first).toSorted((a, b) => a - b)).toEqual(range(0, 20_000));
  expect(new Set(first.map(({ shardId }) => shardId)).size).toBe(4);
  expectInOrder(first);
  expect(first.every(({ jsonValid }) => jsonValid)).toBe(true);

  expect(await consumer.drain()).toEqual([]);
  await control.put('s', numbered(20_000, 20_500));
  const second = await consumer.drain();
  expect(numbers(second).toSorted((a, b) => a - b)).toEqual(range(20_000, 20_500));
  expectInOrder([...first, ...second]);
});

test('splits and merges between drains lose nothing and keep the order of each key', async () => {
  const { endpoint, control } = await start(2);
  const consumer = new Consumer(reader(endpoint), 's');
  const found: DrainedRecord[] = [];
  let put = 0;
  const write = async () => {
    await control.put('s', numbered(put, put + 300));
    put += 300;
  };
  await write();
  found.push(...(await consumer.drain()));
  await write();
  await control.split('s', { index: 0 });
  await write();
  found.push(...(await consumer.drain()));
  expect(numbers(found)).toHaveLength(put);
  await control.merge('s', [{ index: 3 }, { index: 1 }]);
  await write();
  await control.split('s', { index: 2 });
  await control.split('s', { index: 4 });
  await write();
  found.push(...(await consumer.drain()));
  expect(numbers(found).toSorted((a, b) => a - b)).toEqual(range(0, put));
  expectInOrder(found);
  expect(await consumer.drain()).toEqual([]);
  const ended = [...consumer.positions.values()]
    .filter(({ ended }) => ended)
    .map(({ shardId }) => Number(shardId.slice(-2)));
  expect(ended.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
});

test('a first drain follows the whole lineage, parents before children', async () => {
  const { endpoint, control } = await start(1);
  await control.put('s', numbered(0, 100));
  await control.split('s', { index: 0 });
  await control.put('s', numbered(100, 200));
  await control.merge('s', [{ index: 1 }, { index: 2 }]);
  await control.put('s', numbered(200, 300));
  const found = await new Consumer(reader(endpoint), 's').drain();
  expect(numbers(found).toSorted((a, b) => a - b)).toEqual(range(0, 300));
  expectInOrder(found);
});

test('a drain ends while a writer goes on, and has all that was put before', async () => {
  const { endpoint, control } = await start(2);
  const consumer = new Consumer(reader(endpoint), 's');
  let put = 0;
  let writing = true;
  const writer = (async () => {
    while (writing) {
      await control.put('s', numbered(put, put + 50));
      put += 50;
    }
  })();
  const found: number[] = [];
  for (let drain = 0; drain < 5; drain++) {
    await sleep(20);
    const before = put;
    found.push(...numbers(await consumer.drain()));
    expect(new Set(found).size).toBe(found.length);
    const missing = range(0, before).filter((number) => !found.includes(number));
    expect(missing).toEqual([]);
  }
  writing = false;
  await writer;
  found.push(...numbers(await consumer.drain()));
  expect(found.toSorted((a, b) => a - b)).toEqual(range(0, put));
});

test('any bytes are a record: empty, not UTF-8, not JSON, long keys', async () => {
  const { endpoint, control } = await start(1);
  const payloads = [
    Buffer.alloc(0),
    Buffer.from([0xff, 0, 0x80]),
    Buffer.from('{"a":1,}'),
    Buffer.from('{"a":1}'),
    Buffer.from('NaN'),
  ];
  const partitionKey = 'k'.repeat(256);
  await control.put(
    's',
    payloads.map((data) => ({ partitionKey, data })),
  );
  const found = await new Consumer(reader(endpoint), 's').drain();
  expect(found.map(({ data }) => data)).toEqual(payloads);
  expect(found.map(({ jsonValid }) => jsonValid)).toEqual([false, false, false, true, false]);
  expect(found.every((record) => record.partitionKey === partitionKey)).toBe(true);
  for (const { arrivalMicros } of found)
    expect(Math.abs(Number(arrivalMicros / 1000n) - Date.now())).toBeLessThan(60_000);
});

test('a slow consumer and a budget of less than a page do not stop a drain', async () => {
  const { endpoint, control } = await start(2);
  const data = Buffer.alloc(50_000, 0x20);
  await control.put(
    's',
    Array.from({ length: 400 }, (_, index) => ({ partitionKey: String(index), data })),
  );
  const budgetBytes = 500_000;
  const slow = reader(endpoint, { budgetBytes }).drain({
    streamName: 's',
    positions: new Map(),
    boundMicros: 0n,
    signal: undefined,
  });
  let count = 0;
  for await (const item of slow) {
    count += records(item).length;
    await sleep(5);
  }
  expect(count).toBe(400);
});

test('a drain can be cancelled, or simply left', async () => {
  const { endpoint, control } = await start(2);
  await control.put('s', numbered(0, 5_000));
  const from = reader(endpoint);
  const abort = new AbortController();
  const cancelled = async () => {
    const request = { streamName: 's', positions: new Map(), boundMicros: 0n, signal: abort.signal };
    for await (const _ of from.drain(request)) abort.abort(new Error('enough'));
  };
  await expect(cancelled()).rejects.toThrow('enough');
  await expect(cancelled()).rejects.toThrow('enough');
  for await (const _ of from.drain({ streamName: 's', positions: new Map(), boundMicros: 0n, signal: undefined }))
    break;
  expect(await new Consumer(from, 's').drain()).toHaveLength(5_000);
});

test('many drains at once do not disturb each other', async () => {
  const { endpoint, control } = await start(3);
  await control.put('s', numbered(0, 3_000));
  const from = reader(endpoint);
  const all = await Promise.all(Array.from({ length: 6 }, () => new Consumer(from, 's').drain()));
  for (const found of all) expect(numbers(found).toSorted((a, b) => a - b)).toEqual(range(0, 3_000));
});

test('the endpoint may be killed in the middle: a drain fails or succeeds as a whole, and the next one goes on', async () => {
  const { endpoint, control, pid } = await start(2);
  await control.put('s', numbered(0, 4_000));
  const consumer = new Consumer(reader(endpoint), 's');
  const drained = consumer.drain().catch((error: Error) => error);
  process.kill(pid() ?? 0, 'SIGKILL');
  const outcome = await drained;
  // Streams in memory are gone with the process: the stream is there again, and empty.
  if (outcome instanceof Error) expect(outcome.name).toMatch(/^Stream(Unavailable|NotFound)Error$/);
  consumer.positions.clear();
  await control.put('s', numbered(0, 10));
  expect(numbers(await consumer.drain()).toSorted((a, b) => a - b)).toEqual(range(0, 10));
});
