import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLogger } from '../../src/base/log.js';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { type EmbeddedKinesis, startEmbeddedKinesis } from '../../src/streams/kinesis/embedded/supervisor.js';
import { openStreamControl, type StreamControl } from '../../src/streams/kinesis/stream-control.js';
import { BreakableProxy } from './breakable-proxy.js';

/** A loopback port that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function connect(duckshift: Duckshift): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: duckshift.connectionString });
  await client.connect();
  return client;
}

describe('an endpoint that was never there', () => {
  test('the server starts, stream statements fail and name the endpoint, the rest works', async () => {
    const endpoint = `http://127.0.0.1:${await closedPort()}`;
    await using duckshift = await startDuckshift({ kinesisEndpoint: endpoint });
    const client = await connect(duckshift);
    await client.query('CREATE EXTERNAL SCHEMA kds FROM KINESIS IAM_ROLE default');
    await expect(
      client.query('CREATE MATERIALIZED VIEW mv AS SELECT kinesis_data FROM kds.clicks'),
    ).rejects.toMatchObject({ code: '58030', message: expect.stringContaining(endpoint) });
    await expect(client.query('SELECT * FROM mv')).rejects.toMatchObject({ code: '42P01' });
    expect((await client.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
    await client.end();
  });
});

describe('an endpoint that goes away and comes back', () => {
  const total = 4_000;
  let kinesis: EmbeddedKinesis;
  let control: StreamControl;
  let proxy: BreakableProxy;
  let duckshift: Duckshift;
  let client: pg.Client;

  const put = (from: number, count: number) =>
    control.put(
      'clicks',
      Array.from({ length: count }, (_, i) => ({
        partitionKey: `k${(from + i) % 50}`,
        data: Buffer.from(JSON.stringify({ n: from + i, filler: 'x'.repeat(200) })),
      })),
    );
  const state = async () => {
    const { rows } = await client.query(
      'SELECT count(*)::int AS rows, count(DISTINCT d.n::int)::int AS different, coalesce(max(d.n::int), -1) AS last FROM mv',
    );
    return rows[0];
  };
  const refresh = () => client.query('REFRESH MATERIALIZED VIEW mv');
  const unavailable = () => ({ code: '58030', message: expect.stringContaining(proxy.endpoint) });

  beforeEach(async () => {
    kinesis = await startEmbeddedKinesis({ host: '127.0.0.1', port: 0, region: 'us-east-1', log: silentLogger });
    control = openStreamControl({ endpoint: kinesis.endpoint });
    await control.create('clicks', 2);
    proxy = new BreakableProxy(kinesis.endpoint);
    await proxy.up();
    duckshift = await startDuckshift({ kinesisEndpoint: proxy.endpoint });
    client = await connect(duckshift);
    await client.query('CREATE EXTERNAL SCHEMA kds FROM KINESIS IAM_ROLE default');
  });
  afterEach(async () => {
    await client.end();
    await duckshift.stop();
    await proxy.down();
    control.close();
    await kinesis.stop();
  });

  const view = (autoRefresh: 'YES' | 'NO') =>
    client.query(
      `CREATE MATERIALIZED VIEW mv AUTO REFRESH ${autoRefresh} AS SELECT JSON_PARSE(kinesis_data) AS d FROM kds.clicks`,
    );

  test('gone between refreshes: the refresh fails, the next one continues', async () => {
    await view('NO');
    await put(0, 100);
    await refresh();
    await put(100, 50);
    await proxy.down();
    await expect(refresh()).rejects.toMatchObject(unavailable());
    expect(await state()).toEqual({ rows: 100, different: 100, last: 99 });
    await proxy.up();
    await refresh();
    expect(await state()).toEqual({ rows: 150, different: 150, last: 149 });
  });

  test('gone in the middle of a refresh: nothing of it stays, nothing is lost, nothing comes twice', async () => {
    await view('NO');
    await put(0, 10);
    await refresh();
    await put(10, total - 10);
    proxy.goDownAfter(400_000);
    await expect(refresh()).rejects.toMatchObject(unavailable());
    expect(await state()).toEqual({ rows: 10, different: 10, last: 9 });
    await proxy.up();
    await refresh();
    expect(await state()).toEqual({ rows: total, different: total, last: total - 1 });
  });

  test('connected but silent: the refresh gives up by itself', async () => {
    await view('NO');
    await put(0, 10);
    await refresh();
    proxy.hang();
    await expect(refresh()).rejects.toMatchObject(unavailable());
    expect((await client.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
    await proxy.up();
    await put(10, 5);
    await refresh();
    expect(await state()).toEqual({ rows: 15, different: 15, last: 14 });
  });

  test('automatic refreshes go on when it is back', async () => {
    await view('YES');
    await put(0, 10);
    await expect.poll(state, { timeout: 20_000 }).toEqual({ rows: 10, different: 10, last: 9 });
    await proxy.down();
    await put(10, 10);
    expect(await state()).toEqual({ rows: 10, different: 10, last: 9 });
    await proxy.up();
    await expect.poll(state, { timeout: 20_000 }).toEqual({ rows: 20, different: 20, last: 19 });
  });
});
