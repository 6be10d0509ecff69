import { describe, expect, it } from 'vitest';
import { describeErrors, describeQueries, lines, useDatabase } from '../tables.js';

const database = useDatabase(
  {
    t: { columns: 'id int, g varchar(5), n int', rows: ["1, 'a', 10", "2, 'a', 20", "3, 'b', null", '4, null, 5'] },
    u: { columns: 'id int, v int', rows: ['1, 100', '1, 101', '5, 500'] },
    staff: { columns: 'id int, boss int', rows: ['1, null', '2, 1', '3, 1', '4, 2'] },
  },
  {
    late: 'SELECT id AS key, n * 2 AS twice FROM public.t',
    later: 'SELECT key FROM public.late WHERE twice > 15',
    circular: 'SELECT * FROM public.circular',
    broken: 'SELECT nope FROM public.t',
  },
);

describeQueries('clauses', database, [
  ['SELECT TOP 2 id FROM t ORDER BY id DESC', '4', '3'],
  ['SELECT TOP 1 id FROM t WHERE id > 2 UNION ALL SELECT TOP 1 id FROM u WHERE id = 5 ORDER BY 1 DESC', '5', '3'],
  ['SELECT id FROM t ORDER BY id LIMIT 2 OFFSET 1', '2', '3'],
  ['SELECT id FROM t ORDER BY id LIMIT ALL OFFSET 3', '4'],
  ['SELECT n FROM t ORDER BY n', '5', '10', '20', 'NULL'],
  ['SELECT n FROM t ORDER BY n DESC', 'NULL', '20', '10', '5'],
  ['SELECT n FROM t ORDER BY n DESC NULLS LAST', '20', '10', '5', 'NULL'],
  [
    'SELECT id, first_value(n) OVER (ORDER BY n DESC ROWS UNBOUNDED PRECEDING) FROM t ORDER BY id',
    '1|NULL',
    '2|NULL',
    '3|NULL',
    '4|NULL',
  ],
  ['SELECT id FROM t EXCEPT SELECT id FROM u ORDER BY 1', '2', '3', '4'],
  ['SELECT id FROM t MINUS SELECT id FROM u ORDER BY 1', '2', '3', '4'],
  ['SELECT 1 UNION SELECT 1 UNION ALL SELECT 1', '1', '1'],
  [
    "SELECT 1 AS x UNION ALL SELECT 2.5 UNION ALL SELECT '7' UNION ALL SELECT NULL ORDER BY 1",
    '1.0',
    '2.5',
    '7.0',
    'NULL',
  ],
  ['(SELECT 1) UNION (SELECT 2 UNION ALL SELECT 2.5) ORDER BY 1', '1.0', '2.0', '2.5'],
  ["VALUES (1, 'x'), (2, NULL)", '1|x', '2|NULL'],
  ['SELECT * EXCLUDE (g) FROM t WHERE id = 1', '1|10'],
  ['SELECT * EXCLUDE g FROM t WHERE id = 1', '1|10'],
  ['SELECT t.*, u.v FROM t JOIN u USING (id) ORDER BY v', '1|a|10|100', '1|a|10|101'],
  [
    'SELECT g, n FROM t QUALIFY row_number() OVER (PARTITION BY g ORDER BY id) = 1 ORDER BY id',
    'a|10',
    'b|NULL',
    'NULL|5',
  ],
  [
    'SELECT id, sum(n) OVER w FROM t QUALIFY rank() OVER w = 1 WINDOW w AS (PARTITION BY g) ORDER BY 1',
    '1|30',
    '2|30',
    '3|NULL',
    '4|5',
  ],
  ['SELECT lag(id) IGNORE NULLS OVER (ORDER BY id) FROM t ORDER BY id', 'NULL', '1', '2', '3'],
  [
    'SELECT last_value(n IGNORE NULLS) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM t LIMIT 1',
    '5',
  ],
  ['SELECT 1 WHERE false'],
]);

describeQueries('grouping', database, [
  ['SELECT g, sum(n), count(*) FROM t GROUP BY g ORDER BY g', 'a|30|2', 'b|NULL|1', 'NULL|5|1'],
  ['SELECT g AS k, count(*) AS c FROM t GROUP BY k HAVING c > 1', 'a|2'],
  ['SELECT g, count(*) FROM t GROUP BY 1 ORDER BY 2 DESC LIMIT 1', 'a|2'],
  ['SELECT n / 10 AS d, count(*) FROM t GROUP BY n / 10 ORDER BY 1', '0|1', '1|1', '2|1', 'NULL|1'],
  ['SELECT g, count(*) FROM t GROUP BY ALL ORDER BY 2 DESC LIMIT 1', 'a|2'],
  [
    'SELECT g, grouping(g), sum(n) FROM t GROUP BY ROLLUP (g) ORDER BY 2, 1',
    'a|0|30',
    'b|0|NULL',
    'NULL|0|5',
    'NULL|1|35',
  ],
  [
    'SELECT g, id, count(*) FROM t WHERE id < 3 GROUP BY GROUPING SETS ((g), (id), ()) ORDER BY 3, 2, 1',
    'NULL|1|1',
    'NULL|2|1',
    'a|NULL|2',
    'NULL|NULL|2',
  ],
  [
    'SELECT g, id, count(*) FROM t WHERE id = 1 GROUP BY CUBE (g, id) ORDER BY 1, 2',
    'a|1|1',
    'a|NULL|1',
    'NULL|1|1',
    'NULL|NULL|1',
  ],
  ['SELECT 5 AS five, count(*) FROM t GROUP BY five', '5|4'],
  ["SELECT listagg(g, ',') WITHIN GROUP (ORDER BY id DESC) FROM t", 'b,a,a'],
  ['SELECT g, listagg(id) WITHIN GROUP (ORDER BY id) FROM t GROUP BY g ORDER BY g', 'a|12', 'b|3', 'NULL|4'],
  [
    'SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY n), median(id), approximate count(DISTINCT g) FROM t',
    '10.0|2.5|2',
  ],
  ['SELECT count(*) FILTER (WHERE n > 5), count(DISTINCT g), max(g) FROM t', '2|2|b'],
  ['SELECT g, rank() OVER (ORDER BY sum(n) DESC) FROM t WHERE n IS NOT NULL GROUP BY g ORDER BY 2', 'a|1', 'NULL|2'],
]);

describeQueries('joins', database, [
  ['SELECT t.id, v FROM t LEFT JOIN u ON t.id = u.id ORDER BY 1, 2', '1|100', '1|101', '2|NULL', '3|NULL', '4|NULL'],
  ['SELECT id, v FROM t FULL JOIN u USING (id) ORDER BY 1, 2', '1|100', '1|101', '2|NULL', '3|NULL', '4|NULL', '5|500'],
  ['SELECT id FROM t RIGHT JOIN u USING (id) ORDER BY 1', '1', '1', '5'],
  ['SELECT t.id, u.v FROM t, u WHERE t.id = u.id (+) ORDER BY 1, 2', '1|100', '1|101', '2|NULL', '3|NULL', '4|NULL'],
  ['SELECT t.id, u.v FROM t, u WHERE t.id (+) = u.id AND u.v > 100 ORDER BY 2', '1|101', 'NULL|500'],
  [
    'SELECT t.id, u.v FROM t, u WHERE t.id = u.id (+) AND u.v (+) = 100 ORDER BY 1',
    '1|100',
    '2|NULL',
    '3|NULL',
    '4|NULL',
  ],
  [
    'SELECT a.id, b.id, c.v FROM t a, t b, u c WHERE a.id = b.id AND b.id = c.id (+) AND a.id < 3 ORDER BY 1, 3',
    '1|1|100',
    '1|1|101',
    '2|2|NULL',
  ],
  ['SELECT j.id, j.v FROM (t JOIN u USING (id)) AS j ORDER BY 2', '1|100', '1|101'],
  ['SELECT count(*) FROM (t) CROSS JOIN (u)', '12'],
  ['SELECT x.c FROM t, LATERAL (SELECT count(*) AS c FROM u WHERE u.id = t.id) x ORDER BY 1', '0', '0', '0', '2'],
]);

describeQueries('subqueries and common tables', database, [
  ['SELECT id, (SELECT max(v) FROM u WHERE u.id = t.id) FROM t ORDER BY 1', '1|101', '2|NULL', '3|NULL', '4|NULL'],
  ['SELECT id FROM t WHERE id IN (SELECT id FROM u) OR EXISTS (SELECT 1 FROM u WHERE v = t.id * 250)', '1', '2'],
  ['SELECT id FROM t WHERE (id, n) IN (SELECT id, v / 10 FROM u)', '1'],
  ['SELECT id FROM t WHERE (id, n) IN ((1, 10), (2, 99))', '1'],
  ['SELECT id FROM t WHERE id > ALL (SELECT 3) OR id = ANY (SELECT 1) ORDER BY 1', '1', '4'],
  ['WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4) SELECT sum(i) FROM n', '10'],
  ['WITH a AS (SELECT id FROM t), b(k) AS (SELECT id + 1 FROM a) SELECT max(k) FROM b', '5'],
  ['SELECT q.a, q.b FROM (SELECT 1, 2) AS q(a, b)', '1|2'],
  ['SELECT generate_series FROM generate_series(1, 3)', '1', '2', '3'],
]);

describeQueries('hierarchies', database, [
  [
    'SELECT id, boss, level FROM staff START WITH boss IS NULL CONNECT BY PRIOR id = boss ORDER BY 3, 1',
    '1|NULL|1',
    '2|1|2',
    '3|1|2',
    '4|2|3',
  ],
  ['SELECT id FROM staff WHERE level < 3 AND id > 1 START WITH id = 1 CONNECT BY boss = PRIOR id ORDER BY 1', '2', '3'],
  [
    'SELECT level, count(*) FROM staff START WITH id = 1 CONNECT BY PRIOR id = boss GROUP BY level ORDER BY 1',
    '1|1',
    '2|2',
    '3|1',
  ],
  ['SELECT s.* FROM staff s START WITH s.id = 4 CONNECT BY PRIOR s.boss = s.id ORDER BY level', '4|2', '2|1', '1|NULL'],
  ['SELECT level FROM (SELECT 1) q CONNECT BY level <= 3', '1', '2', '3'],
  ['SELECT count(*) FROM staff CONNECT BY PRIOR id = boss', '8'],
]);

describe('a hierarchy that goes round', () => {
  it('is an error', async () => {
    await expect(
      database.query('SELECT id FROM (SELECT 1 AS id, 1 AS boss) q START WITH id = 1 CONNECT BY PRIOR id = boss'),
    ).rejects.toMatchObject({ code: '54001', message: 'CONNECT BY loop in user data' });
  });
});

describeQueries('pivot and unpivot', database, [
  ["SELECT * FROM (SELECT g, n FROM t) PIVOT (sum(n) FOR g IN ('a', 'b' AS bee, NULL))", '30|NULL|5'],
  [
    "SELECT * FROM (SELECT id, g, n FROM t WHERE id < 3) PIVOT (count(*) AS c, max(n) FOR g IN ('a')) ORDER BY id",
    '1|1|10',
    '2|1|20',
  ],
  [
    'SELECT * FROM (SELECT 1 AS red, 2 AS green, NULL::int AS blue) UNPIVOT (cnt FOR color IN (red, green AS g, blue)) ORDER BY color',
    'g|2',
    'red|1',
  ],
  [
    'SELECT * FROM (SELECT 1 AS red, NULL::int AS blue) UNPIVOT INCLUDE NULLS (cnt FOR color IN (red, blue)) ORDER BY 1',
    'blue|NULL',
    'red|1',
  ],
]);

describe('labels of pivots', () => {
  it('are made of values and aggregates', async () => {
    const answer = await database.query(
      "SELECT * FROM (SELECT g, n FROM t) PIVOT (count(*) AS hits, sum(n) FOR g IN ('a' AS first, 'b'))",
    );
    expect(answer.labels).toEqual(['first_hits', 'first_sum', 'b_hits', 'b_sum']);
  });
});

describeQueries('late-binding views are read where they are used', database, [
  ['SELECT key, twice FROM late WHERE key = 2', '2|40'],
  ['SELECT late.key FROM public.late ORDER BY key LIMIT 1', '1'],
  ['SELECT count(*) FROM later', '2'],
  ['SELECT x.k FROM late AS x(k, w) WHERE w = 20', '1'],
]);

describeErrors('late-binding views that do not hold', database, [
  ['SELECT 1 FROM circular', '42P17', 15, 'infinite recursion detected in the definition of view "circular"'],
  ['SELECT 1, 2 FROM broken', '42703', 18, 'column "nope" does not exist in t'],
  ['SELECT nope FROM late', '42703', 8, 'column "nope" does not exist in late'],
]);

describe('reads', () => {
  it('names each relation once, views and what they read included', () => {
    const plan = database.compile('SELECT 1 FROM t a, t b, later');
    if (!('reads' in plan)) throw new Error('no reads');
    const names = (plan.reads as readonly { name: string }[]).map((relation) => relation.name);
    expect(names).toEqual(['t', 'later', 'late']);
  });
});

describe('leader-node functions', () => {
  it('are refused over tables', async () => {
    expect(lines(await database.query('SELECT now() IS NOT NULL'))).toEqual(['t']);
    expect(() => database.compile('SELECT now() FROM t')).toThrow(
      expect.objectContaining({
        code: '0A000',
        message: 'Specified types or functions (one per INFO message) not supported on Redshift tables.',
      }),
    );
  });
});
