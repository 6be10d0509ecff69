import { once } from 'node:events';
import { connect } from 'node:net';
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  type KinesisClient,
  ListShardsCommand,
  type ListShardsCommandInput,
  MergeShardsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  SplitShardCommand,
} from '@aws-sdk/client-kinesis';
import { expect, test } from 'vitest';
import { CborTimestamp, type CborValue, decodeCbor, encodeCbor } from '../../src/streams/kinesis/embedded/cbor.js';
import { embeddedKinesis, userClient } from './embedded-kinesis.js';

const firstShard = 'shardId-000000000000';
const cborType = 'application/x-amz-cbor-1.1';

/** A started endpoint with stream `s`, and a client. */
async function start(shards = 1): Promise<{ endpoint: string; client: KinesisClient; pid: number | undefined }> {
  const kinesis = await embeddedKinesis({ streams: [{ name: 's', shards }] });
  return { endpoint: kinesis.endpoint, client: userClient(kinesis.endpoint), pid: kinesis.pid() };
}

async function active(client: KinesisClient, stream: string): Promise<void> {
  for (;;) {
    const { StreamDescriptionSummary } = await client.send(new DescribeStreamSummaryCommand({ StreamName: stream }));
    if (StreamDescriptionSummary?.StreamStatus === 'ACTIVE') return;
  }
}

async function read(client: KinesisClient, from: Partial<GetShardIteratorCommandInput>, limit?: number) {
  const { ShardIterator } = await client.send(
    new GetShardIteratorCommand({ StreamName: 's', ShardId: firstShard, ShardIteratorType: 'TRIM_HORIZON', ...from }),
  );
  return client.send(new GetRecordsCommand({ ShardIterator, Limit: limit }));
}

function put(client: KinesisClient, data: string, stream = 's') {
  return client.send(new PutRecordCommand({ StreamName: stream, PartitionKey: 'k', Data: Buffer.from(data) }));
}

const text = (data: Uint8Array | undefined) => Buffer.from(data ?? []).toString();

function signed(operation: string, type: string): Record<string, string> {
  return {
    'content-type': type,
    'x-amz-target': `Kinesis_20131202.${operation}`,
    'x-amz-date': '20260101T000000Z',
    authorization: 'AWS4-HMAC-SHA256 Credential=a, SignedHeaders=b, Signature=c',
  };
}

async function callCbor(endpoint: string, operation: string, body: CborValue): Promise<CborValue> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: signed(operation, cborType),
    body: encodeCbor(body),
  });
  expect(response.headers.get('content-type')).toBe(cborType);
  return decodeCbor(new Uint8Array(await response.arrayBuffer()));
}

test('a client that goes away in the middle of an upload harms nobody', async () => {
  const { endpoint, client, pid } = await start();
  const { port, hostname } = new URL(endpoint);
  for (const end of ['destroy', 'resetAndDestroy'] as const) {
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const headers = Object.entries(signed('PutRecord', 'application/x-amz-json-1.1')).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n${headers.join('')}\r\n{"StreamName"`);
    await put(client, 'between');
    socket[end]();
    await once(socket, 'close');
  }
  await put(client, 'after');
  const { StreamDescriptionSummary } = await client.send(new DescribeStreamSummaryCommand({ StreamName: 's' }));
  expect(StreamDescriptionSummary?.StreamStatus).toBe('ACTIVE');
  expect(process.kill(pid ?? 0, 0)).toBe(true);
});

test('a stream may be named by its ARN in every operation', async () => {
  const { client } = await start();
  const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';
  await client.send(new PutRecordCommand({ StreamARN, PartitionKey: 'k', Data: Buffer.from('one') }));
  await client.send(new PutRecordsCommand({ StreamARN, Records: [{ PartitionKey: 'k', Data: Buffer.from('two') }] }));
  const summary = await client.send(new DescribeStreamSummaryCommand({ StreamARN }));
  expect(summary.StreamDescriptionSummary?.StreamARN).toBe(StreamARN);
  expect((await client.send(new ListShardsCommand({ StreamARN }))).Shards).toHaveLength(1);
  const { ShardIterator } = await client.send(
    new GetShardIteratorCommand({ StreamARN, ShardId: firstShard, ShardIteratorType: 'TRIM_HORIZON' }),
  );
  const { Records } = await client.send(new GetRecordsCommand({ StreamARN, ShardIterator }));
  expect(Records?.map(({ Data }) => text(Data))).toEqual(['one', 'two']);
  await expect(client.send(new DescribeStreamSummaryCommand({ StreamARN: 'arn:aws:s3:::bucket' }))).rejects.toThrow(
    'streamARN',
  );
  await expect(
    client.send(new DescribeStreamSummaryCommand({ StreamARN: StreamARN.replace('/s', '/none') })),
  ).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('an on-demand stream has four shards and says what it is', async () => {
  const { client } = await start();
  await client.send(new CreateStreamCommand({ StreamName: 'od', StreamModeDetails: { StreamMode: 'ON_DEMAND' } }));
  await active(client, 'od');
  const modes = async (StreamName: string) => [
    (await client.send(new DescribeStreamSummaryCommand({ StreamName }))).StreamDescriptionSummary?.StreamModeDetails
      ?.StreamMode,
    (await client.send(new DescribeStreamCommand({ StreamName }))).StreamDescription?.StreamModeDetails?.StreamMode,
  ];
  expect(await modes('od')).toEqual(['ON_DEMAND', 'ON_DEMAND']);
  expect(await modes('s')).toEqual(['PROVISIONED', 'PROVISIONED']);
  expect((await client.send(new ListShardsCommand({ StreamName: 'od' }))).Shards).toHaveLength(4);
});

test('a stream created again under the same name has another creation time', async () => {
  const { client } = await start();
  const created = async () =>
    (await client.send(new DescribeStreamSummaryCommand({ StreamName: 's' }))).StreamDescriptionSummary
      ?.StreamCreationTimestamp;
  const before = await created();
  expect(Math.abs(Date.now() - (before?.getTime() ?? 0))).toBeLessThan(60_000);
  await client.send(new DeleteStreamCommand({ StreamName: 's' }));
  while (await created().catch(() => undefined)) void 0;
  await client.send(new CreateStreamCommand({ StreamName: 's', ShardCount: 1 }));
  await active(client, 's');
  expect(await created()).not.toEqual(before);
});

test('data put as CBOR comes back as it was, as CBOR and as JSON', async () => {
  const { endpoint, client } = await start();
  const data = Buffer.from([0, 255, 0xf3, 0x89, 10, 0x80]);
  // As Java's SDK writes it: indefinite lengths.
  const body = Buffer.concat([
    Buffer.from('bf', 'hex'),
    ...[encodeCbor('StreamName'), encodeCbor('s'), encodeCbor('PartitionKey'), encodeCbor('k')],
    ...[encodeCbor('Data'), encodeCbor(data)],
    Buffer.from('ff', 'hex'),
  ]);
  const response = await fetch(endpoint, { method: 'POST', headers: signed('PutRecord', cborType), body });
  expect(response.status).toBe(200);
  await put(client, 'json');
  await callCbor(endpoint, 'PutRecords', { StreamName: 's', Records: [{ PartitionKey: 'k', Data: data }] });

  const { Records } = await read(client, {});
  expect(Records?.map((record) => Buffer.from(record.Data ?? []))).toEqual([data, Buffer.from('json'), data]);

  const iterator = await callCbor(endpoint, 'GetShardIterator', {
    StreamName: 's',
    ShardId: firstShard,
    ShardIteratorType: 'AT_TIMESTAMP',
    Timestamp: new CborTimestamp(Records?.[0]?.ApproximateArrivalTimestamp?.getTime() ?? 0),
  });
  const page = await callCbor(endpoint, 'GetRecords', {
    ShardIterator: (iterator as { ShardIterator: string }).ShardIterator,
  });
  expect(page).toMatchObject({
    Records: Records?.map((record) => ({
      Data: Buffer.from(record.Data ?? []),
      PartitionKey: 'k',
      SequenceNumber: record.SequenceNumber,
      ApproximateArrivalTimestamp: new CborTimestamp(record.ApproximateArrivalTimestamp?.getTime() ?? 0),
    })),
  });
  expect(await callCbor(endpoint, 'DescribeStreamSummary', { StreamName: 'none' })).toMatchObject({
    __type: 'ResourceNotFoundException',
  });
});

test('ListShards pages with tokens', async () => {
  const { client } = await start(5);
  const ids: (string | undefined)[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new ListShardsCommand(
        NextToken === undefined ? { StreamName: 's', MaxResults: 2 } : { NextToken, MaxResults: 2 },
      ),
    );
    expect(page.Shards?.length).toBeLessThanOrEqual(2);
    ids.push(...(page.Shards ?? []).map(({ ShardId }) => ShardId));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expect(ids).toEqual(Array.from({ length: 5 }, (_, index) => `shardId-00000000000${index}`));
  await expect(client.send(new ListShardsCommand({ NextToken: 'nonsense' }))).rejects.toMatchObject({
    name: 'InvalidArgumentException',
  });
  await expect(client.send(new ListShardsCommand({ NextToken: 'x', StreamName: 's' }))).rejects.toMatchObject({
    name: 'InvalidArgumentException',
  });
  expect(
    (await client.send(new ListShardsCommand({ StreamName: 's', ExclusiveStartShardId: ids[3] }))).Shards,
  ).toHaveLength(1);
});

test('ListShards filters', async () => {
  const { client } = await start(1);
  await client.send(
    new SplitShardCommand({ StreamName: 's', ShardToSplit: firstShard, NewStartingHashKey: String(2n ** 127n) }),
  );
  await active(client, 's');
  const list = async (ShardFilter: ListShardsCommandInput['ShardFilter']) =>
    (await client.send(new ListShardsCommand({ StreamName: 's', ShardFilter }))).Shards?.map(({ ShardId }) =>
      Number(ShardId?.slice(-1)),
    );
  expect(await list(undefined)).toEqual([0, 1, 2]);
  expect(await list({ Type: 'FROM_TRIM_HORIZON' })).toEqual([0, 1, 2]);
  expect(await list({ Type: 'AT_TRIM_HORIZON' })).toEqual([0]);
  expect(await list({ Type: 'AT_LATEST' })).toEqual([1, 2]);
  expect(await list({ Type: 'AFTER_SHARD_ID', ShardId: 'shardId-000000000001' })).toEqual([2]);
  expect(await list({ Type: 'FROM_TIMESTAMP', Timestamp: new Date(Date.now() + 60_000) })).toEqual([1, 2]);
  await expect(list({ Type: 'AFTER_SHARD_ID' })).rejects.toMatchObject({ name: 'InvalidArgumentException' });
});

test('a shard is split or merged once', async () => {
  const { client } = await start(2);
  const split = (shard: string, at: bigint) =>
    client.send(new SplitShardCommand({ StreamName: 's', ShardToSplit: shard, NewStartingHashKey: String(at) }));
  await split(firstShard, 2n ** 126n);
  await active(client, 's');
  const refused = {
    name: 'InvalidArgumentException',
    message: expect.stringContaining('has already been merged or split'),
  };
  await expect(split(firstShard, 2n ** 126n)).rejects.toMatchObject(refused);
  const merge = new MergeShardsCommand({
    StreamName: 's',
    ShardToMerge: firstShard,
    AdjacentShardToMerge: 'shardId-000000000001',
  });
  await expect(client.send(merge)).rejects.toMatchObject(refused);
  expect((await client.send(new ListShardsCommand({ StreamName: 's' }))).Shards).toHaveLength(4);
});

test('the last page of a closed shard has no next iterator and names the children', async () => {
  const { client } = await start();
  await put(client, 'one');
  await client.send(
    new SplitShardCommand({ StreamName: 's', ShardToSplit: firstShard, NewStartingHashKey: String(2n ** 127n) }),
  );
  await active(client, 's');
  const page = await read(client, {});
  expect(page.Records?.map(({ Data }) => text(Data))).toEqual(['one']);
  expect(page.NextShardIterator).toBeUndefined();
  expect(page.ChildShards?.map(({ ShardId, ParentShards }) => [ShardId, ParentShards])).toEqual([
    ['shardId-000000000001', [firstShard]],
    ['shardId-000000000002', [firstShard]],
  ]);
});

test('MillisBehindLatest is 0 at the tip and only there', async () => {
  const { client } = await start();
  for (const data of ['a', 'b', 'c']) await put(client, data);
  const first = await read(client, {}, 2);
  expect(first.Records).toHaveLength(2);
  expect(first.MillisBehindLatest).toBeGreaterThan(0);
  const second = await client.send(new GetRecordsCommand({ ShardIterator: first.NextShardIterator, Limit: 1 }));
  expect(second.Records?.map(({ Data }) => text(Data))).toEqual(['c']);
  expect(second.MillisBehindLatest).toBe(0);
  const third = await client.send(new GetRecordsCommand({ ShardIterator: second.NextShardIterator }));
  expect(third).toMatchObject({ Records: [], MillisBehindLatest: 0 });
  await put(client, 'd');
  const fourth = await client.send(new GetRecordsCommand({ ShardIterator: third.NextShardIterator }));
  expect(fourth.Records?.map(({ Data }) => text(Data))).toEqual(['d']);
});

test('AT_TIMESTAMP finds the first record that is as young, and the tip where none is', async () => {
  const { client } = await start();
  const firstOf = async (Timestamp: Date) =>
    text((await read(client, { ShardIteratorType: 'AT_TIMESTAMP', Timestamp })).Records?.[0]?.Data);
  expect(await firstOf(new Date(1_000))).toBe('');
  for (let index = 0; index < 20; index++) await put(client, String(index));
  const all = (await read(client, {})).Records ?? [];
  for (const { ApproximateArrivalTimestamp: at = new Date(0) } of all) {
    const expected = all.find((record) => (record.ApproximateArrivalTimestamp ?? 0) >= at);
    expect(await firstOf(at)).toBe(text(expected?.Data));
  }
  const past = new Date((all.at(-1)?.ApproximateArrivalTimestamp?.getTime() ?? 0) + 1);
  while (Date.now() <= past.getTime()) await put(client, 'x').catch(() => undefined);
  expect(await firstOf(new Date(1_000))).toBe('0');
  const tip = await read(client, { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date() });
  expect(tip.NextShardIterator).toBeDefined();
  await expect(firstOf(new Date(Date.now() + 3_600_000))).rejects.toMatchObject({ name: 'InvalidArgumentException' });
});

test('a page holds 10 MiB at most', async () => {
  const { client } = await start();
  const Data = Buffer.alloc(1024 * 1024, 1);
  for (let index = 0; index < 12; index++)
    await client.send(new PutRecordCommand({ StreamName: 's', PartitionKey: 'k', Data }));
  const page = await read(client, {});
  expect(page.Records?.length).toBeLessThanOrEqual(10);
  expect(page.MillisBehindLatest).toBeGreaterThan(0);
  const rest = await client.send(new GetRecordsCommand({ ShardIterator: page.NextShardIterator }));
  expect((page.Records?.length ?? 0) + (rest.Records?.length ?? 0)).toBe(12);
});

test('10 MiB of records go into one request, more are refused, none harm the process', async () => {
  const { endpoint, client, pid } = await start();
  const putMany = (count: number, length: number) =>
    client.send(
      new PutRecordsCommand({
        StreamName: 's',
        Records: Array.from({ length: count }, (_, index) => ({
          PartitionKey: String(index),
          Data: Buffer.alloc(length, index),
        })),
      }),
    );
  const { Records, FailedRecordCount } = await putMany(10, 1_000_000);
  expect([Records?.length, FailedRecordCount]).toEqual([10, 0]);
  const page = await read(client, {});
  expect(page.Records?.map(({ PartitionKey, Data }) => [PartitionKey, Data?.length, Data?.[0]])).toEqual(
    Array.from({ length: 10 }, (_, index) => [String(index), 1_000_000, index]),
  );
  await expect(putMany(11, 1_000_000)).rejects.toMatchObject({
    name: 'InvalidArgumentException',
    message: 'Records size exceeds 10 MB limit',
  });
  // A part that is not valid refuses all of it.
  await expect(putMany(8, 1_100_000)).rejects.toMatchObject({ name: 'ValidationException' });
  const huge = await fetch(endpoint, {
    method: 'POST',
    headers: signed('PutRecords', 'application/x-amz-json-1.1'),
    body: Buffer.alloc(20 * 1024 * 1024, 0x20),
  });
  expect([huge.status, await huge.json()]).toEqual([
    400,
    { __type: 'InvalidArgumentException', message: 'Records size exceeds 10 MB limit' },
  ]);
  expect((await read(client, {})).Records).toHaveLength(10);
  expect(process.kill(pid ?? 0, 0)).toBe(true);
});

test('what AWS refuses is refused, with its error', async () => {
  const { endpoint, client } = await start();
  await expect(client.send(new GetRecordsCommand({ ShardIterator: 'x' }))).rejects.toMatchObject({
    name: 'InvalidArgumentException',
  });
  await expect(read(client, {}, 10_001)).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(
    read(client, { ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: '0' }),
  ).rejects.toMatchObject({ name: 'InvalidArgumentException' });
  await expect(put(client, 'x', 'none')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const unsigned = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: '{}',
  });
  expect(unsigned.status).toBe(400);
  const malformed = await fetch(endpoint, {
    method: 'POST',
    headers: signed('ListShards', 'application/x-amz-json-1.1'),
    body: '{',
  });
  expect([malformed.status, await malformed.json()]).toMatchObject([400, { __type: 'SerializationException' }]);
  const garbled = await callCbor(endpoint, 'ListShards', []);
  expect(garbled).toMatchObject({ __type: 'SerializationException' });
  expect((await fetch(endpoint)).status).toBe(403);
});
