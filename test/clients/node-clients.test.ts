import pg from 'pg';
import Cursor from 'pg-cursor';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { noStreams } from './no-streams.js';

/** pg-cursor and postgres.js against a whole server. */

let duckshift: Duckshift;
beforeAll(async () => {
  duckshift = await startDuckshift(noStreams);
});
afterAll(() => duckshift.stop());

const port = (): number => Number(new URL(duckshift.connectionString).port);

test('pg-cursor reads 10,000 rows in pieces and may stop early', async () => {
  const client = new pg.Client({ host: '127.0.0.1', port: port(), user: 'awsuser', password: 'any', database: 'dev' });
  await client.connect();
  const cursor = client.query(new Cursor('SELECT n FROM generate_series(1, 10000) AS g(n) ORDER BY n'));
  let sum = 0;
  for (let rows = await cursor.read(999); rows.length > 0; rows = await cursor.read(999))
    for (const row of rows) sum += Number(row.n);
  expect(sum).toBe(50_005_000);
  const abandoned = client.query(new Cursor('SELECT n FROM generate_series(1, 10000) AS g(n)'));
  expect(await abandoned.read(3)).toHaveLength(3);
  await abandoned.close();
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await client.end();
});

test('postgres.js: types, parameters, cursor, transaction, error, cancel', async () => {
  const sql = postgres({ host: '127.0.0.1', port: port(), user: 'awsuser', password: 'any', database: 'dev', max: 1 });
  const [row] =
    await sql`SELECT true AS b, 2 AS i, 9000000000::bigint AS l, 123.450::decimal(38,3) AS d, NULL::int AS n, date '2024-02-29' AS day`;
  expect(row).toEqual({ b: true, i: 2, l: '9000000000', d: '123.450', n: null, day: new Date('2024-02-29T00:00:00Z') });
  expect(await sql`SELECT ${41}::int + 1 AS answer, ${"o'clock"}::varchar AS text`).toEqual([
    { answer: 42, text: "o'clock" },
  ]);
  let count = 0;
  await sql`SELECT n FROM generate_series(1, 10000) AS g(n)`.cursor(1000, (rows) => {
    count += rows.length;
  });
  expect(count).toBe(10_000);
  await sql`CREATE TABLE c_postgres (n int)`;
  await sql
    .begin(async (inner) => {
      await inner`INSERT INTO c_postgres VALUES (1)`;
      throw new Error('undone');
    })
    .catch(() => undefined);
  expect(await sql`SELECT count(*) AS n FROM c_postgres`).toEqual([{ n: '0' }]);
  await expect(sql`SELECT nope FROM c_postgres`).rejects.toMatchObject({ code: '42703' });
  const endless = sql`SELECT count(*) FROM generate_series(1, 100000) AS a(x), generate_series(1, 100000) AS b(y) WHERE x + y = -1`;
  setTimeout(() => endless.cancel(), 300);
  await expect(endless).rejects.toMatchObject({ code: '57014' });
  await sql.end();
});

test('postgres.js over TLS that is verified', async () => {
  const { readFile } = await import('node:fs/promises');
  const ca = await readFile(duckshift.ca ?? '', 'utf8');
  const sql = postgres({
    host: 'localhost',
    port: port(),
    user: 'awsuser',
    password: 'any',
    database: 'dev',
    ssl: { ca },
  });
  expect(await sql`SELECT 1 AS one`).toEqual([{ one: 1 }]);
  await sql.end();
});
