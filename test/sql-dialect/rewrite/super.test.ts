import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeFailures, describeQueries, lines, useDatabase } from '../tables.js';

const document =
  '{"a": {"b": [1, 2.5, {"c": "x"}]}, "n": 5, "kind": "click", "items": [{"p": 1.5}, {"p": 2}], "nul": null, "t": true, "when": "2020-01-02", "Mixed": 1, "odd key": {"q\\"k": 7}}';

const database = useDatabase({
  e: {
    columns: 'id int, d super, j varchar(30)',
    rows: [
      `1, json_parse('${document.replaceAll('\\', '\\\\').replaceAll("'", "''")}'), 'click'`,
      '2, json_parse(\'{"n": "5", "kind": "view ", "items": [], "a": 3}\'), \'view\'',
      "3, json_parse('[10, 20]'), null",
      '4, null, null',
    ],
  },
});

describeQueries('navigation', database, [
  ['SELECT d.a.b[0], d.a.b[1], d.a.b[2].c, d.items[1].p FROM e WHERE id = 1', '1|2.5|"x"|2'],
  [
    'SELECT d.missing, d.missing.deeper, d.a.b[9], d.a.b[-1], d.n.x, d[0] FROM e WHERE id = 1',
    'NULL|NULL|NULL|NULL|NULL|NULL',
  ],
  ['SELECT d[0], d[1], d[5], d.a FROM e WHERE id = 3', '10|20|NULL|NULL'],
  ['SELECT d[id - 2], d[id - 9] FROM e WHERE id = 3', '20|NULL'],
  ['SELECT d.mixed, d."Mixed", d.KIND, d."odd key"."q""k" FROM e WHERE id = 1', 'NULL|NULL|"click"|7'],
  ['SELECT json_parse(\'{"x": [7]}\').x[0], (d.a).b[0] FROM e WHERE id = 1', '7|1'],
  ['SELECT d.a FROM e ORDER BY id', '{"b":[1,2.5,{"c":"x"}]}', '3', 'NULL', 'NULL'],
]);

describeQueries('NULL and JSON null', database, [
  [
    'SELECT d.nul, d.nul IS NULL, d.missing IS NULL, d.n IS NULL, d.nul IS NOT NULL FROM e WHERE id = 1',
    'NULL|t|t|f|f',
  ],
  ['SELECT json_typeof(d.nul), json_typeof(d.missing) FROM e WHERE id = 1', 'null|NULL'],
  ["SELECT nvl(d.nul, d.kind), coalesce(d.missing, 'z'), nvl2(d.nul, 1, 2) FROM e WHERE id = 1", '"click"|"z"|2'],
  ['SELECT id FROM e WHERE d.kind IS NULL ORDER BY 1', '3', '4'],
]);

describeQueries('comparisons go by the value', database, [
  ["SELECT id FROM e WHERE d.kind = 'click'", '1'],
  ["SELECT id FROM e WHERE d.kind = 'view'", '2'],
  ['SELECT id FROM e WHERE d.kind = j ORDER BY 1', '1', '2'],
  ["SELECT id FROM e WHERE d.kind IN ('click', 'view') ORDER BY 1", '1', '2'],
  ['SELECT id FROM e WHERE d.n = 5', '1'],
  ["SELECT id FROM e WHERE d.n = '5'", '2'],
  ["SELECT d.n = 'x', d.n <> 'x', d.n < 'x', d.nul = 1, d.t = true FROM e WHERE id = 1", 'f|t|NULL|NULL|t'],
  ['SELECT d.n > 4.5, d.n BETWEEN 1 AND 5, d.n = 5.0, 6 > d.n, d.a.b[1] = 2.5 FROM e WHERE id = 1', 't|t|t|t|t'],
  ["SELECT NOT (d.kind = 'click') FROM e ORDER BY id", 'f', 't', 'NULL', 'NULL'],
  ['SELECT d.a.b[0] = d.items[1].p, d.n = d.n, d.a = d.a, d.kind = d.n FROM e WHERE id = 1', 'f|t|t|f'],
  ["SELECT json_parse('[1, \"a \"]') = json_parse('[1,\"a \"]'), json_parse('1') = json_parse('1.0')", 't|t'],
  ["SELECT CASE d.kind WHEN 'click' THEN 'C' ELSE '?' END FROM e ORDER BY id", 'C', '?', '?', '?'],
  ["SELECT decode(d.kind, 'click', 1, null, 0) FROM e ORDER BY id", '1', 'NULL', '0', '0'],
  ['SELECT id FROM e WHERE d.t', '1'],
  ['SELECT id FROM e WHERE d.n IS DISTINCT FROM 5 ORDER BY 1', '2', '3', '4'],
  ["SELECT id FROM e WHERE d.kind LIKE 'cl%'", '1'],
  ['SELECT id FROM e WHERE d.kind IN (SELECT j FROM e) ORDER BY 1', '1', '2'],
]);

describeQueries('arithmetic and functions', database, [
  ['SELECT d.n + 1, d.n * 2.5, 10 / d.n, d.n % 2, -d.n, d.n / 2 FROM e WHERE id = 1', '6|12.5|2|1|-5|2'],
  ['SELECT d.n + 1, d.kind + 1 FROM e WHERE id = 2', 'NULL|NULL'],
  ["SELECT upper(d.kind), length(d.kind), d.kind || '!', abs(d.n) FROM e WHERE id = 1", 'CLICK|5|click!|5'],
  ['SELECT sum(i.p), avg(i.p::numeric(8,2)), max(i.p::float) FROM e, e.d.items i', '3.5|1.75|2'],
]);

describeQueries('casts', database, [
  [
    'SELECT d.n::int, d.n::varchar, d.kind::varchar, d.a::varchar, d.t::bool, d.a.b[1]::int, d."when"::date FROM e WHERE id = 1',
    '5|5|click|NULL|t|3|2020-01-02',
  ],
  [
    'SELECT d.kind::int, d.n::date, d.a::int, d.n::varchar(1), d.kind::char(3) FROM e WHERE id = 1',
    'NULL|NULL|NULL|5|cli',
  ],
  ["SELECT 5.0::super::bool, 'x'::super, 1.50::super, NULL::super, true::super", 'NULL|"x"|1.50|NULL|true'],
  ['SELECT d.missing::varchar, d.nul::int FROM e WHERE id = 1', 'NULL|NULL'],
  ["SELECT '[1,2]'::super, json_typeof('[1,2]'::super)", '"[1,2]"|string'],
]);

describeQueries('grouping, sorting, distinct', database, [
  ['SELECT d.kind, count(*) FROM e GROUP BY d.kind ORDER BY 2 DESC, 1', 'NULL|2', '"click"|1', '"view "|1'],
  ['SELECT d.kind::varchar, sum(d.n::int) FROM e GROUP BY d.kind ORDER BY 1', 'click|5', 'view |5', 'NULL|NULL'],
  ['SELECT count(*) FROM (SELECT DISTINCT d.n FROM e) q', '3'],
  ['SELECT count(DISTINCT d.kind) FROM e', '2'],
  [
    'SELECT v FROM (SELECT json_parse(\'[true, 2, 10, "b", "a", [1], {"k": 1}, null]\') AS x) q, q.x AS v ORDER BY v',
    'true',
    '2',
    '10',
    '"a"',
    '"b"',
    '[1]',
    '{"k":1}',
    'NULL',
  ],
  ['SELECT v FROM (SELECT json_parse(\'[2, "b", false]\') AS x) q, q.x AS v ORDER BY v DESC', '"b"', '2', 'false'],
  ["SELECT json_parse('1') UNION SELECT json_parse(' 1 ') UNION SELECT json_parse('null') ORDER BY 1", '1', 'NULL'],
]);

describeQueries('sorting beside other keys', database, [
  ['SELECT id, d.n FROM e ORDER BY d.n DESC, id', '3|NULL', '4|NULL', '2|"5"', '1|5'],
  ['SELECT id, d.n FROM e ORDER BY d.n, id + 1', '1|5', '2|"5"', '3|NULL', '4|NULL'],
  [
    "SELECT id, d.n FROM e UNION ALL SELECT 9, json_parse('10') ORDER BY n, id",
    '1|5',
    '9|10',
    '2|"5"',
    '3|NULL',
    '4|NULL',
  ],
]);

describeQueries('unnesting', database, [
  ['SELECT e.id, i.p, k FROM e, e.d.items AS i AT k', '1|1.5|0', '1|2|1'],
  ['SELECT e.id, i FROM e, e.d.items i WHERE i.p > 1.7', '1|{"p":2}'],
  ['SELECT id, i FROM e, d.items i WHERE e.id = 1', '1|{"p":1.5}', '1|{"p":2}'],
  [
    'SELECT e.id, x FROM e LEFT JOIN e.d.items AS x ON true ORDER BY e.id',
    '1|{"p":1.5}',
    '1|{"p":2}',
    '2|NULL',
    '3|NULL',
    '4|NULL',
  ],
  ['SELECT e.id, x.p FROM e LEFT JOIN e.d.items AS x ON x.p > 1.7 ORDER BY e.id', '1|2', '2|NULL', '3|NULL', '4|NULL'],
  ['SELECT e.id, x.p FROM e JOIN e.d.items AS x ON x.p > 1.7', '1|2'],
  ['SELECT e.id, v, off FROM e, unnest(e.d.items) WITH OFFSET AS i(v, off)', '1|{"p":1.5}|0', '1|{"p":2}|1'],
  ['SELECT k, v FROM e, UNPIVOT e.d.a AS v AT k', 'b|[1,2.5,{"c":"x"}]'],
  ['SELECT i.p, k, v FROM e, e.d.items i, UNPIVOT i AS v AT k', '1.5|p|1.5', '2|p|2'],
  ['SELECT e.id, b FROM e, e.d.a.b[2] AS b', '1|{"c":"x"}'],
  ['SELECT e.id, x FROM e, e.d x WHERE e.id = 3', '3|10', '3|20'],
  ['SELECT e.id, (SELECT count(*) FROM e.d.items i WHERE i.p > 1) FROM e ORDER BY 1', '1|2', '2|0', '3|0', '4|0'],
  ['SELECT e.id, count(*) FROM e, e.d.items i GROUP BY e.id', '1|2'],
  ['SELECT * FROM (SELECT id, d FROM e WHERE id = 3) q, q.d AS x AT i', '3|[10,20]|10|0', '3|[10,20]|20|1'],
  ['SELECT a.id, b.id, i FROM e a JOIN e b ON a.id = b.id, b.d.items i WHERE a.id = 1 AND i.p = 2', '1|1|{"p":2}'],
  ['WITH q AS (SELECT id, d.items AS list FROM e) SELECT q.id, l.p FROM q, q.list l', '1|1.5', '1|2'],
]);

describe('settings', () => {
  it('case of attributes', async () => {
    const query = 'SELECT d.Mixed, d."Mixed" FROM e WHERE id = 1';
    expect(lines(await database.query(query))).toEqual(['NULL|NULL']);
    expect(lines(await database.query(query, { enableCaseSensitiveIdentifier: true }))).toEqual(['NULL|1']);
    expect(lines(await database.query(query, { enableCaseSensitiveSuperAttribute: true }))).toEqual(['1|1']);
  });

  it('strict navigation', async () => {
    const strict = { navigateSuperNullOnError: false };
    expect(lines(await database.query('SELECT d.a.b[0], d.nul FROM e WHERE id = 1', strict))).toEqual(['1|NULL']);
    await expect(database.query('SELECT d.n.x FROM e WHERE id = 1', strict)).rejects.toMatchObject({ code: '22023' });
    await expect(database.query('SELECT d[0] FROM e WHERE id = 1', strict)).rejects.toMatchObject({ code: '22023' });
  });

  it('strict casts', async () => {
    const strict = { castSuperNullOnError: false };
    expect(lines(await database.query('SELECT d.n::int FROM e WHERE id = 1', strict))).toEqual(['5']);
    await expect(database.query('SELECT d.kind::int FROM e WHERE id = 1', strict)).rejects.toMatchObject({
      code: '22P02',
    });
  });
});

describeFailures('refusals', database, [['SELECT d.n / (d.n - 5) FROM e WHERE id = 1', '22012']]);

describe('comparing SUPER values with literals', () => {
  const value = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom(0.5, 2.5, -1.5),
    fc.boolean(),
    fc.constant(null),
    fc.string({ unit: fc.constantFrom('a', 'b', ' ', '"', '\\', '\n', '.', '[', 'é'), maxLength: 4 }),
  );
  const literal = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\n', '\\n')}'`;
  const trimmed = (text: string) => text.replace(/ +$/, '');

  it('is true for equal values, false between kinds, NULL for null', async () => {
    await fc.assert(
      fc.asyncProperty(value, value, async (left, right) => {
        fc.pre(right !== null);
        const other = typeof right === 'string' ? literal(right) : String(right);
        const json = `json_parse(${literal(JSON.stringify(left))})`;
        const answer = await database.query(`SELECT ${json} = ${other}, ${json} = ${json}`);
        let expected: string;
        if (left === null) expected = 'NULL';
        else if (typeof left === 'string' && typeof right === 'string')
          expected = trimmed(left) === trimmed(right) ? 't' : 'f';
        else expected = left === right ? 't' : 'f';
        expect(lines(answer)).toEqual([`${expected}|${left === null ? 'NULL' : 't'}`]);
      }),
      { numRuns: 80 },
    );
  });
});
