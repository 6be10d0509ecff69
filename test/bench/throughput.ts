import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startDuckshift } from '../../src/index.js';
import { median, percentile, report, timed } from './figures.js';
import { startSynthetic } from './synthetic.js';

/**
 * How fast a refresh takes records of 1 KB from an endpoint that costs nothing, and what another client's small query
 * feels of it.
 */

const shards = 4;
const pageRecords = 1_000;
const payloadBytes = 1_024;
const records = 40_000;
const rounds = 4;

const synthetic = await startSynthetic({ shards, payloadBytes, groups: 100, pageRecords, records });
const duckshift = await startDuckshift({ kinesisEndpoint: synthetic.endpoint, tls: 'off' });
const client = new pg.Client({ connectionString: duckshift.connectionString });
await client.connect();
await client.query('CREATE EXTERNAL SCHEMA kds FROM KINESIS IAM_ROLE default');
await client.query('CREATE TABLE small (a int)');
await client.query('INSERT INTO small VALUES (1), (2), (3)');

const other = fork(fileURLToPath(new URL('./small-queries.js', import.meta.url)), [duckshift.connectionString]);
/** Latencies of the other client's queries since the last call. */
async function latencies(): Promise<number[]> {
  const answer = once(other, 'message');
  other.send('report');
  return (await answer)[0];
}

const megabytes = (synthetic.total * payloadBytes) / 1_000_000;
async function refreshAll(columns: string): Promise<number> {
  await client.query(`CREATE MATERIALIZED VIEW mv AS SELECT ${columns} FROM kds.synthetic`);
  const elapsed = await timed(() => client.query('REFRESH MATERIALIZED VIEW mv'));
  const { rows } = await client.query<{ n: string }>('SELECT count(*) AS n FROM mv');
  if (Number(rows[0]?.n) !== synthetic.total) throw new Error(`${rows[0]?.n} records instead of ${synthetic.total}`);
  await client.query('DROP MATERIALIZED VIEW mv');
  return elapsed;
}

await refreshAll('*');
await latencies();
await new Promise((resolve) => setTimeout(resolve, 3_000));
const idle = await latencies();
const plain: number[] = [];
const parsed: number[] = [];
for (let round = 0; round < rounds; round++) {
  plain.push(await refreshAll('*'));
  parsed.push(await refreshAll('approximate_arrival_timestamp, JSON_PARSE(kinesis_data) AS d'));
}
const busy = await latencies();
other.disconnect();
await client.end();
await duckshift.stop();
synthetic.stop();

report({
  name: 'throughput',
  figures: [
    {
      what: 'REFRESH of 1 KB records, SELECT *',
      value: megabytes / (median(plain) / 1000),
      unit: 'MB/s',
      target: '>= 25',
    },
    {
      what: 'REFRESH of 1 KB records, JSON_PARSE',
      value: megabytes / (median(parsed) / 1000),
      unit: 'MB/s',
      target: '>= 25',
    },
    { what: "another client's small query meanwhile, p50", value: percentile(busy, 0.5), unit: 'ms' },
    { what: "another client's small query meanwhile, p99", value: percentile(busy, 0.99), unit: 'ms', target: '< 50' },
    { what: 'the same without a refresh, p99', value: percentile(idle, 0.99), unit: 'ms' },
  ],
});
