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

const psql = (command: string, ...options: string[]): Promise<string> => runPsql([...options, '-c', command], '');

/** Lines as typed. */
const typed = (...lines: string[]): Promise<string> => runPsql([], `${lines.join('\n')}\n`);

function runPsql(options: readonly string[], input: string): Promise<string> {
  const { port } = new URL(duckshift.connectionString);
  const target = `host=localhost hostaddr=127.0.0.1 port=${port} user=awsuser dbname=dev`;
  return new Promise((resolve, reject) => {
    const child = execFile(
      'psql',
      ['-X', '-At', '-d', target, ...options],
      { env: { ...process.env, PGPASSWORD: 'any' } },
      (error, out, err) => (error !== null || err !== '' ? reject(new Error(err)) : resolve(out)),
    );
    child.stdin?.end(input);
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
  expect(await psql('\\df upper')).toBe('pg_catalog|upper|character varying|character varying|func\n');
  expect(await psql('\\dT')).toBe('');
  expect(await psql('\\dT pg_catalog.*')).toContain('pg_catalog|super|');
});

test('every other backslash command answers, or says what is missing', async () => {
  const answered =
    '\\d+ clicked|\\d orders_pkey|\\dS|\\da|\\db|\\db+|\\dc|\\dC|\\ddp|\\dD|\\des|\\deu|\\dew|\\dF|\\dFd|\\dFp|\\dFt|\\dg|\\di+|\\dl|\\dn+|\\do|\\dO|\\dt+|\\dTS int*|\\du+|\\dv+|\\dx|\\l+|\\z|\\dconfig *timeout*';
  expect(await typed(...answered.split('|'))).toContain('what was ordered');
  await expect(psql('\\dd')).rejects.toThrow('system column "tableoid" is not supported');
  expect(await psql('\\sf upper')).toContain('FUNCTION pg_catalog.upper(character varying)');
  expect(await psql('\\sv names')).toContain('SELECT id, name FROM orders WHERE id > 1');
});

test('\\gdesc describes a query; \\dt lists the temporary tables of the session', async () => {
  expect(await typed("SELECT id, amount, s, 'x' || name AS n FROM orders \\gdesc")).toBe(
    'id|integer\namount|numeric(10,2)\ns|super\nn|character varying(21)\n',
  );
  const listed = await typed('CREATE TEMP TABLE basket (a int);', '\\dt basket', '\\d basket');
  expect(listed).toMatch(/^CREATE TABLE\npg_temp_\d+\|basket\|table\|awsuser\na\|integer\|\|\|\n$/);
});

test('object names are cast to their oids and back', async () => {
  const casts = `SELECT 'orders'::regclass, 'app.hidden_from_path'::regclass::text, 'dev.app.hidden_from_path'::regclass, 'integer'::regtype::oid, 1700::regtype`;
  expect(await psql(casts)).toBe('orders|app.hidden_from_path|app.hidden_from_path|23|numeric\n');
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

test('FETCH_COUNT reads by cursor, piece by piece', async () => {
  const sql = 'SELECT n FROM generate_series(1, 10000) AS g(n) ORDER BY n';
  const lines = (await psql(sql, '-v', 'FETCH_COUNT=999')).trim().split('\n');
  expect(lines).toHaveLength(10_000);
  expect([lines[0], lines[9_999]]).toEqual(['1', '10000']);
});

test('attributes the drivers ask for', async () => {
  const keys = `SELECT c.conname, c.contype, c.conkey, f.relname, c.confkey FROM pg_constraint c LEFT JOIN pg_class f ON f.oid = c.confrelid
    WHERE c.conrelid = 'items'::regclass ORDER BY 1`;
  expect(await psql(keys)).toBe('items_order_id_fkey|f|{2}|orders|{1}\nitems_order_id_key|u|{2}||\n');
  const usage =
    "SELECT constraint_name, column_name, ordinal_position FROM information_schema.key_column_usage WHERE table_name = 'orders'";
  expect(await psql(usage)).toBe('orders_pkey|id|1\n');
  expect(await psql("SELECT pg_get_viewdef('names'::regclass)")).toBe('SELECT id, name FROM orders WHERE id > 1;\n');
  expect(await psql("SELECT obj_description('orders'::regclass), col_description('orders'::regclass, 1)")).toBe(
    'what was ordered|its number\n',
  );
  expect(
    await psql(
      "SELECT array_to_string(ARRAY(SELECT nspname FROM pg_namespace WHERE nspname OPERATOR(pg_catalog.~) '^(app|kds)$' ORDER BY 1), ',')",
    ),
  ).toBe('app,kds\n');
  expect(
    await psql("SELECT count(*) FROM pg_class WHERE relkind = ANY (ARRAY['r', 'v']) AND relname LIKE 'mv_tbl__%'"),
  ).toBe('0\n');
  expect(await psql("SELECT count(*) FROM pg_namespace WHERE nspname = 'duckshift'")).toBe('0\n');
});
