import { describe, expect, it } from 'vitest';
import { useDatabase } from '../tables.js';

const database = useDatabase({ t: { columns: 'id int, name varchar(20), data super' } });

describe('labels of columns without alias', () => {
  it.each([
    ['id', 'id'],
    ['t.name', 'name'],
    ['(id)', 'id'],
    ['id + 1', '?column?'],
    ['-id', '?column?'],
    ["'x'", '?column?'],
    ['NULL', '?column?'],
    ['true', 'bool'],
    ['id::bigint', 'id'],
    ["'1'::int", 'int4'],
    ['(id + 1)::varchar', 'varchar'],
    ["cast('a' AS char(3))", 'bpchar'],
    ["date '2020-01-01'", 'date'],
    ["interval '1 day'", 'interval'],
    ['upper(name)', 'upper'],
    ['upper(name)::varchar(3)', 'upper'],
    ['count(*)', 'count'],
    ["nvl(name, 'x')", 'coalesce'],
    ['data.a.b', 'b'],
    ['data.items[0]', 'items'],
    ['data."Items"[0]."Price"', 'price'],
    ['data.a::int', 'a'],
    ["json_parse('{}').a", 'a'],
    ["CASE WHEN id = 1 THEN 'a' ELSE 'b' END", 'case'],
    ['CASE WHEN id = 1 THEN 0 ELSE id END', 'id'],
    ['extract(year FROM current_date)', 'date_part'],
    ['(SELECT max(id) FROM t)', '?column?'],
    ['EXISTS (SELECT 1)', '?column?'],
    ['id IN (1, 2)', '?column?'],
    ['name IS NULL', '?column?'],
    ['dateadd(day, 1, current_date)', 'date_add'],
    ['getdate()', 'timestamp'],
    ['convert(varchar(30), getdate())', 'getdate'],
    ["trim(LEADING ' ' FROM name)", 'ltrim'],
    ['current_date', 'date'],
    ['id AS "Two Words"', 'two words'],
    ['id::int AS x', 'x'],
  ])('%s', (expression, label) => {
    const aggregates = expression === 'count(*)';
    const plan = database.compile(`SELECT ${expression} FROM t${aggregates ? '' : ' GROUP BY id, name, data'}`);
    if (!('columns' in plan)) throw new Error('not a query');
    expect(plan.columns.map((column) => ('label' in column ? column.label : ''))).toEqual([label]);
  });

  it('says where bare columns come from', () => {
    const plan = database.compile('SELECT id AS x, data.a, q.name FROM (SELECT id, data, name FROM t) q');
    if (!('columns' in plan)) throw new Error('not a query');
    expect(plan.columns.map((column) => ('source' in column ? column.source?.column : undefined))).toEqual([
      'id',
      undefined,
      'name',
    ]);
  });

  it('keeps equal labels apart inside the engine only', async () => {
    const answer = await database.query('SELECT * FROM (SELECT t.id, u.id FROM t, t u) q');
    expect(answer.labels).toEqual(['id', 'id']);
  });
});
