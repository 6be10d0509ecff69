import { describeQueries, useDatabase } from '../tables.js';

const database = useDatabase({
  t: {
    columns: 'i int, big bigint, f real, n numeric(8,2), c char(4), v varchar(8), b boolean, d date, s super',
    rows: [
      `1, 10, 1.5, 2.50, 'ab', 'ab ', true, '2024-01-31', json_parse('{"a": 5, "l": [1, "x"]}')`,
      '2, null, null, null, null, null, null, null, null',
    ],
  },
});

describeQueries('an operand with a comparison or a cast of its own keeps its own operators', database, [
  ['SELECT i BETWEEN i + 0 AND i + 1, i NOT BETWEEN i - 1 AND i - 1 FROM t', 't|t', 't|t'],
  ['SELECT i IN (i + 1, i * 1), (i + 1) IN (2) FROM t WHERE i = 1', 't|t'],
  ["SELECT v || c IN (c || v, v || c), v IN (c || ' ') FROM t WHERE i = 1", 't|t'],
  ['SELECT nullif(n, 2.50) IS NULL, nullif(n, 2.5) = f + big, nullif(v, c) IS NULL FROM t WHERE i = 1', 't|NULL|t'],
  ["SELECT (i < big) = (v = c), (c = v) IN (b), CASE c || '' WHEN v THEN 1 END FROM t WHERE i = 1", 't|t|1'],
  ['SELECT i + 1 = s.a - 3, s.a + 1 > i * 2, s.l[0] + i IN (2) FROM t WHERE i = 1', 't|t|t'],
  ["SELECT 'x' IN (SELECT s.l[1] FROM t), 5 IN (SELECT s.a FROM t), 5 = ANY (SELECT s.a FROM t)", 't|t|t'],
  ['SELECT d + 1 - d, d - i > d - 2, d + i = d + 1 FROM t WHERE i = 1', '1|t|t'],
  ['SELECT - - i, -(-i), 2 - -i, -n - -n FROM t WHERE i = 1', '1|1|3|0.00'],
  ['SELECT NOT i = 1 AND b, NOT (b OR b) IS NULL FROM t WHERE i = 1', 'f|t'],
]);

describeQueries('NULL takes the type of what it stands with', database, [
  [
    'SELECT s.a + NULL, NULL || v, NULL + d, NULL BETWEEN i AND i, v LIKE NULL FROM t WHERE i = 1',
    'NULL|NULL|NULL|NULL|NULL',
  ],
  ["SELECT DISTINCT '5', v FROM t ORDER BY 2", '5|ab ', '5|NULL'],
  ['SELECT NULL UNION SELECT i FROM t WHERE i = 1 ORDER BY 1', '1', 'NULL'],
  ['SELECT coalesce(NULL, n), greatest(NULL, i), CASE WHEN NULL THEN i ELSE n END FROM t WHERE i = 1', '2.50|1|2.50'],
]);
