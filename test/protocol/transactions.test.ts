import { expect, test } from 'vitest';
import { client, fields, letters, text } from '../wire/raw-client.js';
import { exchange, failure, run, value, wholeServer } from './whole-server.js';

/** Transactions as clients see them: status in ReadyForQuery, tags, SQLSTATEs, and what is left of the data. */

const server = wholeServer();
let tables = 0;

/** Two sessions and a table that holds 1. */
async function ground() {
  const [{ raw: a }, { raw: b }] = [await server.raw(), await server.raw()];
  const table = `ledger_${++tables}`;
  await a.query(`CREATE TABLE ${table} (n int); INSERT INTO ${table} VALUES (1)`);
  const count = (): Promise<string | null | undefined> => value(b, `SELECT count(*) FROM ${table}`);
  return { a, b, table, count };
}

test('a failed block: 25P02 for everything, in both protocols, until it ends', async () => {
  const { a, table, count } = await ground();
  const status = async (sql: string) => text((await a.query(sql)).at(-1));
  expect(await status('BEGIN')).toBe('T');
  await a.query(`INSERT INTO ${table} VALUES (2)`);
  expect(await status('SELECT 1/0')).toBe('E');
  const aborted = '25P02 current transaction is aborted, commands ignored until end of transaction block';
  for (const sql of [
    'SELECT 1',
    'SET query_group TO x',
    `CREATE TABLE ${table}_x (n int)`,
    'BEGIN',
    'DECLARE c CURSOR FOR SELECT 1',
  ])
    expect(await failure(a, sql), sql).toBe(aborted);
  const extended = await exchange(a, ...run('SELECT 1'));
  expect(fields(extended.find(({ type }) => type === 'E'))).toMatchObject({ C: '25P02' });
  expect(text(extended.at(-1))).toBe('E');
  const end = await exchange(a, ...run('COMMIT'));
  expect(text(end.at(-2))).toBe('ROLLBACK');
  expect(text(end.at(-1))).toBe('I');
  expect(await count()).toBe('1');
});

test('errors found by Parse, Bind and the protocol fail the block too', async () => {
  const { a } = await ground();
  for (const bad of [
    [client.parse('SELEC')],
    [client.parse('SELECT nothing FROM nowhere')],
    [client.bind({ statement: 'unheard of' })],
    [client.parse('SELECT $1::int'), client.bind({ parameters: ['x'] }), client.execute()],
    [client.message('B', Buffer.from([1]))],
  ]) {
    await a.query('BEGIN');
    expect(text((await exchange(a, ...bad)).at(-1))).toBe('E');
    expect(text((await a.query('ROLLBACK')).at(-1))).toBe('I');
  }
});

test('DDL is part of its block: unseen by others, gone with ROLLBACK', async () => {
  const { a, b, table } = await ground();
  const made = ['TABLE', 'VIEW'].map((kind) => `${kind.toLowerCase()}_of_${table}`);
  const ddl = [
    `CREATE TABLE ${made[0]} (n int)`,
    `CREATE VIEW ${made[1]} AS SELECT n FROM ${table}`,
    `ALTER TABLE ${table} ADD COLUMN m int`,
    `CREATE SCHEMA schema_of_${table}`,
    `COMMENT ON TABLE ${table} IS 'noted'`,
  ];
  const shape = async () => [
    await failure(b, `SELECT * FROM ${made[0]}`),
    await failure(b, `SELECT * FROM ${made[1]}`),
    await failure(b, `SELECT m FROM ${table}`),
    await value(b, `SELECT count(*) FROM pg_namespace WHERE nspname = 'schema_of_${table}'`),
    await value(b, `SELECT obj_description('${table}'::regclass)`),
  ];
  const before = await shape();
  expect(before[3]).toBe('0');
  await a.query('BEGIN');
  for (const sql of ddl) expect(await failure(a, sql), sql).toBeUndefined();
  expect(await value(a, `SELECT count(*) FROM ${made[1]}`)).toBe('1');
  expect(await shape()).toEqual(before);
  await a.query('ROLLBACK');
  expect(await shape()).toEqual(before);
  await a.query('BEGIN');
  for (const sql of ddl) await a.query(sql);
  await a.query('COMMIT');
  expect(await shape()).toEqual([undefined, undefined, undefined, '1', 'noted']);
  await a.query('BEGIN');
  await a.query(`DROP VIEW ${made[1]}`);
  await a.query(`DROP TABLE ${made[0]}`);
  await a.query('ROLLBACK');
  expect(await failure(b, `SELECT * FROM ${made[1]}`)).toBeUndefined();
});

test('two writers of one row: the later one gets 1023 as XX000 with its detail, and its block has failed', async () => {
  const { a, b, table } = await ground();
  for (const raw of [a, b]) {
    await raw.query('BEGIN');
    await raw.query(`SELECT * FROM ${table}`);
  }
  await a.query(`UPDATE ${table} SET n = 10`);
  const answer = await b.query(`UPDATE ${table} SET n = 20`);
  expect(fields(answer[0])).toMatchObject({
    S: 'ERROR',
    C: 'XX000',
    M: '1023',
    D: expect.stringContaining('Serializable isolation violation'),
  });
  expect(text(answer.at(-1))).toBe('E');
  expect(await failure(b, 'SELECT 1')).toMatch(/^25P02/);
  await b.query('ROLLBACK');
  await a.query('COMMIT');
  expect(await value(b, `SELECT n FROM ${table}`)).toBe('10');
});

test('TRUNCATE commits what came before it, in a block and in a text of several statements', async () => {
  const { a, table, count } = await ground();
  await a.query(`CREATE TABLE emptied_${table} (n int)`);
  await a.query('BEGIN');
  await a.query(`INSERT INTO ${table} VALUES (2)`);
  expect(text((await a.query(`TRUNCATE emptied_${table}`)).at(-1))).toBe('I');
  expect(await count()).toBe('2');
  expect(letters(await a.query('ROLLBACK'))).toBe('NCZ');
  expect(await count()).toBe('2');
  // What follows it in the text is another transaction.
  expect(
    letters(
      await a.query(
        `INSERT INTO ${table} VALUES (3); TRUNCATE emptied_${table}; INSERT INTO ${table} VALUES (4); SELECT 1/0`,
      ),
    ),
  ).toMatch(/^CCCT?EZ$/);
  expect(await count()).toBe('3');
});

test('statements that cannot be in a block say so and fail it', async () => {
  const { a, table } = await ground();
  await a.query(`CREATE TABLE source_${table} (n int)`);
  for (const sql of [`VACUUM`, `ALTER TABLE ${table} APPEND FROM source_${table}`]) {
    await a.query('BEGIN');
    expect(await failure(a, sql), sql).toMatch(/^25001 .* cannot run inside a transaction block$/);
    expect(text((await a.query('ROLLBACK')).at(-2))).toBe('ROLLBACK');
    expect(await failure(a, sql), sql).toBeUndefined();
  }
});

test('a client that goes, or is cancelled, in a block leaves nothing of it', async () => {
  const { a, b, table, count } = await ground();
  const { raw: gone } = await server.raw();
  await gone.query(`BEGIN; INSERT INTO ${table} VALUES (2); CREATE TABLE gone_${table} (n int)`);
  gone.destroy();
  // Its name is free again.
  expect(await failure(b, `CREATE TABLE gone_${table} (n int)`)).toBeUndefined();
  expect(await count()).toBe('1');
  await a.query(`BEGIN; INSERT INTO ${table} VALUES (2)`);
  await a.query('SET statement_timeout TO 100');
  const endless =
    'SELECT count(*) FROM generate_series(1, 1000000) a(x), generate_series(1, 1000000) b(y) WHERE x + y = -1';
  expect(await failure(a, endless)).toMatch(/^57014/);
  expect(text((await a.query('COMMIT')).at(-2))).toBe('ROLLBACK');
  expect(await count()).toBe('1');
});

test('BEGIN twice and ends without a beginning are warnings; tags follow the words', async () => {
  const { a } = await ground();
  const told = async (sql: string) => {
    const answer = await a.query(sql);
    const notice = answer.find(({ type }) => type === 'N');
    return [
      notice && `${fields(notice).S} ${fields(notice).C}`,
      text(answer.find(({ type }) => type === 'C')),
      text(answer.at(-1)),
    ];
  };
  expect(await told('START TRANSACTION')).toEqual([undefined, 'START TRANSACTION', 'T']);
  expect(await told('BEGIN')).toEqual(['WARNING 25001', 'BEGIN', 'T']);
  expect(await told('END')).toEqual([undefined, 'COMMIT', 'I']);
  expect(await told('COMMIT')).toEqual(['WARNING 25P01', 'COMMIT', 'I']);
  expect(await told('ABORT')).toEqual(['WARNING 25P01', 'ROLLBACK', 'I']);
  expect(await told('DROP TABLE IF EXISTS never_made')).toEqual(['INFO 00000', 'DROP TABLE', 'I']);
});
