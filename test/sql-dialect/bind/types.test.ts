import { describe, expect, it } from 'vitest';
import { displayType } from '../../../sql-dialect/index.js';
import { describeErrors, useDatabase } from '../tables.js';

const database = useDatabase({
  t: {
    columns:
      'i2 smallint, i4 int, i8 bigint, n numeric(8,2), f4 real, f8 float, v varchar(20), c char(5), b boolean, d date, ts timestamp, tz timestamptz, s super, vb varbyte(10)',
  },
});

describe('types of expressions', () => {
  it.each([
    ['i2 + i2', 'smallint'],
    ['i2 + 1', 'integer'],
    ['i4 * i8', 'bigint'],
    ['i2 / i4', 'integer'],
    ['n + i2', 'numeric(9,2)'],
    ['n * n', 'numeric(17,4)'],
    ['n / 3', 'numeric(19,13)'],
    ['n + f4', 'double precision'],
    ['f4 * f4', 'real'],
    ['i4 * f4', 'double precision'],
    ['i4 ^ 2', 'double precision'],
    ["v || 'abc'", 'character varying(23)'],
    ['i4 || v', 'character varying(31)'],
    ['d - d', 'integer'],
    ['d + 1', 'date'],
    ['ts + 1', 'timestamp without time zone'],
    ['ts - ts', 'interval'],
    ["d + interval '1 month'", 'timestamp without time zone'],
    ["d + interval '1' month", 'date'],
    ["tz - interval '1 day'", 'timestamp with time zone'],
    ['s.a', 'super'],
    ['s + 1', 'super'],
    ['s = 1', 'boolean'],
    ['vb || vb', 'binary varying(20)'],
    ["'abc'", 'character varying(3)'],
    ["'日本'", 'character varying(6)'],
    ['NULL', '"unknown"'],
    ['CASE WHEN b THEN i4 ELSE n END', 'numeric(12,2)'],
    ["coalesce(v, 'abcdefghijabcdefghijabcde')", 'character varying(25)'],
    ["nvl(d, '2020-01-01')", 'date'],
    ['sum(i4)', 'bigint'],
    ['sum(n)', 'numeric(38,2)'],
    ['avg(i2)', 'bigint'],
    ['avg(n)', 'numeric(38,2)'],
    ['avg(f4)', 'double precision'],
    ['sum(s.x)', 'double precision'],
    ['count(*)', 'bigint'],
    ['max(v)', 'character varying(20)'],
    ['(SELECT max(d) FROM t)', 'date'],
    ['v::char(3)', 'character(3)'],
    ['date(ts)', 'date'],
    ['i4 IN (1, 2)', 'boolean'],
  ])('%s is %s', (expression, type) => {
    const plan = database.compile(`SELECT ${expression} FROM t`);
    if (!('columns' in plan)) throw new Error('not a query');
    expect(plan.columns.map((column) => ('type' in column ? displayType(column.type) : ''))).toEqual([type]);
  });

  it('a set operation has the types of both sides', () => {
    const plan = database.compile("SELECT i2, v, d FROM t UNION ALL SELECT n, 'x', ts FROM t");
    if (!('columns' in plan)) throw new Error('not a query');
    expect(plan.columns.map((column) => ('type' in column ? displayType(column.type) : ''))).toEqual([
      'numeric(8,2)',
      'character varying(20)',
      'timestamp without time zone',
    ]);
  });
});

describeErrors('types that do not go together', database, [
  ['SELECT foo(i4, v) FROM t', '42883', 8, 'function foo(integer, character varying) does not exist'],
  ["SELECT foo('x') FROM t", '42883', 8, 'function foo("unknown") does not exist'],
  ['SELECT length(d, 1, 2) FROM t', '42883', 8],
  ['SELECT i4 + b FROM t', '42883', 8, 'operator does not exist: integer + boolean'],
  ['SELECT d + d FROM t', '42883', 8, 'operator does not exist: date + date'],
  ['SELECT b || b FROM t', '42883', 8],
  ['SELECT - v FROM t', '42883', 8, 'operator does not exist: - character varying'],
  ['SELECT b::varchar FROM t', '42846', 8, 'cannot cast type boolean to character varying'],
  ['SELECT n::bool FROM t', '42846', 8, 'cannot cast type numeric to boolean'],
  ['SELECT d::super FROM t', '42846', 8, 'cannot cast type date to super'],
  ['SELECT i4::date FROM t', '42846', 8],
  ['SELECT i4::uuid FROM t', '42704', 12, 'type "uuid" does not exist'],
  ['SELECT i4::varchar(70000) FROM t', '22023', 12],
  ["SELECT '1.5'::int", '22P02', 8, 'invalid input syntax for integer: "1.5"'],
  ["SELECT ''::int", '22P02', 8, 'invalid input syntax for integer: ""'],
  ["SELECT ''::date", '22007', 8],
  ["SELECT date '2020-02-30'", '22007', 13],
  ["SELECT '99999'::smallint", '22003', 8],
  ["SELECT i4 FROM t WHERE i4 = 'x'", '22P02', 29],
  ["SELECT ts FROM t WHERE ts > 'yesteryear'", '22007', 29],
  ["SELECT interval 'one day'", '22007', 17],
  ['SELECT 1 FROM t WHERE v', '42804', 23, 'argument of WHERE must be type boolean, not type character varying'],
  ['SELECT b AND d FROM t', '42804', 14],
  [
    'SELECT CASE WHEN b THEN 1 ELSE v END FROM t',
    '42804',
    32,
    'CASE types integer and character varying cannot be matched',
  ],
  [
    'SELECT i4 FROM t UNION SELECT v FROM t',
    '42804',
    24,
    'UNION types integer and character varying cannot be matched',
  ],
  ['SELECT coalesce(i4, v) FROM t', '42804', 21],
  ['SELECT i4 FROM t WHERE i4 IN (SELECT i4, v FROM t)', '42601', 31, 'subquery has too many columns'],
  ['SELECT (SELECT i4, v FROM t)', '42601', 8, 'subquery must return only one column'],
  ['SELECT (1, 2) = (1, 2, 3)', '42601', 8],
  ['SELECT sum(v) FROM t', '42883', 8, 'function sum(character varying) does not exist'],
]);

describeErrors('aggregates and windows in their places', database, [
  [
    'SELECT i4, count(*) FROM t',
    '42803',
    8,
    'column "t.i4" must appear in the GROUP BY clause or be used in an aggregate function',
  ],
  ['SELECT i4 + 1 FROM t GROUP BY i4 + 2', '42803', 8],
  ['SELECT * FROM t GROUP BY i4', '42803', 8],
  ['SELECT i4 FROM t GROUP BY i4 ORDER BY v', '42803', 39],
  ['SELECT i4 FROM t GROUP BY i4 HAVING v > 1::varchar', '42803', 37],
  ['SELECT (SELECT v) FROM t GROUP BY i4', '42803', 16],
  ['SELECT i4 FROM t WHERE count(*) > 1', '42803', 24, 'aggregates not allowed in WHERE clause'],
  ['SELECT count(*) AS hits FROM t WHERE hits > 1', '42803', 38],
  ['SELECT 1 FROM t JOIN t u ON count(*) > 1', '42803', 29, 'aggregates not allowed in JOIN/ON clause'],
  ['SELECT count(*) FROM t GROUP BY count(*)', '42803', 33],
  ['SELECT count(*) FROM t GROUP BY 1', '42803', 33],
  ['SELECT sum(count(*)) FROM t', '42803', 12, 'aggregate function calls may not be nested'],
  ['SELECT i4 FROM t WHERE rank() OVER (ORDER BY i4) = 1', '42P20', 24, 'window functions not allowed in WHERE clause'],
  ['SELECT row_number() FROM t', '42P20', 8, 'window function row_number requires an OVER clause'],
  [
    'SELECT sum(i4) OVER (ORDER BY i4) FROM t',
    '42P20',
    8,
    'Aggregate window functions with an ORDER BY clause require a frame clause',
  ],
  ['SELECT sum(i4) OVER w FROM t WINDOW w AS (ORDER BY i4)', '42P20', 8],
  ['SELECT sum(i4) OVER nope FROM t', '42704', 21, 'window "nope" does not exist'],
  ['SELECT sum(i4) OVER (ORDER BY i4 RANGE UNBOUNDED PRECEDING) FROM t', '0A000', 34],
  ['SELECT upper(v) OVER () FROM t', '42809', 8],
  ['SELECT grouping(i4) FROM t', '42803', 8],
  ['SELECT grouping(DISTINCT i4) FROM t GROUP BY i4', '42601', 8],
  ['SELECT upper(DISTINCT v) FROM t', '42809', 8],
  ['SELECT percentile_cont(0.5) FROM t', '42883', 8],
  [
    'SELECT DISTINCT v FROM t ORDER BY i4',
    '42P10',
    35,
    'for SELECT DISTINCT, ORDER BY expressions must appear in select list',
  ],
  ["SELECT i4 FROM t GROUP BY 'x'", '42601', 27, 'non-integer constant in GROUP BY'],
]);

describeErrors('what is not supported is named', database, [
  ['SELECT DISTINCT ON (i4) i4 FROM t', '0A000', 21, 'SELECT DISTINCT ON is not supported'],
  ['SELECT level FROM t a, t b CONNECT BY PRIOR a.i4 = b.i4', '0A000', 24],
  ['SELECT st_area(v) FROM t', '0A000', 8],
  ['SELECT v SIMILAR TO c FROM t', '0A000', 21],
  ['SELECT t.i4 FROM t, t u WHERE t.i4 (+) = u.i4 OR t.i4 = 1', '0A000', 31],
  ['SELECT v COLLATE case_insensitive FROM t', '0A000', 8],
]);

describe('hints', () => {
  it('says what to do about a missing function', () => {
    expect(() => database.compile('SELECT nope(1)')).toThrow(
      expect.objectContaining({
        hint: 'No function matches the given name and argument types. You may need to add explicit type casts.',
      }),
    );
  });
});
