import pg from 'pg';
import { startDuckshift } from '../../src/index.js';
import { percentile, report } from './figures.js';

/**
 * From the call that puts a record to the first query that sees it, under AUTO REFRESH on the embedded endpoint;
 * records come one by one and at times that have nothing to do with polls.
 */

const samples = 200;

const duckshift = await startDuckshift({ tls: 'off' });
await duckshift.createStream('clicks', 2);
const client = new pg.Client({ connectionString: duckshift.connectionString });
await client.connect();
await client.query('CREATE EXTERNAL SCHEMA kds FROM KINESIS IAM_ROLE default');
await client.query(
  'CREATE MATERIALIZED VIEW mv AUTO REFRESH YES AS SELECT JSON_PARSE(kinesis_data).n::int AS n FROM kds.clicks',
);

async function visibleAfter(n: number): Promise<number> {
  const start = performance.now();
  await duckshift.put('clicks', [{ partitionKey: `k${n}`, data: `{"n": ${n}}` }]);
  for (;;) {
    const { rows } = await client.query<{ n: number | null }>('SELECT max(n) AS n FROM mv');
    if (rows[0]?.n === n) return performance.now() - start;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

for (let n = 1; n <= 10; n++) await visibleAfter(n);
const latencies: number[] = [];
for (let n = 11; n <= 10 + samples; n++) {
  await new Promise((resolve) => setTimeout(resolve, 50 + ((n * 37) % 300)));
  latencies.push(await visibleAfter(n));
}
await client.end();
await duckshift.stop();

report({
  name: 'put-to-visible',
  figures: [
    { what: 'put to visible under AUTO REFRESH, p50', value: percentile(latencies, 0.5), unit: 'ms' },
    { what: 'put to visible under AUTO REFRESH, p95', value: percentile(latencies, 0.95), unit: 'ms', target: '< 250' },
    { what: 'put to visible under AUTO REFRESH, max', value: Math.max(...latencies), unit: 'ms' },
  ],
});
