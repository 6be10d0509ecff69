import { describeFailures, describeQueries, useDatabase } from '../tables.js';

const database = useDatabase({
  t: {
    columns: 'id int, s smallint, b bigint, n numeric(8,2), w numeric(38,10), f float, ok boolean',
    rows: [
      '1, 7, 10, 10.50, 1.5, 1.5, true',
      '2, 0, 3, 3.25, 12345678901234567890.5, 2.5, false',
      '3, null, null, null, null, null, null',
    ],
  },
});

describeQueries('integers', database, [
  ['SELECT 7/2, -7/2, 7%2, -7%2, 5 # 3, 6 & 3, 6 | 3, 1 << 4, 16 >> 2, ~5', '3|-3|1|-1|6|2|7|16|4|-6'],
  ['SELECT s + 32760, s / 2, s * 2::smallint FROM t WHERE id = 1', '32767|3|14'],
  ['SELECT 10 / id FROM t ORDER BY id', '10', '5', '3'],
  ['SELECT id / (id * 2.0) FROM t ORDER BY 1', '0.5000000000000', '0.5000000000000', '0.5000000000000'],
  ['SELECT NULL / 0, 1 / NULL::int', 'NULL|NULL'],
  [
    'SELECT 2147483648, -2147483648, 9223372036854775807, 9223372036854775808',
    '2147483648|-2147483648|9223372036854775807|9223372036854775808',
  ],
]);

describeQueries('decimals', database, [
  ['SELECT 1.0/3, 7.0/2, 2.0/3, -2.0/3', '0.333333333333|3.500000000000|0.666666666666|-0.666666666666'],
  ['SELECT n / 3, n * 1.5, n + 1, n - 0.005, n % 3 FROM t WHERE id = 1', '3.5000000000000|15.750|11.50|10.495|1.50'],
  [
    'SELECT w + 1, w * 2, w / 7 FROM t WHERE id = 2',
    '12345678901234567891.5000000000|24691357802469135781.0000000000|1763668414462081127.2142857142',
  ],
  ['SELECT 99999999999999999999.99 * 1.5', '149999999999999999999.985'],
  ['SELECT cast(109.652 AS decimal(4,1)), 1.005::numeric(3,2), -2.5::int, 2.5::int, 0.5::int', '109.7|1.01|-3|3|1'],
  ['SELECT .5, 10., 1e3, 1.50, 0.05', '0.5|10|1000|1.50|0.05'],
  ['SELECT sum(n), avg(n), avg(s), avg(id), sum(id), count(n) FROM t', '13.75|6.87|3|2|6|2'],
  ['SELECT CASE WHEN id = 1 THEN 1 ELSE 2.5 END FROM t ORDER BY id', '1.0', '2.5', '2.5'],
]);

describeQueries('floats', database, [
  ['SELECT f / 2, f * n, f + 1, 2 ^ 10, |/ 25, ||/ 27, @ -3.5 FROM t WHERE id = 1', '0.75|15.75|2.5|1024|5|3|3.5'],
  ['SELECT 1.0::float / 3, 1e300::float * 10, 0.1::float + 0.2::float', '0.333333333333333|1e+301|0.3'],
]);

describeQueries('conversions', database, [
  [
    "SELECT '12'::int, ' -5 '::int, '1.5'::numeric(3,1), '1e3'::float, 't'::bool, 'no'::bool, 5::bool, true::int",
    '12|-5|1.5|1000|t|f|t|1',
  ],
  [
    "SELECT try_cast('x' AS int), try_cast('5' AS int), try_cast('1.5' AS int), try_cast('x' AS date), try_cast('x' AS bool)",
    'NULL|5|NULL|NULL|NULL',
  ],
  ['SELECT n::int, n::varchar, f::int, b::varchar(5) FROM t WHERE id = 1', '11|10.50|2|10'],
  ["SELECT id FROM t WHERE id = '2'", '2'],
  ["SELECT id FROM t WHERE n = '3.25'", '2'],
  ["SELECT '9' > 10::int::varchar, 9 > 10", 't|f'],
  ['SELECT id FROM t WHERE ok = 1', '1'],
  ['SELECT id FROM t WHERE ok', '1'],
  ['SELECT CASE WHEN id - 1 THEN 1 ELSE 0 END FROM t ORDER BY id', '0', '1', '1'],
]);

describeFailures('division by zero and overflow', database, [
  ['SELECT 1/0', '22012', 'Divide by zero'],
  ['SELECT 1 % 0', '22012'],
  ['SELECT 1.0/0', '22012'],
  ['SELECT 1.0::float/0', '22012'],
  ['SELECT id / s FROM t', '22012'],
  ['SELECT n / (id - 1) FROM t', '22012'],
  ['SELECT f / (f - 1.5) FROM t', '22012'],
  ['SELECT 2147483647 + 1', '22003'],
  ['SELECT s::smallint * 30000::smallint FROM t WHERE id = 1', '22003'],
  ['SELECT 123456::numeric(4,1)', '22003'],

  ['SELECT 99999999999999999999::numeric(20,0)::bigint', '22003'],
]);
