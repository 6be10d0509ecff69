import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAllRows } from '../../src/session/text-rows.js';
import { openTestHost, type TestHost } from './open-test-host.js';

/** `:name` parameters, as the Data API binds them. */

let host: TestHost;
beforeAll(async () => {
  host = await openTestHost();
  const { session } = await host.open();
  const setup =
    'CREATE TABLE items (id int, name varchar(10), price numeric(8,2)); INSERT INTO items VALUES (1, $$one$$, 12.35)';
  for (const statement of session.parse(setup).statements)
    await session.execute(await session.prepare(statement, []), []);
});
afterAll(() => host.close());

async function run(sql: string, values: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const opened = await host.open();
  const [statement] = opened.session.parse(sql, { namedParameters: true }).statements;
  if (statement === undefined) throw new Error('no statement');
  const prepared = await opened.session.prepare(statement, []);
  const parameters = (statement.parameterNames ?? []).map((name) => values[name] ?? null);
  const { rows } = await opened.session.execute(prepared, parameters);
  return rows === undefined ? undefined : (await readAllRows(rows))[0];
}

test('values go where their names stand, whatever is bound first', async () => {
  const sql = `SELECT :last::varchar, n.a, :first::int + 1 FROM (SELECT :middle::varchar AS a) n WHERE :first::int > 0`;
  expect(await run(sql, { first: '1', middle: 'm', last: 'l' })).toEqual(['l', 'm', '2']);
});

test('a name used twice is one parameter; each takes the type of its place', async () => {
  const sql = 'SELECT id FROM items WHERE id = :id AND name = :name AND id < :id + 1';
  expect(await run(sql, { id: '1', name: 'one' })).toEqual(['1']);
});

test('casts, strings and comments hold no parameters', async () => {
  const { session } = await host.open();
  const [statement] = session.parse(`SELECT ':a', 'x'::varchar /* :b */, :c -- :d`, {
    namedParameters: true,
  }).statements;
  expect(statement?.parameterNames).toEqual(['c']);
});

test('a value is a value: SQL inside it is text', async () => {
  expect(await run('SELECT :v', { v: `'; DROP TABLE items; --` })).toEqual([`'; DROP TABLE items; --`]);
});

describe('decimals', () => {
  test('are compared with all their digits', async () => {
    expect(await run('SELECT count(*) FROM items WHERE price = :p', { p: '12.345' })).toEqual(['0']);
    expect(await run('SELECT count(*) FROM items WHERE price > :p', { p: '12.349' })).toEqual(['1']);
    expect(await run('SELECT count(*) FROM items WHERE price = :p', { p: '12.35' })).toEqual(['1']);
    expect(await run('SELECT count(*) FROM items WHERE price < :p', { p: '123456789.123456' })).toEqual(['1']);
  });
});

test('SQL PREPARE compares decimals with all their digits too', async () => {
  const opened = await host.open();
  await opened.run('PREPARE by_price AS SELECT count(*) FROM items WHERE price = $1');
  expect((await opened.run('EXECUTE by_price (12.345)')).rows).toEqual([['0']]);
  expect((await opened.run('EXECUTE by_price (12.35)')).rows).toEqual([['1']]);
});

test('numbered parameters have no value', async () => {
  await expect(run('SELECT :a, $1', { a: 'x' })).rejects.toMatchObject({
    code: '42P02',
    message: 'there is no parameter $1',
    position: 12,
  });
});

test('texts are kept apart from those of the other mode', async () => {
  const { session } = await host.open();
  expect(session.parse('SELECT :x', { namedParameters: true }).statements[0]?.parameterNames).toEqual(['x']);
  expect(() => session.parse('SELECT :x')).toThrow('syntax error');
});

test('definitions outlive values: views take no parameters', async () => {
  for (const kind of ['VIEW', 'MATERIALIZED VIEW'])
    await expect(run(`CREATE ${kind} v AS SELECT id FROM items WHERE id = :id`, { id: '1' })).rejects.toMatchObject({
      code: '42P02',
    });
  await expect(
    run('CREATE VIEW v AS SELECT id FROM public.items WHERE id = :id WITH NO SCHEMA BINDING', { id: '1' }),
  ).rejects.toMatchObject({ code: '42P02' });
});
