import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import pg from 'pg';
import { type Address, startDuckshiftProcess } from './duckshift-process.js';
import { median, report, timed } from './figures.js';
import { startPostgres } from './peer-postgres.js';

/** A million rows of ten columns to `psql -qAt`, from duckshift and from PostgreSQL in turn. */

const rows = 1_000_000;
const rounds = 5;

/** Values that both print alike: a double needs few digits. */
const columns = [
  'n::int',
  'n::bigint * 1000003',
  '(n % 100000)::decimal(12,2) / 4',
  'n::float8 / 4',
  'n % 3 = 0',
  "'row ' || n::varchar",
  "'a somewhat longer text for row number ' || n::varchar",
  "date '2020-01-01' + (n % 3650)::int",
  "timestamp '2020-01-01 00:00:00' + n * interval '1 second'",
  'CASE WHEN n % 5 = 0 THEN NULL ELSE (n % 1000)::varchar END',
];
const types =
  'a int, b bigint, c decimal(14,2), d float8, e bool, f varchar(40), g varchar(80), h date, i timestamp, j varchar(10)';

async function fill(address: Address): Promise<void> {
  const client = new pg.Client({ ...address, password: 'any' });
  await client.connect();
  await client.query(`CREATE TABLE wide (${types})`);
  await client.query(`INSERT INTO wide SELECT ${columns.join(', ')} FROM generate_series(1, ${rows}) AS numbers(n)`);
  await client.query('ANALYZE wide');
  await client.end();
}

function psql({ host, port, user, database }: Address, output: 'ignore' | 'pipe') {
  const options = [
    '-X',
    '-qAt',
    '-h',
    host,
    '-p',
    String(port),
    '-U',
    user,
    '-d',
    database,
    '-c',
    'SELECT * FROM wide',
  ];
  return spawn('psql', options, { stdio: ['ignore', output, 'inherit'], env: { ...process.env, PGPASSWORD: 'any' } });
}

async function read(address: Address): Promise<void> {
  const [code] = await once(psql(address, 'ignore'), 'exit');
  if (code !== 0) throw new Error(`psql ended with status ${code}`);
}

/** Digest of what psql prints. */
async function printed(address: Address): Promise<string> {
  const hash = createHash('sha256');
  const child = psql(address, 'pipe');
  for await (const chunk of child.stdout ?? []) hash.update(chunk);
  return hash.digest('hex');
}

const postgres = await startPostgres();
const duckshift = await startDuckshiftProcess('--tls', 'off');
const ours = duckshift.address;
try {
  await Promise.all([fill(ours), fill(postgres.address)]);
  if ((await printed(ours)) !== (await printed(postgres.address))) throw new Error('the two print different rows');
  const times: { duckshift: number[]; postgres: number[] } = { duckshift: [], postgres: [] };
  for (let round = 0; round < rounds; round++) {
    times.postgres.push(await timed(() => read(postgres.address)));
    times.duckshift.push(await timed(() => read(ours)));
  }
  const [here, there] = [median(times.duckshift), median(times.postgres)];
  report({
    name: 'rows-to-psql',
    figures: [
      { what: `1 M rows of 10 columns to psql -qAt, duckshift`, value: here, unit: 'ms' },
      { what: `the same, PostgreSQL ${postgres.version}`, value: there, unit: 'ms' },
      { what: 'duckshift to PostgreSQL', value: here / there, unit: 'x', target: '<= 1' },
    ],
  });
} finally {
  await duckshift.stop();
  await postgres.stop();
}
