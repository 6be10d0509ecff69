import { expect, onTestFinished, test } from 'vitest';
import { type Duckshift, FaultError, type StartOptions, startDuckshift } from '../../src/index.js';
import { embeddedKinesis } from '../kinesis/embedded-kinesis.js';

const hour = 3_600_000;

async function start(options: StartOptions = {}): Promise<Duckshift> {
  const duckshift = await startDuckshift(options);
  onTestFinished(() => duckshift.stop());
  return duckshift;
}

async function call(duckshift: Duckshift, method: string, path: string, body?: unknown): Promise<[number, unknown]> {
  const response = await fetch(`${duckshift.dataApiEndpoint}/_duckshift/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return [response.status, await response.json()];
}

async function sysdate(duckshift: Duckshift): Promise<number> {
  const { rows } = await duckshift.query('SELECT extract(epoch FROM getdate())::bigint AS seconds');
  return Number(Object.values(rows[0] ?? {})[0]) * 1000;
}

const near = (instant: number, expected: number) => expect(Math.abs(instant - expected)).toBeLessThan(120_000);

test('the clock moves over HTTP and in process, for SQL and for streams; a reset takes it back', async () => {
  const duckshift = await start({ streams: [{ name: 's', shards: 1 }] });
  expect(await call(duckshift, 'POST', 'clock', { advance_ms: hour })).toEqual([
    200,
    { status: 'ok', clock_offset_ms: hour },
  ]);
  await Promise.all([duckshift.clock.advance(hour), duckshift.clock.advance(0)]);
  near(duckshift.clock.now().getTime(), Date.now() + 2 * hour);
  near(await sysdate(duckshift), Date.now() + 2 * hour);
  expect(await call(duckshift, 'GET', 'state')).toMatchObject([200, { clock_offset_ms: 2 * hour }]);
  await duckshift.query('CREATE EXTERNAL SCHEMA kds FROM KINESIS IAM_ROLE default');
  await duckshift.query(
    'CREATE MATERIALIZED VIEW mv AS SELECT extract(epoch FROM approximate_arrival_timestamp)::bigint AS t FROM kds.s',
  );
  await duckshift.put('s', [{ partitionKey: 'k', data: '{}' }]);
  await duckshift.waitFor('mv');
  const { rows } = await duckshift.query('SELECT t FROM mv');
  near(Number(Object.values(rows[0] ?? {})[0]) * 1000, Date.now() + 2 * hour);

  expect(await call(duckshift, 'POST', 'reset')).toEqual([200, { status: 'ok' }]);
  near(duckshift.clock.now().getTime(), Date.now());
  near(await sysdate(duckshift), Date.now());
});

test.each([
  [{ advance_ms: -1 }, 'must be >= 0'],
  [{ advance_ms: 1.5 }, 'must be integer'],
  [{}, "must have required property 'advance_ms'"],
  [{ advance_ms: 1, advance: 2 }, 'must NOT have additional properties'],
  [{ advance_ms: 4_000_000_000_000 }, 'by up to a hundred years in all'],
])('a step of %j is refused', async (body, message) => {
  const duckshift = await start();
  expect(await call(duckshift, 'POST', 'clock', body)).toMatchObject([
    400,
    { message: expect.stringContaining(message) },
  ]);
  near(duckshift.clock.now().getTime(), Date.now());
});

test('the clock never goes back', async () => {
  const duckshift = await start();
  await expect(duckshift.clock.advance(-1)).rejects.toThrow('the clock moves forward');
  await expect(duckshift.clock.advance(Number.NaN)).rejects.toThrow('the clock moves forward');
});

test('faults are set and dropped, and a reset drops them', async () => {
  const duckshift = await start();
  const fault = { operation: 'CreateStream', kind: 'error500', times: 1_000 };
  const create = (name: string) =>
    Promise.race([
      duckshift.createStream(name).then(() => 'created'),
      // The caller tries again for some seconds.
      new Promise((resolve) => setTimeout(resolve, 300, 'failing')),
    ]);
  expect(await call(duckshift, 'POST', 'faults', fault)).toEqual([200, { status: 'ok' }]);
  const first = create('one');
  expect(await first).toBe('failing');
  expect(await call(duckshift, 'DELETE', 'faults')).toEqual([200, { status: 'ok' }]);
  expect(await create('two')).toBe('created');
  await duckshift.faults.set({ operation: 'CreateStream', kind: 'error500', times: 1_000 });
  await duckshift.reset();
  expect(await create('three')).toBe('created');
});

test.each([
  [{ operation: 'GetRecord', kind: 'throttle' }, '"GetRecord" is no operation of Kinesis'],
  [{ operation: 'GetRecords', kind: 'boom' }, 'must be equal to one of the allowed values'],
  [{ operation: 'GetRecords', kind: 'reset', times: 0 }, 'must be >= 1'],
  [{ operation: 'GetRecords', kind: 'slow', delay: 5 }, 'must NOT have additional properties'],
  [{ operation: 'ListShards', kind: 'expired-iterator' }, 'is for GetRecords'],
])('the fault %j is refused', async (body, message) => {
  const duckshift = await start();
  expect(await call(duckshift, 'POST', 'faults', body)).toMatchObject([
    400,
    { message: expect.stringContaining(message) },
  ]);
});

test('iterators expire: all, of a stream, of a shard', async () => {
  const duckshift = await start({ streams: [{ name: 's', shards: 1 }] });
  for (const body of [{}, { stream: 's' }, { stream: 's', shard_id: 'shardId-000000000000' }])
    expect(await call(duckshift, 'POST', 'expire-iterators', body)).toEqual([200, { status: 'ok' }]);
  expect((await call(duckshift, 'POST', 'expire-iterators', { shard_id: 'shardId-000000000000' }))[0]).toBe(400);
});

test('with an endpoint of its own faults are refused, and say why; the clock still moves SQL', async () => {
  const { endpoint } = await embeddedKinesis();
  const duckshift = await start({ kinesisEndpoint: endpoint });
  const message = `faults need the embedded Kinesis, and this server reads ${endpoint}`;
  const refused = [400, { error: '0A000', message }];
  expect(await call(duckshift, 'POST', 'faults', { operation: 'GetRecords', kind: 'reset' })).toEqual(refused);
  expect(await call(duckshift, 'DELETE', 'faults')).toEqual(refused);
  expect((await call(duckshift, 'POST', 'expire-iterators', {}))[0]).toBe(400);
  await expect(duckshift.faults.set({ operation: 'GetRecords', kind: 'reset' })).rejects.toThrow(message);
  await expect(duckshift.faults.clear()).rejects.toThrow(message);
  await expect(duckshift.faults.set({ operation: 'Nothing', kind: 'reset' })).rejects.toThrow(FaultError);
  await duckshift.clock.advance(hour);
  near(await sysdate(duckshift), Date.now() + hour);
  await duckshift.reset();
  near(await sysdate(duckshift), Date.now());
});

test('AWS’s shard limits are for the embedded Kinesis', async () => {
  await expect(start({ kinesisThrottle: true, kinesisEndpoint: 'http://127.0.0.1:1' })).rejects.toThrow(
    '--kinesis-throttle is for the embedded Kinesis',
  );
  const duckshift = await start({ kinesisThrottle: true, streams: [{ name: 's', shards: 1 }] });
  await duckshift.query('CREATE EXTERNAL SCHEMA kds FROM KINESIS IAM_ROLE default');
  await duckshift.query('CREATE MATERIALIZED VIEW mv AS SELECT partition_key FROM kds.s');
  const records = Array.from({ length: 1_200 }, (_, index) => ({ partitionKey: `${index}`, data: 'x' }));
  await duckshift.put('s', records);
  await duckshift.waitFor('mv', 20_000);
  const { rows } = await duckshift.query('SELECT count(DISTINCT partition_key) AS n FROM mv');
  expect(rows).toEqual([{ n: '1200' }]);
});
