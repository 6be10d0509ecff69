import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { trimHistory } from '../../src/refresh/history.js';
import { openFixture } from './open-fixture.js';
import type { RefreshFixture } from './refresh-fixture.js';

const day = 86_400_000_000n;

it('histories keep the newest 10,000 rows, and none older than seven days', async () => {
  const g = await openFixture();
  const now = g.clock.nowMicros();
  const insert = (first: number, count: number, time: bigint): Promise<number> =>
    g.connection.run(
      `INSERT INTO dev.duckshift.mv_refresh_history SELECT range, 1, 'u', 'public', 1, 'mv', 'Manual', 'ok', make_timestamp(${time}::BIGINT), make_timestamp(${time}::BIGINT) FROM range(${first}, ${first + count})`,
    );
  await insert(1, 100, now - 8n * day);
  await insert(101, 500, now - 6n * day);
  await trimHistory(g.connection, 'dev', now);
  expect(await g.rows('SELECT count(*)::INTEGER AS n FROM dev.duckshift.mv_refresh_history')).toEqual([{ n: 500 }]);
  await insert(601, 12_000, now);
  await trimHistory(g.connection, 'dev', now);
  expect(
    await g.rows(
      'SELECT count(*)::INTEGER AS n, min(transaction_id)::INTEGER AS first FROM dev.duckshift.mv_refresh_history',
    ),
  ).toEqual([{ n: 10_000, first: 2_601 }]);
});

it('numbers of refreshes go on after the histories were emptied and the server restarted', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'duckshift-history-'));
  onTestFinished(() => rmSync(dataDirectory, { recursive: true, force: true }));
  const number = async (g: RefreshFixture): Promise<number> => {
    const [row] = await g.rows('SELECT max(duckshift_refresh)::INTEGER AS n FROM dev.public.mv_tbl__mv__0');
    return Number(row?.n);
  };
  const first = await openFixture({ dataDirectory });
  first.streams.create('clicks');
  const mv = await first.createView('mv', 'SELECT decode(kinesis_data) AS d FROM {kds.clicks}', { d: 'varchar' });
  for (const record of ['a', 'b', 'c']) {
    first.streams.put('clicks', [record]);
    await first.refresh(mv);
  }
  const before = await number(first);
  await first.connection.run('DELETE FROM dev.duckshift.mv_refresh_history');
  await first.connection.run('DELETE FROM dev.duckshift.stream_scan_states');
  await first.close();

  const second = await openFixture({ dataDirectory });
  second.streams.create('clicks');
  second.streams.put('clicks', ['a', 'b', 'c', 'd']);
  const entry = second.catalog.snapshot('dev')?.relation('public', 'mv');
  if (entry?.kind !== 'materialized_view') throw new Error('no view mv');
  await second.refresh(entry);
  expect(await number(second)).toBeGreaterThan(before);
});
