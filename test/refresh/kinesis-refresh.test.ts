import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { silentLogger } from '../../src/base/log.js';
import type { StreamReader } from '../../src/streams/contract.js';
import { type EmbeddedKinesis, startEmbeddedKinesis } from '../../src/streams/kinesis/embedded/supervisor.js';
import { openStreamControl, type StreamControl } from '../../src/streams/kinesis/stream-control.js';
import { createStreamReader } from '../../src/streams/kinesis/worker-reader.js';
import { openFixture } from './open-fixture.js';

let kinesis: EmbeddedKinesis;
let control: StreamControl;

beforeAll(async () => {
  kinesis = await startEmbeddedKinesis({ host: '127.0.0.1', port: 0, region: 'us-east-1', log: silentLogger });
  control = openStreamControl({ endpoint: kinesis.endpoint });
});
afterAll(async () => {
  control.close();
  await kinesis.stop();
});

const text = (stream: string): string =>
  `SELECT decode(kinesis_data)::JSON AS d, partition_key, shard_id, sequence_number, approximate_arrival_timestamp AS arrival FROM {kds.${stream}}`;
const columns = {
  d: 'super',
  partition_key: 'varchar',
  shard_id: { id: 'char', length: 20 },
  sequence_number: 'varchar',
  arrival: 'timestamp',
} as const;

function reader(endpoint = kinesis.endpoint): StreamReader {
  const made = createStreamReader({ endpoint, region: 'us-east-1', exactLag: true });
  onTestFinished(() => made.close());
  return made;
}
const records = (from: number, to: number) =>
  Array.from({ length: to - from }, (_unused, index) => ({
    partitionKey: `key-${(from + index) % 97}`,
    data: Buffer.from(JSON.stringify({ n: from + index })),
  }));

describe('a streaming view over Kinesis', () => {
  it('takes 20,000 records of 4 shards exactly once, in order within each shard, over several refreshes', async () => {
    const g = await openFixture({ reader: reader(), endpoint: kinesis.endpoint });
    await control.create('orders', 4);
    const mv = await g.createView('mv', text('orders'), columns);
    for (let from = 0; from < 20_000; from += 5_000) {
      await control.put('orders', records(from, from + 5_000));
      await g.refresh(mv);
      expect(await g.count('mv')).toBe(from + 5_000);
    }
    const [total] = await g.rows(
      "SELECT count(DISTINCT d->>'n')::INTEGER AS n, count(DISTINCT shard_id)::INTEGER AS s, count(DISTINCT shard_id || sequence_number)::INTEGER AS q, min((d->>'n')::INTEGER) AS lo, max((d->>'n')::INTEGER) AS hi FROM dev.public.mv",
    );
    expect(total).toEqual({ n: 20_000, s: 4, q: 20_000, lo: 0, hi: 19_999 });
    const [disorder] = await g.rows(
      `SELECT count(*)::INTEGER AS n FROM (SELECT (d->>'n')::INTEGER AS n, lag((d->>'n')::INTEGER) OVER (PARTITION BY shard_id, partition_key ORDER BY length(sequence_number), sequence_number) AS before FROM dev.public.mv) WHERE before > n`,
    );
    expect(disorder).toEqual({ n: 0 });
    expect(await g.refresh(mv)).toEqual([
      'Materialized view mv was incrementally updated successfully. Stream returned no new data.',
    ]);
  });

  it('follows a split: parents to their end, then their children', async () => {
    const g = await openFixture({ reader: reader(), endpoint: kinesis.endpoint });
    await control.create('parents', 1);
    const mv = await g.createView('mv', text('parents'), columns);
    await control.put('parents', records(0, 500));
    await g.refresh(mv);
    await control.put('parents', records(500, 1_000));
    await control.split('parents', { index: 0 });
    await control.put('parents', records(1_000, 2_000));
    await g.refresh(mv);
    await control.merge('parents', [{ index: 1 }, { index: 2 }]);
    await control.put('parents', records(2_000, 2_100));
    await g.refresh(mv);
    expect(
      await g.rows("SELECT count(*)::INTEGER AS n, count(DISTINCT d->>'n')::INTEGER AS k FROM dev.public.mv"),
    ).toEqual([{ n: 2_100, k: 2_100 }]);
    const [ended] = await g.rows(
      `SELECT count(*) FILTER (position->>'$.ended' = 'true')::INTEGER AS ended, count(*)::INTEGER AS shards FROM dev.duckshift.stream_checkpoints`,
    );
    expect(ended).toEqual({ ended: 3, shards: 4 });
  });

  it('starts again at the beginning of a stream that was deleted and created again', async () => {
    const g = await openFixture({ reader: reader(), endpoint: kinesis.endpoint });
    await control.create('again', 1);
    const mv = await g.createView('mv', text('again'), columns);
    await control.put('again', records(0, 100));
    await g.refresh(mv);
    await control.delete('again');
    await expect(g.refresh(mv)).rejects.toMatchObject({
      code: '42P01',
      message: expect.stringContaining(kinesis.endpoint),
    });
    await control.create('again', 1);
    await control.put('again', records(100, 150));
    const notices = await g.refresh(mv);
    expect(notices[0]).toContain('deleted and created again');
    expect(
      await g.rows("SELECT count(*)::INTEGER AS n, count(DISTINCT d->>'n')::INTEGER AS k FROM dev.public.mv"),
    ).toEqual([{ n: 150, k: 150 }]);
  });

  it('shows records soon under automatic refresh', async () => {
    const g = await openFixture({ reader: reader(), endpoint: kinesis.endpoint });
    await control.create('auto', 2);
    await g.createView('mv', text('auto'), columns, { autoRefresh: true });
    g.views.startScheduler();
    await control.put('auto', records(0, 300));
    await vi.waitFor(async () => expect(await g.count('mv')).toBe(300), { timeout: 10_000 });
    await control.put('auto', records(300, 310));
    await vi.waitFor(async () => expect(await g.count('mv')).toBe(310), { timeout: 10_000 });
  });

  it('tells of a dead endpoint by its address', async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    const g = await openFixture({ reader: reader(endpoint), endpoint });
    g.streams.create('clicks');
    await expect(g.createView('mv', text('clicks'), columns)).rejects.toMatchObject({
      code: '58030',
      message: expect.stringContaining(endpoint),
    });
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
