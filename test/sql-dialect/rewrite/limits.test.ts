import { describe, expect, it } from 'vitest';
import { compile, defaultDialectSettings, parseStatements, translateCatalog } from '../../../sql-dialect/index.js';
import { lines, useDatabase } from '../tables.js';

const many = (count: number, write: (i: number) => string, separator: string) =>
  Array.from({ length: count }, (_unused, i) => write(i)).join(separator);

function outcome(sql: string): string {
  const [statement] = parseStatements(sql);
  if (statement === undefined) throw new Error('no statement');
  try {
    compile(statement, { catalog: translateCatalog, settings: defaultDialectSettings });
    return 'compiled';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

// A quadratic pass over any of these would not end within the time a test has.
describe('long statements are compiled', () => {
  it.each([
    ['100,000 terms of AND', `SELECT 1 FROM t WHERE ${many(100_000, (i) => `a${i} = ${i}`, ' AND ')}`],
    ['100,000 terms of OR', `SELECT 1 FROM t WHERE ${many(100_000, (i) => `a = ${i}`, ' OR ')}`],
    ['100,000 summands', `SELECT ${many(100_000, String, ' + ')}`],
    ['100,000 texts joined', `SELECT ${many(100_000, () => "'a'", ' || ')}`],
    ['100,000 numbers in a list', `SELECT 1 FROM t WHERE a IN (${many(100_000, String, ', ')})`],
    ['100,000 texts in a list', `SELECT 1 FROM t WHERE a IN (${many(100_000, (i) => `'x${i}'`, ', ')})`],
    ['100,000 rows', `INSERT INTO t VALUES ${many(100_000, (i) => `(${i}, 'a')`, ', ')}`],
    ['100,000 columns', `SELECT ${many(100_000, (i) => `c${i}`, ', ')} FROM t`],
    ['20,000 SELECTs of a UNION', many(20_000, (i) => `SELECT ${i}`, ' UNION ALL ')],
    [
      '5,000 grouped columns',
      `SELECT ${many(5_000, (i) => `c${i}`, ', ')} FROM t GROUP BY ${many(5_000, (i) => String(i + 1), ', ')}`,
    ],
    ['a CASE of 20,000 branches', `SELECT CASE ${many(20_000, (i) => `WHEN a = ${i} THEN ${i}`, ' ')} END FROM t`],
  ])('%s', (_title, sql) => {
    expect(outcome(sql)).toBe('compiled');
  });
});

describe('what grows without bound is refused', () => {
  it.each([
    ['100,000 casts', `SELECT 1${'::int'.repeat(100_000)}`],
    ['100,000 IS NULL', `SELECT 1${' IS NULL'.repeat(100_000)}`],
    ['aliases that double thirty times', `SELECT 1 AS a0, ${many(30, (i) => `a${i} + a${i} AS a${i + 1}`, ', ')}`],
  ])('%s', (_title, sql) => {
    expect(outcome(sql)).toBe('54001');
  });
});

describe('long chains keep their meaning', () => {
  const database = useDatabase({ t: { columns: 'id int, v varchar(5)', rows: ["500, 'a'"] } });

  it('of OR, of AND, of operators and of set operations', async () => {
    expect(lines(await database.query(`SELECT id FROM t WHERE ${many(900, (i) => `id = ${i}`, ' OR ')}`))).toEqual([
      '500',
    ]);
    expect(
      lines(await database.query(`SELECT id FROM t WHERE ${many(900, (i) => `id <> ${i + 501}`, ' AND ')}`)),
    ).toEqual(['500']);
    expect(lines(await database.query(`SELECT ${many(300, String, ' - ')}`))).toEqual([String(-(299 * 300) / 2)]);
    expect(
      lines(
        await database.query(
          `SELECT sum(x) FROM (${many(60, (i) => (i % 2 ? `SELECT ${i}.5 AS x` : `SELECT ${i} AS x`), ' UNION ALL ')}) q`,
        ),
      ),
    ).toEqual(['1785.0']);
  });
});
