import { execFile } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Duckshift, startDuckshift } from '../../src/index.js';

/** Footers (keys, a view's text) belong to the aligned form only. */
const aligned = ['-P', 'format=aligned', '-P', 'tuples_only=off'];

/** psql's backslash commands against a database with everything that can be listed. */

let duckshift: Duckshift;
beforeAll(async () => {
  duckshift = await startDuckshift();
  await duckshift.createStream('clicks');
  await duckshift.query(`
    CREATE TABLE orders (id int primary key, name varchar(20) not null default 'x', amount numeric(10,2), at timestamp, s super) distkey(id) sortkey(at);
    CREATE TABLE items (id bigint identity(1,1), order_id int, unique(order_id), foreign key (order_id) references orders(id));
    CREATE VIEW names AS SELECT id, name FROM orders WHERE id > 1;
    CREATE VIEW late AS SELECT * FROM public.orders WITH NO SCHEMA BINDING;
    CREATE SCHEMA app;
    CREATE TABLE app.hidden_from_path (a int);
    COMMENT ON TABLE orders IS 'what was ordered';
    COMMENT ON COLUMN orders.id IS 'its number'`);
  await duckshift.query("CREATE EXTERNAL SCHEMA kds FROM KINESIS IAM_ROLE 'arn:aws:iam::123456789012:role/reader'");
  await duckshift.query(
    'CREATE MATERIALIZED VIEW clicked AS SELECT approximate_arrival_timestamp, JSON_PARSE(kinesis_data) AS d FROM kds."clicks"',
  );
}, 60_000);
afterAll(() => duckshift.stop());

function psql(command: string, ...options: string[]): Promise<string> {
  const { port } = new URL(duckshift.connectionString);
  const target = `host=localhost hostaddr=127.0.0.1 port=${port} user=awsuser dbname=dev`;
  return new Promise((resolve, reject) => {
    execFile(
      'psql',
      ['-X', '-At', ...options, target, '-c', command],
      { env: { ...process.env, PGPASSWORD: 'any' } },
      (error, out, err) => (error !== null || err !== '' ? reject(new Error(err)) : resolve(out)),
    );
  });
}

test('\\d, \\dt, \\dv list tables and views; a materialized view is a view, and what stands behind it is hidden', async () => {
  const tables = ['public|items|table|awsuser', 'public|orders|table|awsuser'];
  const views = ['public|clicked|view|awsuser', 'public|late|view|awsuser', 'public|names|view|awsuser'];
  expect((await psql('\\dt')).trim().split('\n')).toEqual(tables);
  expect((await psql('\\dv')).trim().split('\n')).toEqual(views);
  expect((await psql('\\d')).trim().split('\n')).toEqual([...tables, ...views].sort());
  expect(await psql('\\d+')).toContain('what was ordered');
  expect(await psql('\\dt app.*')).toBe('app|hidden_from_path|table|awsuser\n');
});

test('\\d of a table, a view and a materialized view', async () => {
  const orders = await psql('\\d+ orders', ...aligned);
  expect(orders).toMatch(/^ name +\| character varying\(20\) +\| +\| not null +\| 'x' /m);
  expect(orders).toMatch(/^ amount +\| numeric\(10,2\) /m);
  expect(orders).toMatch(/^ id +\| integer .*\| its number$/m);
  expect(orders).toContain('"orders_pkey" PRIMARY KEY, btree (id)');
  const items = await psql('\\d items', ...aligned);
  expect(items).toContain('"items_order_id_key" UNIQUE CONSTRAINT, btree (order_id)');
  expect(items).toContain('"items_order_id_fkey" FOREIGN KEY (order_id) REFERENCES orders(id)');
  const view = await psql('\\d+ names', ...aligned);
  expect(view).toMatch(/^ id +\| integer /m);
  expect(view).toContain('SELECT id, name FROM orders WHERE id > 1;');
  expect(await psql('\\d clicked')).toContain('d|super|');
});

test('\\dn, \\l, \\du, \\di, \\dp, \\df, \\dT', async () => {
  expect(await psql('\\dn')).toBe('app|awsuser\nkds|awsuser\npublic|awsuser\n');
  expect(await psql('\\l')).toMatch(/^dev\|awsuser\|UTF8\|/);
  expect(await psql('\\du')).toContain('awsuser|Superuser');
  expect(await psql('\\di')).toContain('public|orders_pkey|index|awsuser|orders');
  expect(await psql('\\dp')).toContain('public|clicked|view|');
  expect(await psql('\\df')).toBe('');
  expect(await psql('\\dT')).toBe('');
  expect(await psql('\\dT pg_catalog.*')).toContain('pg_catalog|super|');
});

test('object names are cast to their oids and back', async () => {
  const casts = `SELECT 'orders'::regclass, 'app.hidden_from_path'::regclass::text, 'integer'::regtype::oid, 1700::regtype`;
  expect(await psql(casts)).toBe('orders|app.hidden_from_path|23|numeric\n');
  expect(await psql("SELECT relname FROM pg_class WHERE oid = 'pg_catalog.pg_class'::regclass")).toBe('pg_class\n');
  await expect(psql("SELECT 'nowhere'::regclass")).rejects.toThrow('relation "nowhere" does not exist');
});

test('functions of the catalogs in FROM', async () => {
  const late =
    'SELECT col_name, col_type FROM pg_get_late_binding_view_cols() c(s name, v name, col_name name, col_type varchar, n int)';
  expect(await psql(`${late} WHERE v = 'late' AND n = 2`)).toBe('name|character varying(20)\n');
  expect(await psql("SELECT col_name, col_num FROM pg_get_cols('public.names')")).toBe('id|1\nname|2\n');
  expect(await psql('SELECT s FROM unnest(current_schemas(true)) s')).toBe('pg_catalog\npublic\n');
  expect(await psql('SELECT x FROM current_schema() x')).toBe('public\n');
});

test('every view of the server can be read', async () => {
  const list = `SELECT nspname || '.' || relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE nspname IN ('pg_catalog', 'information_schema')`;
  const names = (await psql(list)).trim().split('\n');
  expect(names.length).toBeGreaterThan(80);
  for (const name of names) await duckshift.query(`SELECT * FROM ${name} LIMIT 2`);
});
