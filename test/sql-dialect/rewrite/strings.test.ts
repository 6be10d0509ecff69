import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeErrors, describeFailures, describeQueries, lines, useDatabase } from '../tables.js';

const database = useDatabase({
  t: {
    columns: 'id int, v varchar(20), c char(5)',
    rows: ["1, 'a', 'ab'", "2, 'a  ', 'ab '", "3, 'b', 'cd'", '4, null, null'],
  },
  u: { columns: 'v varchar(20), n int', rows: ["'a ', 1", "'b', 2", "'c', 3"] },
});

describeQueries('literals', database, [
  ["SELECT 'it''s', 'it\\'s', 'a\\\\b', 'x\\ty'", "it's|it's|a\\b|x\ty"],
  ["SELECT 'one' 'two'".replace(' ', ' ').replace("'one' 'two'", "'one'\n'two'"), 'onetwo'],
  ["SELECT $$it's$$, $tag$a$$b$tag$", "it's|a$$b"],
  ["SELECT E'a\\nb'", 'a\nb'],
  ["SELECT ''", ''],
]);

describeQueries('trailing blanks mean nothing in comparisons', database, [
  ["SELECT 'a' = 'a  ', 'a ' <> 'a', 'a' < 'a ', 'b ' > 'a'", 't|f|f|t'],
  ["SELECT id FROM t WHERE v = 'a' ORDER BY 1", '1', '2'],
  ["SELECT id FROM t WHERE v = 'a   ' ORDER BY 1", '1', '2'],
  ["SELECT id FROM t WHERE v IN ('a', 'x') ORDER BY 1", '1', '2'],
  ["SELECT id FROM t WHERE v NOT IN ('a')", '3'],
  ["SELECT id FROM t WHERE v BETWEEN 'a' AND 'a' ORDER BY 1", '1', '2'],
  ["SELECT id FROM t WHERE v IS NOT DISTINCT FROM 'a ' ORDER BY 1", '1', '2'],
  ["SELECT id FROM t WHERE v || '' = 'a' ORDER BY 1", '1', '2'],
  ['SELECT t.id, u.n FROM t JOIN u ON t.v = u.v ORDER BY 1', '1|1', '2|1', '3|2'],
  ['SELECT t.id, u.n FROM t JOIN u USING (v) ORDER BY 1', '1|1', '2|1', '3|2'],
  ['SELECT t.id FROM t NATURAL JOIN u ORDER BY 1', '1', '2', '3'],
  ['SELECT id FROM t WHERE v IN (SELECT v FROM u) ORDER BY 1', '1', '2', '3'],
  ['SELECT id FROM t WHERE v = ANY (SELECT v FROM u WHERE n = 1) ORDER BY 1', '1', '2'],
  ['SELECT count(DISTINCT v) FROM t', '2'],
  ['SELECT count(*) FROM (SELECT DISTINCT v FROM t) q', '3'],
  ['SELECT trim(v) FROM (SELECT DISTINCT v FROM t WHERE v IS NOT NULL) q ORDER BY 1 DESC', 'b', 'a'],
  ['SELECT v, count(*) FROM t GROUP BY v ORDER BY 2 DESC, 1 DESC', 'a|2', 'NULL|1', 'b|1'],
  ['SELECT upper(v), count(*) FROM t GROUP BY upper(v) ORDER BY 1', 'A|2', 'B|1', 'NULL|1'],
  ["SELECT v || '!', max(id) FROM t GROUP BY v HAVING v = 'a'", 'a!|2'],
  ['SELECT v, count(*) FROM t GROUP BY ROLLUP (v) ORDER BY 2, 1', 'b|1', 'NULL|1', 'a|2', 'NULL|4'],
  ['SELECT rtrim(v) FROM (SELECT v FROM t UNION SELECT v FROM u) AS q ORDER BY 1', 'a', 'b', 'c', 'NULL'],
  ['SELECT v FROM t INTERSECT SELECT v FROM u ORDER BY 1', 'a', 'b'],
  ['SELECT v FROM u EXCEPT SELECT v FROM t', 'c'],
  ['SELECT id, row_number() OVER (PARTITION BY v ORDER BY id) FROM t ORDER BY 1', '1|1', '2|2', '3|1', '4|1'],
  ["SELECT id, CASE v WHEN 'a' THEN 1 WHEN 'b' THEN 2 END FROM t ORDER BY 1", '1|1', '2|1', '3|2', '4|NULL'],
  ["SELECT decode(v, 'a', 'A', null, 'N', '?') FROM t ORDER BY id", 'A', 'A', '?', 'N'],
  ["SELECT nullif(v, 'a') FROM t ORDER BY id", 'NULL', 'NULL', 'b', 'NULL'],
  ['SELECT id FROM t WHERE v IS NOT NULL ORDER BY v DESC, id', '3', '1', '2'],
  ['SELECT v, id FROM t UNION ALL SELECT v, n * 10 FROM u ORDER BY v, id LIMIT 3', 'a|1', 'a  |2', 'a |10'],
  ['SELECT DISTINCT v, id FROM t WHERE id < 3 ORDER BY v, id DESC', 'a  |2', 'a|1'],
  ['SELECT id, rank() OVER (ORDER BY v) FROM t ORDER BY 1', '1|1', '2|1', '3|3', '4|4'],
  ['SELECT length(v), length(c) FROM t WHERE id = 2', '3|2'],
  ["SELECT c, c || '|', c = 'ab   ' FROM t WHERE id = 1", 'ab   |ab||t'],
]);

describeQueries('patterns', database, [
  ["SELECT 'abc' LIKE 'a%', 'abc' LIKE 'a_c', 'a_c' LIKE 'a\\\\_c', 'abc' LIKE 'a\\\\_c'", 't|t|t|f'],
  ["SELECT '50%' LIKE '50#%' ESCAPE '#', 'ABC' ILIKE 'ab%', 'abc' NOT LIKE 'b%'", 't|t|t'],
  ["SELECT 'abc' SIMILAR TO 'a%', 'abc' SIMILAR TO 'a', 'a.c' SIMILAR TO 'a.c', 'abc' SIMILAR TO 'a.c'", 't|f|t|f'],
  ["SELECT 'aab' SIMILAR TO '(a|b){3}', 'a_b' SIMILAR TO 'a\\\\_b', 'x' NOT SIMILAR TO 'y'", 't|t|t'],
  ["SELECT 'pg_catalog' ~ '^pg_', 'abc' ~ 'b', 'abc' !~ 'z', 'ABC' ~* 'b', 'ABC' !~* 'b'", 't|t|t|t|f'],
  ["SELECT 'a\nb' ~ 'a.b'", 't'],
]);

describeQueries('joining text', database, [
  ["SELECT 'a' || 1 || 2.50, 'a' || NULL, 1 || 'x'", 'a12.50|NULL|1x'],
  ["SELECT 'CANCEL ' + 5::varchar(3) + ';'", 'CANCEL 5;'],
  ['SELECT v || c FROM t WHERE id = 1', 'aab'],
  ["SELECT date '2020-01-02' || '', timestamp '2020-01-02 03:04:05.6' || ''", '2020-01-02|2020-01-02 03:04:05.6'],
]);

describeQueries('casts to text cut by bytes, between characters', database, [
  ["SELECT 'abcdef'::varchar(3), 'abcdef'::char(3), cast(123456 AS varchar(3))", 'abc|abc|123'],
  ["SELECT 'héllo'::varchar(2), 'héllo'::varchar(3), '日本'::varchar(4), '😀😀'::varchar(7)", 'h|hé|日|😀'],
  ["SELECT 'a'::char(3) || '|', len('a  '::char(5)), len('a  '::varchar(5))", 'a||1|3'],
  [
    'SELECT 0.5::varchar, 1.0::float::varchar, 1e20::float::varchar, (1.0/3)::float8::varchar',
    '0.5|1|1e+20|0.333333333333',
  ],
  ["SELECT interval '1 year 2 months'::varchar, interval '1 day 02:03:04'::varchar", '1 year 2 mons|1 day 02:03:04'],
  [
    "SELECT 'abc'::varbyte, 'abc'::varbyte::varchar, 258::smallint::varbyte, (-1)::int::varbyte",
    '616263|abc|0102|ffffffff',
  ],
]);

describeErrors('values that are too long for their literal', database, [
  ['INSERT INTO t VALUES (1, 2, 3, 4)', '42601', 1],
]);

describeFailures('run-time errors', database, [
  ['SELECT v::int FROM t WHERE id = 1', '22P02', 'invalid input syntax for integer: "a"'],
  ['SELECT v::boolean FROM t WHERE id = 1', '22P02', 'invalid input syntax for type boolean: "a"'],
  ['SELECT v::date FROM t WHERE id = 1', '22007'],
]);

describe('cutting text', () => {
  it('gives the longest whole prefix that fits, for every text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('a', 'é', '日', '😀', ' ', "'", '\\', '"'), maxLength: 12 }),
        fc.integer({ min: 1, max: 14 }),
        async (text, length) => {
          const literal = text.replaceAll('\\', '\\\\').replaceAll("'", "''");
          let expected = '';
          for (const character of text) {
            if (Buffer.byteLength(expected + character) > length) break;
            expected += character;
          }
          const answer = await database.query(`SELECT '${literal}'::varchar(${length})`);
          expect(lines(answer)).toEqual([expected]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('a comparison overlooks blanks at the end and nothing else', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\t', 'é'), maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(text, text, async (a, b) => {
        const answer = await database.query(`SELECT '${a}' = '${b}', '${a}' || '' = '${b}' || ''`);
        const expected = a.replace(/ +$/, '') === b.replace(/ +$/, '') ? 't' : 'f';
        expect(lines(answer)).toEqual([`${expected}|${expected}`]);
      }),
      { numRuns: 60 },
    );
  });
});
