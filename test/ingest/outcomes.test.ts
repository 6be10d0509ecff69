import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { StreamNotFoundError, StreamUnavailableError } from '../../src/streams/contract.js';
import { openStreamControl } from '../../src/streams/kinesis/stream-control.js';
import { embeddedKinesis } from '../kinesis/embedded-kinesis.js';
import { Consumer, reader } from './drained.js';
import { httpEndpoint, plainKinesalite, putCbor } from './plain-kinesalite.js';

/** An endpoint that refuses connections. */
async function deadEndpoint(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

test('a dead endpoint is named, with the operation, in each call', async () => {
  const endpoint = await deadEndpoint();
  const from = reader(endpoint);
  const said = (operation: string) =>
    expect.objectContaining({
      name: 'StreamUnavailableError',
      message: expect.stringMatching(
        new RegExp(`^Kinesis endpoint ${endpoint} cannot be reached \\(${operation}: .*ECONNREFUSED`),
      ),
    });
  await Promise.all([
    expect(from.describe('s')).rejects.toEqual(said('DescribeStreamSummary')),
    expect(from.listStreams()).rejects.toEqual(said('ListStreams')),
    expect(new Consumer(from, 's').drain()).rejects.toEqual(said('ListShards')),
  ]);
});

test('an endpoint that answers nonsense is as good as dead', async () => {
  const endpoint = await httpEndpoint((_request, response) => response.end('<html>'));
  await expect(reader(endpoint).describe('s')).rejects.toThrow(StreamUnavailableError);
});

test('an endpoint that comes back within moments is waited for', async () => {
  const kinesis = await embeddedKinesis({ streams: [{ name: 's', shards: 1 }] });
  const from = reader(kinesis.endpoint);
  expect(await from.describe('s')).toMatchObject({
    name: 's',
    id: 'arn:aws:kinesis:us-east-1:000000000000:stream/s',
    retentionHours: 24,
  });
  process.kill(kinesis.pid() ?? 0, 'SIGKILL');
  expect(await from.describe('s')).toMatchObject({ name: 's' });
});

test('a stream that is not there', async () => {
  const { endpoint } = await embeddedKinesis({ streams: [{ name: 's', shards: 1 }] });
  const from = reader(endpoint);
  expect(await from.describe('none')).toBeUndefined();
  const drained = new Consumer(from, 'none').drain();
  await expect(drained).rejects.toThrow(StreamNotFoundError);
  await expect(drained).rejects.toThrow('stream none does not exist');
  expect(await from.listStreams()).toEqual(['s']);
});

test('a stream created again is read from its start, and the lost position is reported', async () => {
  const { endpoint } = await embeddedKinesis({ streams: [{ name: 's', shards: 1 }] });
  const control = openStreamControl({ endpoint });
  onTestFinished(() => control.close());
  const consumer = new Consumer(reader(endpoint), 's');
  await control.put('s', [{ partitionKey: 'k', data: Buffer.from('old') }]);
  await consumer.drain();
  const [position] = consumer.positions.values();
  // A sequence number of a stream made in another second.
  const elsewhere = String(BigInt(position?.sequenceNumber ?? 0) - 2n ** 150n);
  if (position !== undefined) consumer.positions.set(position.shardId, { ...position, sequenceNumber: elsewhere });
  expect((await consumer.drain()).map(({ data }) => data.toString())).toEqual(['old']);
  expect(consumer.warnings).toHaveLength(1);
});

test('more streams than fit one page of ListStreams', async () => {
  const streams = Array.from({ length: 25 }, (_, index) => ({ name: `s${String(index).padStart(2, '0')}`, shards: 1 }));
  const { endpoint } = await embeddedKinesis({ streams });
  expect(await reader(endpoint).listStreams()).toEqual(streams.map(({ name }) => name));
});

test('plain kinesalite, without the gateway, is read as well: no exact lag, no children told, data spoilt by CBOR', async () => {
  const endpoint = await plainKinesalite();
  const control = openStreamControl({ endpoint });
  onTestFinished(() => control.close());
  await control.create('s', 1);
  const put = (from: number, to: number) =>
    control.put(
      's',
      Array.from({ length: to - from }, (_, index) => ({
        partitionKey: String(index % 7),
        data: Buffer.from(String(from + index)),
      })),
    );
  const consumer = new Consumer(reader(endpoint, { exactLag: false }), 's');
  const found: number[] = [];
  const drain = async () => found.push(...(await consumer.drain()).map(({ data }) => Number(data.toString())));
  await put(0, 2_500);
  await drain();
  await control.split('s', { index: 0 });
  await put(2_500, 3_000);
  await drain();
  await control.merge('s', [{ index: 1 }, { index: 2 }]);
  await put(3_000, 3_100);
  await drain();
  expect(found.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 3_100 }, (_, index) => index));

  await putCbor(endpoint);
  expect((await consumer.drain()).map(({ data }) => [...data])).toEqual([[0, 255, 65]]);
});
