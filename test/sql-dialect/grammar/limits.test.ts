import { describe, expect, it } from 'vitest';
import { parseStatements } from '../../../sql-dialect/parse.js';

function errorOf(sql: string): unknown {
  try {
    parseStatements(sql);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('nesting', () => {
  const shapes: readonly (readonly [name: string, nested: (depth: number) => string])[] = [
    ['parentheses', (n) => `SELECT ${'('.repeat(n)}1${')'.repeat(n)}`],
    ['parentheses around a query', (n) => `SELECT ${'('.repeat(n)}SELECT 1${')'.repeat(n)}`],
    ['parentheses around a statement', (n) => `${'('.repeat(n)}SELECT 1${')'.repeat(n)}`],
    ['subqueries', (n) => `SELECT ${'(SELECT '.repeat(n)}1${')'.repeat(n)}`],
    ['subqueries in FROM', (n) => `SELECT * FROM ${'(SELECT * FROM '.repeat(n)}t${') x'.repeat(n)}`],
    ['parentheses in FROM', (n) => `SELECT * FROM ${'('.repeat(n)}t${')'.repeat(n)}`],
    ['common tables', (n) => `${'WITH a AS ('.repeat(n)}SELECT 1${') SELECT 1'.repeat(n)}`],
    ['calls', (n) => `SELECT ${'f('.repeat(n)}1${')'.repeat(n)}`],
    ['CASE', (n) => `SELECT ${'CASE WHEN a THEN '.repeat(n)}1${' END'.repeat(n)}`],
    ['NOT', (n) => `SELECT ${'NOT '.repeat(n)}true`],
    ['signs', (n) => `SELECT ${'- '.repeat(n)}1`],
    ['subscripts', (n) => `SELECT ${'a['.repeat(n)}1${']'.repeat(n)}`],
    ['arrays', (n) => `SELECT ARRAY${'['.repeat(n)}1${']'.repeat(n)}`],
    ['joins before their conditions', (n) => `SELECT * FROM t${' JOIN t'.repeat(n)}${' ON true'.repeat(n)}`],
    ['EXPLAIN', (n) => `${'EXPLAIN '.repeat(n)}SELECT 1`],
    ['PREPARE', (n) => `${'PREPARE p AS '.repeat(n)}SELECT 1`],
  ];

  it.each(shapes)('%s: 10,000 levels are refused with 54001', (_name, nested) => {
    expect(errorOf(nested(10_000))).toMatchObject({ code: '54001', message: 'statement is too complex' });
  });

  it.each(shapes.filter(([name]) => name !== 'EXPLAIN' && name !== 'PREPARE'))(
    '%s: 100 levels are not',
    (_name, nested) => {
      expect(errorOf(nested(100))).toBeUndefined();
    },
  );

  it('is counted per statement', () => {
    const sql = `SELECT ${'('.repeat(100)}1${')'.repeat(100)};`;
    expect(parseStatements(sql.repeat(20))).toHaveLength(20);
  });
});

describe('length', () => {
  const numbers = Array.from({ length: 100_000 }, (_, index) => String(index));
  const shapes: readonly (readonly [name: string, sql: string])[] = [
    ['an IN list of 100,000 items', `SELECT 1 WHERE a IN (${numbers.join(',')})`],
    ['100,000 terms of AND', `SELECT 1 WHERE a=${numbers.join(' AND a=')}`],
    ['100,000 terms of OR', `SELECT 1 WHERE a=${numbers.join(' OR a=')}`],
    ['100,000 terms of +', `SELECT ${numbers.join(' + ')}`],
    ['100,000 terms of ||', `SELECT ${numbers.join(' || ')}`],
    ['100,000 casts', `SELECT 1${'::int'.repeat(100_000)}`],
    ['100,000 IS NULL', `SELECT a${' IS NULL'.repeat(100_000)}`],
    ['100,000 rows of VALUES', `INSERT INTO t VALUES ${numbers.map((n) => `(${n})`).join(',')}`],
    ['100,000 columns', `SELECT ${numbers.map((n) => `c${n} AS d${n}`).join(',')}`],
    [
      '20,000 SELECTs of a UNION',
      numbers
        .slice(0, 20_000)
        .map((n) => `SELECT ${n}`)
        .join(' UNION ALL '),
    ],
    ['20,000 joins', `SELECT * FROM t${' JOIN u ON true'.repeat(20_000)}`],
    ['20,000 branches of CASE', `SELECT CASE${' WHEN a THEN b'.repeat(20_000)} END`],
    ['a string of 1 MB', `SELECT '${"it''s\\n".repeat(150_000)}'`],
    ['a comment of 1 MB', `SELECT /*${'/* x */ '.repeat(130_000)}*/ 1`],
    ['50,000 statements', 'SELECT 1;'.repeat(50_000)],
    [
      'a struct of 10,000 levels',
      `CREATE EXTERNAL TABLE t (a ${'struct<a:'.repeat(10_000)}int${'>'.repeat(10_000)}) STORED AS PARQUET LOCATION 's3://b'`,
    ],
  ];
  it.each(shapes)('%s is parsed', (_name, sql) => {
    expect(errorOf(sql)).toBeUndefined();
  });
});
