import { describe, expect, it } from 'vitest';
import { describeFunction } from '../../src/refresh/function-traits.js';
import { recomputeReason } from '../../src/refresh/maintenance.js';
import { queryOf } from './query-of.js';

const reason = (text: string, sorted = false): string | undefined =>
  recomputeReason(queryOf(text), describeFunction, sorted);

/** AWS "Refreshing a materialized view": what is refreshed incrementally, and its limitations. */
describe('a definition over tables and views', () => {
  it.each([
    'SELECT * FROM t',
    'SELECT a, upper(b) AS b FROM t WHERE a > 1',
    'SELECT t.a, u.b FROM t JOIN u ON t.a = u.a INNER JOIN v USING (b)',
    'SELECT t.a FROM t, u WHERE t.a = u.a',
    'SELECT a, count(*), sum(b), avg(b), min(b), max(b) FROM t GROUP BY a HAVING sum(b) > 1',
    'SELECT a FROM t GROUP BY (a)',
    'SELECT a FROM t UNION ALL SELECT a FROM u',
    '(SELECT a FROM t) UNION ALL (SELECT a FROM u) UNION ALL SELECT a FROM v',
    'SELECT o.id, i.sku FROM orders o, o.items i',
    "SELECT date_trunc('day', ts) AS d, count(*) FROM t GROUP BY 1",
  ])('is maintained incrementally: %s', (text) => expect(reason(text)).toBeUndefined());

  it.each([
    ['SELECT t.a FROM t LEFT JOIN u ON t.a = u.a', 'OUTER JOINs'],
    ['SELECT t.a FROM t FULL JOIN u ON t.a = u.a', 'OUTER JOINs'],
    ['SELECT t.a FROM t, u WHERE t.a = u.a (+)', 'OUTER JOINs'],
    ['SELECT a FROM t UNION SELECT a FROM u', 'UNION'],
    ['SELECT a FROM t INTERSECT SELECT a FROM u', 'INTERSECT'],
    ['SELECT a FROM t MINUS SELECT a FROM u', 'EXCEPT'],
    ['SELECT a FROM t UNION ALL (SELECT a FROM u EXCEPT SELECT a FROM v)', 'EXCEPT'],
    ['SELECT a, count(*) FROM t GROUP BY a UNION ALL SELECT a, b FROM u', 'UNION ALL with aggregates'],
    ['SELECT count(*) FROM t UNION ALL SELECT a FROM u', 'UNION ALL with aggregates'],
    ['SELECT listagg(a) FROM t', 'Aggregate function LISTAGG'],
    ['SELECT stddev_samp(a) FROM t', 'Aggregate function STDDEV_SAMP'],
    ['SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a) FROM t', 'Aggregate function PERCENTILE_CONT'],
    ['SELECT bit_or(a) FROM t', 'Aggregate function BIT_OR'],
    ['SELECT approximate count(DISTINCT a) FROM t', 'DISTINCT aggregates'],
    ['SELECT sum(DISTINCT a) FROM t', 'DISTINCT aggregates'],
    ['SELECT a, rank() OVER (ORDER BY a) FROM t', 'Window functions'],
    ['SELECT a FROM t QUALIFY row_number() OVER (ORDER BY a) = 1', 'Window functions'],
    ['SELECT a FROM (SELECT a FROM t) x', 'Subqueries'],
    ['SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u)', 'Subqueries'],
    ['SELECT (SELECT max(a) FROM u) FROM t', 'Subqueries'],
    ['WITH x AS (SELECT a FROM t) SELECT a FROM x', 'Common table expressions'],
    ['SELECT DISTINCT a FROM t', 'DISTINCT'],
    ['SELECT a, count(*) FROM t GROUP BY ROLLUP (a)', 'Aggregation extensions'],
    ['SELECT a, random() FROM t', 'Mutable function RANDOM'],
    ['SELECT a FROM t WHERE b < sysdate', 'Mutable function SYSDATE'],
  ])('is recomputed: %s', (text, construct) => expect(reason(text)?.startsWith(construct)).toBe(true));

  it('may not have a sort key over UNION ALL', () => {
    expect(reason('SELECT a FROM t UNION ALL SELECT a FROM u', true)).toBe(
      'UNION ALL with a sort key is not supported',
    );
  });
});
