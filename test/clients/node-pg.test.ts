import { readFileSync } from 'node:fs';
import pg from 'pg';
import Cursor from 'pg-cursor';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { noStreams } from './no-streams.js';

/** npm's pg, against a whole server. */

let duckshift: Duckshift;
beforeAll(async () => {
  duckshift = await startDuckshift(noStreams);
});
afterAll(() => duckshift.stop());

async function connect(config: pg.ClientConfig = {}): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: duckshift.connectionString, ...config });
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

test('parameters of every kind, typed by where they stand', async () => {
  const client = await connect();
  await client.query(`CREATE TABLE given (b bool, i2 smallint, i4 int, i8 bigint, n numeric(10,3), f float8, v varchar(20),
    d date, ts timestamp, s super, vb varbyte)`);
  const insert = 'INSERT INTO given VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)';
  const values = [
    true,
    -1,
    42,
    '9000000000',
    '12.5',
    0.25,
    'ünï',
    '2024-02-29',
    '2024-02-29 12:34:56.7',
    null,
    Buffer.from([255, 0]),
  ];
  expect(await client.query(insert, values)).toMatchObject({ command: 'INSERT', rowCount: 1 });
  expect(
    await client.query(
      insert,
      values.map(() => null),
    ),
  ).toMatchObject({ rowCount: 1 });
  const { rows, fields } = await client.query({ text: 'SELECT * FROM given ORDER BY i4', rowMode: 'array' });
  expect(fields.map(({ dataTypeID }) => dataTypeID)).toEqual([16, 21, 23, 20, 1700, 701, 1043, 1082, 1114, 4000, 6551]);
  expect(fields.map(({ dataTypeModifier }) => dataTypeModifier).slice(4, 7)).toEqual([((10 << 16) | 3) + 4, -1, 24]);
  const [first, second] = rows;
  expect(first?.slice(0, 7)).toEqual([true, -1, 42, '9000000000', '12.500', 0.25, 'ünï']);
  expect(first?.slice(9)).toEqual([null, 'ff00']);
  expect(second).toEqual(Array(11).fill(null));
  const found = await client.query('SELECT i4 FROM given WHERE v = $1 AND i8 > $2 AND d = $3', [
    'ünï',
    5,
    '2024-02-29',
  ]);
  expect(found.rows).toEqual([{ i4: 42 }]);
  await expect(client.query('SELECT i4 FROM given WHERE i4 = $1', ['no number'])).rejects.toMatchObject({
    severity: 'ERROR',
  });
});

test('text without a type for a VARBYTE is its characters, bytes are bytes', async () => {
  const client = await connect();
  await client.query('CREATE TEMP TABLE raw (id int, v varbyte(20))');
  await client.query('INSERT INTO raw VALUES (1, $1), (2, $2), (3, $3)', ['00', 'zz', Buffer.from([0, 255])]);
  await client.query("INSERT INTO raw VALUES (4, '00')");
  const { rows } = await client.query('SELECT id, to_hex(v) AS hex FROM raw ORDER BY id');
  expect(rows.map(({ hex }) => hex)).toEqual(['3030', '7a7a', '00ff', '3030']);
  const found = await client.query('SELECT count(*)::int AS n FROM raw WHERE v = $1', ['zz']);
  expect(found.rows).toEqual([{ n: 1 }]);

  await duckshift.query('CREATE TABLE raw_inside (v varbyte(20))');
  await duckshift.query('INSERT INTO raw_inside VALUES ($1)', ['zz']);
  await duckshift.query('INSERT INTO raw_inside VALUES ($1)', [Buffer.from([0])]);
  const inside = await duckshift.query('SELECT to_hex(v) AS hex FROM raw_inside ORDER BY 1');
  expect(inside.rows).toEqual([{ hex: '00' }, { hex: '7a7a' }]);
});

test('named statements live on while tables change under them', async () => {
  const client = await connect();
  await client.query('CREATE TABLE changing (a int)');
  const count = { name: 'count', text: 'SELECT count(*) AS n FROM changing WHERE a > $1' };
  expect((await client.query({ ...count, values: [0] })).rows).toEqual([{ n: '0' }]);
  await client.query('INSERT INTO changing VALUES (1), (2)');
  expect((await client.query({ ...count, values: [1] })).rows).toEqual([{ n: '1' }]);
  await client.query('DROP TABLE changing');
  await expect(client.query({ ...count, values: [1] })).rejects.toMatchObject({ code: '42P01' });
  await client.query('CREATE TABLE changing (a bigint, b int)');
  expect((await client.query({ ...count, values: [1] })).rows).toEqual([{ n: '0' }]);
});

test('transactions of several clients do not see each other before COMMIT', async () => {
  const [one, two] = [await connect(), await connect()];
  await one.query('CREATE TABLE shared (a int)');
  await one.query('BEGIN');
  await one.query('INSERT INTO shared VALUES ($1)', [1]);
  expect((await two.query('SELECT count(*) AS n FROM shared')).rows).toEqual([{ n: '0' }]);
  await one.query('COMMIT');
  expect((await two.query('SELECT count(*) AS n FROM shared')).rows).toEqual([{ n: '1' }]);
  await one.query('BEGIN');
  await one.query('DELETE FROM shared');
  await one.query('ROLLBACK');
  expect((await two.query('SELECT count(*) AS n FROM shared')).rows).toEqual([{ n: '1' }]);
});

test('a client that leaves in a transaction takes its changes with it', async () => {
  const [leaver, stayer] = [await connect(), await connect()];
  await stayer.query('CREATE TABLE kept (a int)');
  await leaver.query('BEGIN');
  await leaver.query('INSERT INTO kept VALUES (1)');
  await leaver.end();
  expect((await stayer.query('SELECT count(*) AS n FROM kept')).rows).toEqual([{ n: '0' }]);
  await stayer.query('INSERT INTO kept VALUES (2)');
  expect((await stayer.query('SELECT a FROM kept')).rows).toEqual([{ a: 2 }]);
});

test('a pool of clients writing and reading at once', async () => {
  const pool = new pg.Pool({ connectionString: duckshift.connectionString, max: 10 });
  onTestFinished(() => pool.end());
  await pool.query('CREATE TABLE busy (worker int, n int)');
  await Promise.all(
    Array.from({ length: 100 }, async (_, n) => {
      await pool.query('INSERT INTO busy VALUES ($1, $2)', [n % 10, n]);
      const { rows } = await pool.query('SELECT n FROM busy WHERE n = $1', [n]);
      expect(rows).toEqual([{ n }]);
    }),
  );
  const { rows } = await pool.query('SELECT count(*) AS n, sum(n) AS total FROM busy');
  expect(rows).toEqual([{ n: '100', total: '4950' }]);
});

test('errors have code, position and severity; the connection goes on', async () => {
  const client = await connect();
  await expect(client.query('SELECT * FROM no_such_table')).rejects.toMatchObject({
    code: '42P01',
    severity: 'ERROR',
    message: 'relation "no_such_table" does not exist',
    position: '15',
  });
  await expect(client.query('SELECT no_such_function($1)', [1])).rejects.toMatchObject({ code: '42883' });
  await expect(client.query('COPY t FROM STDIN')).rejects.toMatchObject({ severity: 'ERROR' });
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});

test('settings: told at start, told when they change, each session its own', async () => {
  const client = await connect({ application_name: 'test of settings' });
  const other = await connect();
  expect((await client.query('SHOW application_name')).rows).toEqual([{ application_name: 'test of settings' }]);
  await client.query("SET TIME ZONE 'Europe/Paris'");
  const noon = `SELECT '2024-07-01 12:00:00+00'::timestamptz::varchar AS t`;
  expect((await client.query(noon)).rows).toEqual([{ t: '2024-07-01 14:00:00+02' }]);
  expect((await other.query(noon)).rows).toEqual([{ t: '2024-07-01 12:00:00+00' }]);
});

test('TLS verified against the CA file that the server names', async () => {
  const { port } = new URL(duckshift.connectionString);
  const ssl = { ca: readFileSync(duckshift.ca ?? '', 'utf8') };
  const client = await connect({
    connectionString: undefined,
    host: 'localhost',
    port: Number(port),
    user: 'awsuser',
    database: 'dev',
    ssl,
  });
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});

test('pg-cursor may stop early', async () => {
  const client = await connect();
  const cursor = client.query(new Cursor('SELECT n FROM generate_series(1, 10000) AS g(n)'));
  expect(await cursor.read(3)).toHaveLength(3);
  await cursor.close();
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});
