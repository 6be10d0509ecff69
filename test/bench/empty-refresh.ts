import pg from 'pg';
import { startDuckshift } from '../../src/index.js';
import { percentile, report, timed } from './figures.js';

/** A refresh that finds nothing new, and one that finds a single record, on the embedded endpoint. */

const samples = 100;

const duckshift = await startDuckshift();
await duckshift.createStream('clicks', 2);
const client = new pg.Client({ connectionString: duckshift.connectionString });
await client.connect();
await client.query('CREATE EXTERNAL SCHEMA kds FROM KINESIS IAM_ROLE default');
await client.query('CREATE MATERIALIZED VIEW mv AS SELECT JSON_PARSE(kinesis_data) AS d FROM kds.clicks');
const refresh = () => timed(() => client.query('REFRESH MATERIALIZED VIEW mv'));

for (let i = 0; i < 10; i++) await refresh();
const empty: number[] = [];
for (let i = 0; i < samples; i++) empty.push(await refresh());
const single: number[] = [];
for (let i = 0; i < samples; i++) {
  await duckshift.put('clicks', [{ partitionKey: `k${i}`, data: `{"n": ${i}}` }]);
  single.push(await refresh());
}
const { rows } = await client.query<{ n: string }>('SELECT count(*) AS n FROM mv');
if (Number(rows[0]?.n) !== samples) throw new Error(`${rows[0]?.n} rows instead of ${samples}`);
await client.end();
await duckshift.stop();

report({
  name: 'empty-refresh',
  figures: [
    { what: 'REFRESH without new records, p50', value: percentile(empty, 0.5), unit: 'ms', target: '< 10' },
    { what: 'REFRESH without new records, p99', value: percentile(empty, 0.99), unit: 'ms' },
    { what: 'REFRESH with one new record, p50', value: percentile(single, 0.5), unit: 'ms' },
  ],
});
