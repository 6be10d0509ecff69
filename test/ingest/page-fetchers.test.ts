import { expect, onTestFinished, test } from 'vitest';
import { createKinesisClient } from '../../src/streams/kinesis/client.js';
import { type EndpointTraits, endpointTraits } from '../../src/streams/kinesis/endpoint.js';
import { EndpointFailure, type FailureKind } from '../../src/streams/kinesis/endpoint-failure.js';
import { LoopbackPageFetcher } from '../../src/streams/kinesis/loopback-page-fetcher.js';
import type { PageFetcher, StartPoint } from '../../src/streams/kinesis/page-fetcher.js';
import { SdkPageFetcher } from '../../src/streams/kinesis/sdk-page-fetcher.js';
import { openStreamControl } from '../../src/streams/kinesis/stream-control.js';
import { embeddedKinesis } from '../kinesis/embedded-kinesis.js';
import { httpEndpoint, plainKinesalite, putCbor } from './plain-kinesalite.js';

const never = new AbortController().signal;

/** Both ways to fetch a page from the endpoint. */
function fetchers(endpoint: string, changed: Partial<EndpointTraits> = {}): PageFetcher[] {
  const settings = { endpoint, region: 'us-east-1' };
  const traits = { ...endpointTraits(settings), ...changed };
  const client = createKinesisClient(settings);
  onTestFinished(() => client.destroy());
  const sdk = new SdkPageFetcher(client, traits);
  return [sdk, new LoopbackPageFetcher(endpoint, 'us-east-1', traits, sdk)];
}

test('a page is the same through the SDK and straight over HTTP', async () => {
  const kinesis = await embeddedKinesis({ streams: [{ name: 's', shards: 1 }] });
  const plain = await plainKinesalite();
  for (const endpoint of [kinesis.endpoint, plain]) {
    const control = openStreamControl({ endpoint });
    onTestFinished(() => control.close());
    if (endpoint === plain) await control.create('s', 1);
    const payloads = [Buffer.alloc(0), Buffer.from([0, 255]), Buffer.from('{"a":1}'), Buffer.alloc(5_000, 7)];
    await control.put(
      's',
      payloads.map((data, index) => ({ partitionKey: `schlüssel-${index}-🔑`, data })),
    );
    await putCbor(endpoint);
    await control.split('s', { index: 0 });
    const pages = [];
    for (const fetcher of fetchers(endpoint)) {
      const iterator = await fetcher.iterator('s', 'shardId-000000000000', { type: 'TRIM_HORIZON' }, never);
      const { nextIterator, ...page } = await fetcher.fetchPage(iterator, 1_000, never);
      pages.push({ ...page, ended: nextIterator === undefined });
    }
    expect(pages[0]?.columns.rowCount).toBe(5);
    expect(pages[0]?.columns.data).toEqual(new Uint8Array(Buffer.concat([...payloads, Buffer.from([0, 255, 65])])));
    expect(pages[1]).toEqual(pages[0]);
    expect(pages[0]?.childShards).toHaveLength(endpoint === plain ? 0 : 2);
  }
});

const failures: [status: number, body: string, kind: FailureKind][] = [
  [400, '{"__type":"ExpiredIteratorException","message":"m"}', 'position'],
  [400, '{"__type":"com.amazonaws.kinesis.v20131202#InvalidArgumentException","message":"m"}', 'position'],
  [400, '{"__type":"ProvisionedThroughputExceededException","message":"m"}', 'throttled'],
  [400, '{"__type":"KMSThrottlingException","message":"m"}', 'throttled'],
  [400, '{"__type":"LimitExceededException","message":"m"}', 'throttled'],
  [400, '{"__type":"ResourceNotFoundException","message":"m"}', 'not-found'],
  [400, '{"__type":"AccessDeniedException","message":"m"}', 'refused'],
  [500, '{"__type":"InternalFailure"}', 'unreachable'],
  [503, '{"message":"m"}', 'unreachable'],
  [200, '{"Records":[', 'unreachable'],
];

test.each(failures)('HTTP status %i with %s means the same both ways', async (status, body, kind) => {
  const endpoint = await httpEndpoint((request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(body);
  });
  for (const fetcher of fetchers(endpoint)) {
    const failure = await fetcher.fetchPage('x', 10, never).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EndpointFailure);
    expect(failure).toMatchObject({ kind });
  }
});

test.each(['ProvisionedThroughputExceededException', 'LimitExceededException', 'KMSThrottlingException'])(
  '%s is a throttle for every call of the reader',
  async (name) => {
    const endpoint = await httpEndpoint((request, response) => {
      request.resume();
      response
        .writeHead(400, { 'content-type': 'application/x-amz-json-1.1' })
        .end(JSON.stringify({ __type: name, message: 'Rate exceeded' }));
    });
    for (const fetcher of fetchers(endpoint))
      for (const call of [
        fetcher.describe('s', never),
        fetcher.listStreams(never),
        fetcher.listShards('s', never),
        fetcher.iterator('s', 'shardId-000000000000', { type: 'TRIM_HORIZON' }, never),
        fetcher.fetchPage('x', 10, never),
      ])
        await expect(call).rejects.toMatchObject({ name: 'EndpointFailure', kind: 'throttled' });
  },
);

test('an answer that is cut off is a failure that passes by', async () => {
  const endpoint = await httpEndpoint((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-length': '1000' }).write('{"Records":[');
    setTimeout(() => response.destroy(), 10);
  });
  for (const fetcher of fetchers(endpoint)) {
    await expect(fetcher.fetchPage('x', 10, never)).rejects.toMatchObject({ kind: 'unreachable' });
  }
});

test('no answer in time is a failure that passes by', async () => {
  const endpoint = await httpEndpoint((request) => request.resume());
  for (const fetcher of fetchers(endpoint, { pageTimeout: 30 }))
    await expect(fetcher.fetchPage('x', 10, never)).rejects.toMatchObject({ kind: 'unreachable' });
});

test('the embedded endpoint tells which records are gone', async () => {
  const kinesis = await embeddedKinesis({ streams: [{ name: 's', shards: 1 }] });
  const control = openStreamControl({ endpoint: kinesis.endpoint });
  onTestFinished(() => control.close());
  const [, direct] = fetchers(kinesis.endpoint);
  if (direct === undefined) throw new Error('no fetcher');
  const page = async (from: StartPoint) =>
    direct.fetchPage(await direct.iterator('s', 'shardId-000000000000', from, never), 10, never);
  for (const text of ['1', '2']) await control.put('s', [{ partitionKey: 'k', data: Buffer.from(text) }]);
  const [first = '', second = ''] = (await page({ type: 'TRIM_HORIZON' })).columns.sequenceNumbers;
  await kinesis.setClockOffset(25 * 3_600_000);
  await control.put('s', [{ partitionKey: 'k', data: Buffer.from('3') }]);
  const told = async (from: StartPoint) => {
    const { trimmedThrough, columns } = await page(from);
    return [trimmedThrough, columns.rowCount];
  };
  // Twice: by the call that removes them, and from what is remembered.
  expect(await told({ type: 'AFTER', sequenceNumber: first })).toEqual([second, 1]);
  expect(await told({ type: 'AFTER', sequenceNumber: first })).toEqual([second, 1]);
  expect(await told({ type: 'AFTER', sequenceNumber: second })).toEqual([undefined, 1]);
});

test('a fetch ends with its signal', async () => {
  const endpoint = await httpEndpoint((request) => request.resume());
  for (const fetcher of fetchers(endpoint)) {
    const abort = new AbortController();
    const page = fetcher.fetchPage('x', 10, abort.signal);
    setTimeout(() => abort.abort(new Error('enough')), 10);
    await expect(page).rejects.toThrow('enough');
  }
});
