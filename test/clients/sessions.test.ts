import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { noStreams } from './no-streams.js';

/** What sessions know of each other and of themselves, through node-postgres. */

let duckshift: Duckshift;
beforeAll(async () => {
  duckshift = await startDuckshift(noStreams);
});
afterAll(() => duckshift.stop());

async function connect(user = 'awsuser', password = 'any'): Promise<pg.Client> {
  const { port } = new URL(duckshift.connectionString);
  const client = new pg.Client({ host: '127.0.0.1', port: Number(port), user, password, database: 'dev' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function value(client: pg.Client, sql: string): Promise<unknown> {
  const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
  return rows[0]?.[0];
}

test('extra_float_digits', async () => {
  const client = await connect();
  expect(await value(client, 'SELECT (0.1::float8 + 0.2::float8)::float8 AS f')).toBe(0.3);
  await client.query('SET extra_float_digits = 2');
  expect(await value(client, 'SELECT (0.1::float8 + 0.2::float8)::float8 AS f')).toBe(0.1 + 0.2);
  expect(await value(client, "SELECT current_setting('extra_float_digits')")).toBe('2');
  await client.end();
});

test('pg_cancel_backend and pg_terminate_backend', async () => {
  const [one, other] = [await connect(), await connect()];
  const pid = await value(other, 'SELECT pg_backend_pid()');
  expect(await value(one, `SELECT pg_cancel_backend(${String(pid)})`)).toBe(true);
  const ended = new Promise((resolve) => other.once('error', resolve));
  expect(await value(one, `SELECT pg_terminate_backend(${String(pid)})`)).toBe(true);
  expect(await ended).toMatchObject({ code: '57P01' });
  expect(await value(one, 'SELECT pg_terminate_backend(1)')).toBe(false);
  expect(await value(one, `SELECT count(*) FROM stv_sessions WHERE process = ${String(pid)}`)).toBe('0');
  await one.end();
});

test('the history of statements', async () => {
  const client = await connect();
  await client.query("SET query_group TO 'nightly'");
  await client.query('CREATE TABLE remembered (a int)');
  await client.query('SELECT count(*) FROM remembered');
  const id = await value(client, 'SELECT pg_last_query_id()');
  await client.query('SELECT nope FROM remembered').catch(() => undefined);
  const { rows } = await client.query(
    `SELECT status, query_type, query_label, query_text FROM sys_query_history WHERE query_id = ${String(id)}`,
  );
  expect(rows.map((row) => [row.status.trim(), row.query_type, row.query_label.trim(), row.query_text.trim()])).toEqual(
    [['success', 'SELECT', 'nightly', 'SELECT count(*) FROM remembered']],
  );
  expect(await value(client, `SELECT trim(querytxt) FROM stl_query WHERE query = ${String(id)}`)).toBe(
    'SELECT count(*) FROM remembered',
  );
  const ddl = "SELECT trim(text) FROM stl_ddltext WHERE text LIKE '%remembered%'";
  expect(await value(client, ddl)).toBe('CREATE TABLE remembered (a int)');
  expect(await value(client, `SELECT count(*) FROM svl_statementtext WHERE pid = pg_backend_pid()`)).not.toBe('0');
  await client.end();
});

test('users made by CREATE USER have to show their password', async () => {
  const client = await connect();
  await client.query("CREATE USER analyst PASSWORD 'Secret123' CREATEDB CONNECTION LIMIT 1");
  await expect(client.query("CREATE USER analyst PASSWORD 'Secret123'")).rejects.toMatchObject({ code: '42710' });
  await expect(client.query("CREATE USER weak PASSWORD 'short'")).rejects.toThrow('8 to 64 characters');
  await expect(connect('analyst', 'wrong')).rejects.toMatchObject({ code: '28000' });
  const analyst = await connect('analyst', 'Secret123');
  expect(await value(analyst, 'SELECT current_user')).toBe('analyst');
  await expect(connect('analyst', 'Secret123')).rejects.toMatchObject({ code: '53300' });
  await analyst.end();
  const info = "SELECT usecreatedb, usesuper FROM pg_user WHERE usename = 'analyst'";
  expect((await client.query(info)).rows).toEqual([{ usecreatedb: true, usesuper: false }]);
  await client.query("ALTER USER analyst PASSWORD 'Another456'");
  await expect(connect('analyst', 'Secret123')).rejects.toMatchObject({ code: '28000' });
  await (await connect('analyst', 'Another456')).end();
  const texts = await client.query("SELECT query_text FROM sys_query_history WHERE query_text LIKE '%analyst%'");
  expect(JSON.stringify(texts.rows)).not.toMatch(/Secret123|Another456/);
  await client.query('DROP USER analyst');
  await client.query('DROP USER IF EXISTS analyst');
  await expect(client.query('DROP USER analyst')).rejects.toMatchObject({ code: '42704' });
  await client.end();
});
