import { ExecuteStatementCommand } from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { expositionText, type Sample } from '../../src/metrics/family.js';
import { cluster, dataClient, ended, run } from './aws-clients.js';

/** GET /metrics. */

let duckshift: Duckshift;
beforeAll(async () => {
  duckshift = await startDuckshift({ streams: [{ name: 'events', shards: 1 }] });
});
afterAll(() => duckshift.stop());

/** Samples by their name and labels, as the page has them. */
async function scrape(): Promise<ReadonlyMap<string, number>> {
  const answer = await fetch(`${duckshift.dataApiEndpoint}/metrics`);
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const samples = new Map<string, number>();
  for (const line of (await answer.text()).trimEnd().split('\n')) {
    if (line.startsWith('#')) {
      expect(line).toMatch(/^# (HELP [a-z_]+ .+\.|TYPE [a-z_]+ (counter|gauge))$/);
      continue;
    }
    const match = /^([a-z_]+(?:\{[^}]*\})?) (\S+)$/.exec(line);
    expect(match, line).not.toBeNull();
    samples.set(match?.[1] ?? '', Number(match?.[2]));
  }
  return samples;
}

test('statements, their errors, sessions and memory', async () => {
  const client = dataClient(duckshift);
  await run(client, 'SELECT 1');
  await run(client, 'SELECT nope');
  await run(client, 'SELEC 1');
  await run(client, "SELECT 'x'::int");
  const begun = await client.send(
    new ExecuteStatementCommand({ ...cluster, Sql: 'SELECT 1', SessionKeepAliveSeconds: 60 }),
  );
  await ended(client, begun.Id);
  const samples = await scrape();
  expect(samples.get('duckshift_statements_total{kind="select_statement",outcome="ok"}')).toBe(2);
  expect(samples.get('duckshift_statements_total{kind="select_statement",outcome="refused"}')).toBeGreaterThan(0);
  expect(samples.get('duckshift_statements_total{kind="invalid",outcome="refused"}')).toBe(1);
  expect(samples.get('duckshift_statement_errors_total{sqlstate="42601"}')).toBe(1);
  expect(samples.get('duckshift_statement_errors_total{sqlstate="42703"}')).toBe(1);
  expect(samples.get('duckshift_statement_errors_total{sqlstate="22P02"}')).toBe(1);
  expect(samples.get('duckshift_sessions')).toBe(1);
  expect(samples.get('duckshift_data_api_sessions')).toBe(1);
  expect(samples.get('duckshift_data_api_active_statements')).toBe(0);
  expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(1e6);
});

test('refreshes, records, bytes and lag, for each view and shard, as long as the view is there', async () => {
  await duckshift.query('CREATE EXTERNAL SCHEMA kds FROM KINESIS IAM_ROLE default');
  await duckshift.query('CREATE MATERIALIZED VIEW measured AS SELECT kinesis_data FROM kds.events');
  await duckshift.put('events', [
    { partitionKey: 'a', data: '12345' },
    { partitionKey: 'b', data: '678' },
  ]);
  await duckshift.query('REFRESH MATERIALIZED VIEW measured');
  await duckshift.query('REFRESH MATERIALIZED VIEW measured');
  const view = 'database="dev",schema="public",view="measured"';
  const shard = `{${view},stream="events",shard="shardId-000000000000"}`;
  const samples = await scrape();
  expect(samples.get('duckshift_refreshes_total{type="manual",outcome="incremental"}')).toBe(1);
  expect(samples.get('duckshift_refreshes_total{type="manual",outcome="no-new-data"}')).toBe(1);
  expect(samples.get(`duckshift_stream_records_total${shard}`)).toBe(2);
  expect(samples.get(`duckshift_stream_bytes_total${shard}`)).toBe(8);
  expect(samples.get(`duckshift_materialized_view_newest_record_age_seconds${shard}`)).toBeLessThan(60);
  await duckshift.clock.advance(3_600_000);
  const later = await scrape();
  expect(later.get(`duckshift_materialized_view_lag_seconds{${view}}`)).toBeGreaterThanOrEqual(3600);
  expect(later.get(`duckshift_materialized_view_newest_record_age_seconds${shard}`)).toBeGreaterThanOrEqual(3600);
  await duckshift.query('DROP MATERIALIZED VIEW measured');
  expect([...(await scrape()).keys()].filter((key) => key.includes('measured'))).toEqual([]);
});

test('the text format escapes what it must', () => {
  const samples: Sample[] = [
    { labels: { name: 'a"b\\c\nd' }, value: Number.POSITIVE_INFINITY },
    { labels: {}, value: 0.5 },
  ];
  expect(expositionText([{ name: 'm', type: 'gauge', help: 'Help.', samples }])).toBe(
    '# HELP m Help.\n# TYPE m gauge\nm{name="a\\"b\\\\c\\nd"} +Inf\nm 0.5\n',
  );
});
