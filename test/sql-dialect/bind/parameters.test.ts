import { describe, expect, it } from 'vitest';
import { displayType } from '../../../sql-dialect/index.js';
import { lines, useDatabase } from '../tables.js';

const database = useDatabase({
  t: {
    columns: 'id int, name varchar(20), price numeric(8,2), at timestamp, ok boolean, data super, raw varbyte(10)',
    rows: ["1, 'a', 1.50, timestamp '2020-01-01 10:00:00', true, json_parse('{\"k\": \"v\"}'), 'xyz'::varbyte"],
  },
});

describe('parameters take the type of their place', () => {
  it.each([
    ['SELECT id FROM t WHERE id = $1', ['integer']],
    ['SELECT id FROM t WHERE $1 = name', ['character varying']],
    ['SELECT id FROM t WHERE at BETWEEN $1 AND $2', ['timestamp without time zone', 'timestamp without time zone']],
    ['SELECT id FROM t WHERE id IN ($1, $2)', ['integer', 'integer']],
    ['SELECT $1::bigint', ['bigint']],
    ['SELECT $2::int, $1::date', ['date', 'integer']],
    ['SELECT upper($1)', ['character varying']],
    ['SELECT dateadd(day, $1, $2)', ['bigint', 'timestamp without time zone']],
    ['SELECT CASE WHEN ok THEN price ELSE $1 END FROM t', ['numeric']],
    ['SELECT id FROM t WHERE $1', ['boolean']],
    ['SELECT id FROM t LIMIT $1 OFFSET $2', ['bigint', 'bigint']],
    [
      'INSERT INTO t (id, name, at) VALUES ($1, $2, $3)',
      ['integer', 'character varying', 'timestamp without time zone'],
    ],
    ['UPDATE t SET price = $2 WHERE id = $1', ['integer', 'numeric']],
    ['SELECT $1', ['"unknown"']],
    ['SELECT $1 || $1', ['character varying']],
  ])('%s', (sql, types) => {
    const plan = database.compile(sql);
    if (!('parameters' in plan)) throw new Error('no parameters');
    const parameters = Array.isArray(plan.parameters) ? plan.parameters : [];
    expect(parameters.map((type) => displayType(type))).toEqual(types);
  });

  it.each([
    ['SELECT id FROM t WHERE id = $1', ['1'], ['1']],
    ['SELECT id FROM t WHERE name = $1', ['a '], ['1']],
    ['SELECT $1 + 1, $2::boolean, $3::date', ['41', 't', '2020-01-31'], ['42|t|2020-01-31']],
    ['SELECT id FROM t WHERE at = $1', ['2020-01-01 10:00'], ['1']],
    ['SELECT id FROM t WHERE data.k = $1', ['v'], ['1']],
    ['SELECT id FROM t WHERE raw = $1', ['78797a'], ['1']],
    ['SELECT price * $1 FROM t', ['2'], ['3.0000']],
    ['SELECT coalesce($1, name) FROM t', [null], ['a']],
    ['SELECT $1', ['text'], ['text']],
    ['SELECT id FROM t ORDER BY id LIMIT $1', ['0'], []],
  ])('%s with %j', async (sql, parameters, expected) => {
    expect(lines(await database.query(sql, {}, parameters))).toEqual(expected);
  });

  it('refuses a value that is none of the type', async () => {
    await expect(database.query('SELECT $1::boolean', {}, ['maybe'])).rejects.toMatchObject({
      code: '22P02',
    });
  });
});
