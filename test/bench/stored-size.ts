import pg from 'pg';
import { startDuckshift } from '../../src/index.js';
import { median, percentile, report, timed } from './figures.js';
import { startSynthetic } from './synthetic.js';

/**
 * REFRESH of 1,000 new records into views that hold few and many rows, and few and many groups. Rounds alternate
 * between the sizes, so that noise meets all alike.
 */

const fresh = 1_000;
const shards = 2;
const rounds = 40;

interface Subject {
  readonly rows: number;
  readonly groups: number | undefined;
}
const subjects: readonly Subject[] = [
  { rows: 10_000, groups: undefined },
  { rows: 1_000_000, groups: undefined },
  { rows: 5_000_000, groups: undefined },
  { rows: 10_000, groups: 10_000 },
  { rows: 1_000_000, groups: 1_000_000 },
];

async function prepare({ rows, groups }: Subject) {
  const synthetic = await startSynthetic({
    shards,
    payloadBytes: 0,
    groups: groups ?? 1,
    pageRecords: 0,
    records: rows / shards,
  });
  const duckshift = await startDuckshift({ kinesisEndpoint: synthetic.endpoint, tls: 'off' });
  const client = new pg.Client({ connectionString: duckshift.connectionString });
  await client.connect();
  await client.query('CREATE EXTERNAL SCHEMA kds FROM KINESIS IAM_ROLE default');
  const n = 'JSON_PARSE(kinesis_data).n::bigint';
  await client.query(
    groups === undefined
      ? `CREATE MATERIALIZED VIEW mv AS SELECT partition_key, ${n} AS n FROM kds.synthetic`
      : `CREATE MATERIALIZED VIEW mv AS SELECT JSON_PARSE(kinesis_data).g::int AS g, count(*) AS c, sum(${n}) AS n FROM kds.synthetic GROUP BY 1`,
  );
  await client.query('REFRESH MATERIALIZED VIEW mv');
  const samples: number[] = [];
  return {
    samples,
    refresh: async () => {
      await synthetic.grow(fresh / shards);
      samples.push(await timed(() => client.query('REFRESH MATERIALIZED VIEW mv')));
    },
    finish: async () => {
      const counted = groups === undefined ? 'count(*)' : 'sum(c)';
      const { rows: sums } = await client.query(`SELECT ${counted} AS c, sum(n) AS n FROM mv`);
      if (Number(sums[0]?.c) !== synthetic.total || BigInt(sums[0]?.n) !== synthetic.sum)
        throw new Error(`the view holds ${JSON.stringify(sums[0])} instead of ${synthetic.total} and ${synthetic.sum}`);
      await client.end();
      await duckshift.stop();
      synthetic.stop();
    },
  };
}

const running: Awaited<ReturnType<typeof prepare>>[] = [];
for (const subject of subjects) running.push(await prepare(subject));
for (const { refresh } of running) for (let warmUp = 0; warmUp < 5; warmUp++) await refresh();
for (const { samples } of running) samples.length = 0;
for (let round = 0; round < rounds; round++) for (const { refresh } of running) await refresh();
for (const { finish } of running) await finish();

const medians = running.map(({ samples }) => median(samples));
const ratio = (index: number, base: number): number => (medians[index] ?? 0) / (medians[base] ?? 1);
const named = subjects.map(({ rows, groups }) =>
  groups === undefined
    ? `${rows.toLocaleString('en-US')} rows stored`
    : `${groups.toLocaleString('en-US')} groups stored`,
);
report({
  name: 'stored-size',
  figures: [
    ...named.map((what, index) => ({
      what: `REFRESH of ${fresh} records, ${what}, p50`,
      value: medians[index] ?? 0,
      unit: 'ms' as const,
    })),
    ...named.map((what, index) => ({
      what: `REFRESH of ${fresh} records, ${what}, p95`,
      value: percentile(running[index]?.samples ?? [0], 0.95),
      unit: 'ms' as const,
    })),
    { what: '1 M rows to 10 k rows', value: ratio(1, 0), unit: 'x', target: '<= 1.5' },
    { what: '5 M rows to 10 k rows', value: ratio(2, 0), unit: 'x', target: '<= 1.5' },
    { what: '1 M groups to 10 k groups', value: ratio(4, 3), unit: 'x', target: '<= 1.5' },
  ],
});
