import { describe, expect, it } from 'vitest';
import { compile, defaultDialectSettings, parseStatements, translateCatalog } from '../../../sql-dialect/index.js';
import { describeErrors, describeQueries, lines, useDatabase } from '../tables.js';

const database = useDatabase({
  t: {
    columns: 'id int, name varchar(20), data super',
    rows: ['1, \'a\', json_parse(\'{"id": 9, "t": {"x": 3}}\')', "2, 'b', null"],
  },
  u: { columns: 'id int, v int', rows: ['1, 10', '2, 20', '2, 30'] },
  nested: { columns: 'a super, b int', rows: ['json_parse(\'{"b": 5, "c": {"d": 6}}\'), 1'] },
});

describeQueries('names find their columns', database, [
  ['SELECT T.ID, "NAME" FROM T ORDER BY 1', '1|a', '2|b'],
  ['SELECT public.t.id FROM public.t ORDER BY 1', '1', '2'],
  ['SELECT dev.public.t.id FROM dev.public.t ORDER BY 1', '1', '2'],
  ['SELECT key, label FROM t AS x(key, label) ORDER BY 1', '1|a', '2|b'],
  ['SELECT id, (SELECT max(v) FROM u WHERE u.id = t.id) FROM t ORDER BY 1', '1|10', '2|30'],
  ['SELECT id FROM t WHERE EXISTS (SELECT 1 FROM t AS t2 WHERE t2.id > t.id)', '1'],
  ['SELECT t.id FROM t WHERE id IN (SELECT id FROM u t WHERE t.v = 10)', '1'],
  ['SELECT id, v FROM t JOIN u USING (id) ORDER BY 2', '1|10', '2|20', '2|30'],
  ['SELECT id FROM t NATURAL JOIN u WHERE v = 10', '1'],
  ['SELECT * FROM (SELECT id, v FROM u) q JOIN t USING (id) WHERE v = 10', '1|10|a|{"id":9,"t":{"x":3}}'],
  ['SELECT count(*) FROM t CROSS JOIN u', '6'],
  ['WITH t AS (SELECT 5 AS id) SELECT id FROM t', '5'],
  ['WITH a AS (SELECT 1 AS x), b AS (WITH a AS (SELECT 2 AS x) SELECT x FROM a) SELECT a.x, b.x FROM a, b', '1|2'],
  ['SELECT x FROM (SELECT 1) AS q(x)', '1'],
]);

describeQueries('a dotted name is a column before it is a path', database, [
  ['SELECT data.id FROM t WHERE t.id = 1', '9'],
  ['SELECT t.data.id FROM t WHERE t.id = 1', '9'],
  ['SELECT data.t.x FROM t WHERE id = 1', '3'],
  ['SELECT nested.b FROM nested', '1'],
  ['SELECT a.b, a.c.d FROM nested', '5|6'],
  ['SELECT a.a.b FROM nested AS a', '5'],
  ['SELECT a.b FROM nested AS a', '1'],
]);

describeQueries('aliases of the select list', database, [
  ['SELECT id + 1 AS b, b * 2 AS c FROM t ORDER BY c', '2|4', '3|6'],
  ['SELECT id + 1 AS b FROM t WHERE b > 2', '3'],
  ['SELECT id AS k, count(*) AS n FROM u GROUP BY k HAVING n > 1', '2|2'],
  ['SELECT -id AS id, id AS other FROM t ORDER BY id', '-2|2', '-1|1'],
  ['SELECT v AS w FROM u QUALIFY row_number() OVER (ORDER BY w DESC) = 1', '30'],
  ['SELECT sum(v) AS s, s / 2 AS half FROM u', '60|30'],
]);

describeErrors('names that find nothing, or too much', database, [
  ['SELECT x FROM t', '42703', 8, 'column "x" does not exist in t'],
  ['SELECT x FROM t, u AS w', '42703', 8, 'column "x" does not exist in t, w'],
  ['SELECT\n  t.x FROM t', '42703', 10, 'column "x" does not exist in t'],
  ["SELECT 'é😀', x FROM t", '42703', 14],
  ['SELECT z.id FROM t', '42P01', 8, 'missing FROM-clause entry for table "z"'],
  ['SELECT 1 FROM nowhere', '42P01', 15, 'relation "nowhere" does not exist'],
  ['SELECT 1 FROM public.nowhere', '42P01', 15, 'relation "public.nowhere" does not exist'],
  ['SELECT id FROM t, u', '42702', 8, 'column reference "id" is ambiguous'],
  ['SELECT 1 FROM t, t', '42712', 18, 'table name "t" specified more than once'],
  ['SELECT * FROM t JOIN u ON t.id = q.id', '42P01', 34],
  ['SELECT * FROM u, t JOIN nested ON u.id = b', '42P01', 35],
  ['SELECT * FROM (SELECT u.id FROM u WHERE t.id = u.id) q, t', '42P01', 41],
  ['SELECT * FROM t JOIN u USING (name)', '42703', 31],
  ['SELECT name.x FROM t', '42804', 8],
  ['SELECT name[0] FROM t', '42804', 8],
  ['SELECT ctid FROM t', '0A000', 8, 'system column "ctid" is not supported'],
  ['SELECT b + 1 AS c, 1 AS b FROM t', '42703', 8],
  ['SELECT * FROM (VALUES (1)) AS q(a, b)', '42P10', 31],
  ['SELECT *', '42601', 8],
  ['SELECT id FROM t ORDER BY 2', '42P10', 27, 'ORDER BY position 2 is not in select list'],
  ['SELECT id FROM t GROUP BY 2', '42P10', 27],
  ['SELECT id AS a, name AS a FROM t ORDER BY a', '42702', 43, 'ORDER BY "a" is ambiguous'],
  ['WITH a AS (SELECT 1), a AS (SELECT 2) SELECT 1', '42712', 23],
  ['SELECT 1 UNION SELECT 1, 2', '42601', 16],
  ['SELECT count(nowhere.x) OVER w FROM t', '42P01', 14],
]);

describe('case of identifiers', () => {
  it('folds quoted names too, unless enable_case_sensitive_identifier is on', async () => {
    expect((await database.query('SELECT "ID" AS "Key" FROM t ORDER BY 1')).labels).toEqual(['key']);
    const sensitive = { enableCaseSensitiveIdentifier: true };
    expect((await database.query('SELECT id AS "Key", ID FROM t ORDER BY 1', sensitive)).labels).toEqual(['Key', 'id']);
    await expect(database.query('SELECT "ID" FROM t', sensitive)).rejects.toMatchObject({ code: '42703', position: 8 });
  });

  it('upper-cases labels when describe_field_name_in_uppercase is on', async () => {
    const answer = await database.query('SELECT id, name AS n FROM t WHERE id = 1', {
      describeFieldNameInUppercase: true,
    });
    expect(answer.labels).toEqual(['ID', 'N']);
    expect(lines(answer)).toEqual(['1|a']);
  });
});

describe('without a catalog', () => {
  it.each([
    ['SELECT a, s.t.b, x.c.d[0].e FROM s.t JOIN db.s.x ON t.k = x.k', 'select "a"'],
    ['SELECT *, t.* FROM t, u', '"t".*'],
    ['SELECT * EXCLUDE (a) FROM t', 'EXCLUDE ("a")'],
    ['SELECT a FROM t GROUP BY a HAVING count(*) > 1 ORDER BY a', 'GROUP BY'],
    ['SELECT f.a FROM t, t.items AS f', 'LATERAL'],
    ['INSERT INTO t (a, b) SELECT x, y FROM u', 'INSERT INTO "t" ("a", "b")'],
    ['UPDATE t SET a = u.b FROM u WHERE t.id = u.id', 'UPDATE "t" AS "t" SET "a"'],
    ['SELECT nvl(a, b)', 'coalesce("a", "b")'],
  ])('%s', (sql, part) => {
    const [statement] = parseStatements(sql);
    if (statement === undefined) throw new Error('no statement');
    const plan = compile(statement, { catalog: translateCatalog, settings: defaultDialectSettings });
    const text = 'duckdb' in plan ? [plan.duckdb].flat().join(';') : '';
    expect(text.toLowerCase()).toContain(part.toLowerCase());
  });
});
