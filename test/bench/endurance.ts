import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import pg from 'pg';
import { startDuckshift } from '../../src/index.js';
import { median, report, timed } from './figures.js';
import { startSynthetic } from './synthetic.js';

/**
 * 10,000 refreshes of 10 records each, beside a view over the streaming view, an aggregate and a table's view: neither
 * their time nor the memory may grow with their number. Memory is taken after a collection; the rows of the 110,000
 * records are part of it.
 */

const refreshes = 10_000;
const perRefresh = 10;
const sample = 1_000;

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

const synthetic = await startSynthetic({ shards: 1, payloadBytes: 0, groups: 50, pageRecords: 0, records: 0 });
const duckshift = await startDuckshift({ kinesisEndpoint: synthetic.endpoint, tls: 'off' });
const client = new pg.Client({ connectionString: duckshift.connectionString });
await client.connect();
for (const statement of [
  'CREATE EXTERNAL SCHEMA kds FROM KINESIS IAM_ROLE default',
  'CREATE MATERIALIZED VIEW mv AS SELECT JSON_PARSE(kinesis_data).n::bigint AS n FROM kds.synthetic',
  'CREATE MATERIALIZED VIEW sums AS SELECT JSON_PARSE(kinesis_data).g::int AS g, count(*) AS c FROM kds.synthetic GROUP BY 1',
  'CREATE MATERIALIZED VIEW even AS SELECT n FROM mv WHERE n % 2 = 0',
  'CREATE TABLE t (a int)',
  'CREATE MATERIALIZED VIEW of_table AS SELECT sum(a) AS s FROM t',
])
  await client.query(statement);

const views = ['mv', 'sums', 'even', 'of_table'];
const times: number[] = [];
const empty: number[] = [];
const memory: number[] = [];
async function round(n: number): Promise<void> {
  await synthetic.grow(perRefresh);
  if (n % 10 === 0) await client.query(`UPDATE t SET a = ${n}`);
  const view = views[n % views.length] ?? 'mv';
  times.push(await timed(() => client.query(`REFRESH MATERIALIZED VIEW ${view}`)));
  if (n % 10 === 5) empty.push(await timed(() => client.query(`REFRESH MATERIALIZED VIEW ${view}`)));
}
async function takeMemory(): Promise<void> {
  for (let again = 0; again < 3; again++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  memory.push(process.memoryUsage.rss() / 1_000_000);
}

await client.query('INSERT INTO t VALUES (0)');
for (let n = 0; n < sample; n++) await round(n);
times.length = 0;
empty.length = 0;
await takeMemory();
for (let n = 0; n < refreshes; n++) {
  await round(n);
  if (n % (refreshes / 4) === refreshes / 4 - 1) await takeMemory();
}
await client.query('REFRESH MATERIALIZED VIEW sums');
const { rows } = await client.query<{ c: string }>('SELECT sum(c) AS c FROM sums');
if (Number(rows[0]?.c) !== synthetic.total) throw new Error(`${rows[0]?.c} records instead of ${synthetic.total}`);
await client.end();
await duckshift.stop();
synthetic.stop();

const first = median(times.slice(0, sample));
const last = median(times.slice(-sample));
const [start = 0] = memory;
const end = memory.at(-1) ?? 0;
report({
  name: 'endurance',
  figures: [
    { what: 'refresh, median of the first 1,000', value: first, unit: 'ms' },
    { what: `refresh, median of the last 1,000 of ${refreshes.toLocaleString('en-US')}`, value: last, unit: 'ms' },
    { what: 'last to first', value: last / first, unit: 'x', target: '<= 1.3' },
    {
      what: 'refresh that finds nothing, last to first',
      value: median(empty.slice(-100)) / median(empty.slice(0, 100)),
      unit: 'x',
      target: '<= 1.3',
    },
    ...memory.map((value, index) => ({ what: `resident memory, ${index} quarters done`, value, unit: 'MB' as const })),
    { what: 'resident memory, end to beginning', value: end / start, unit: 'x', target: '<= 1.1' },
  ],
});
