import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quoteLiteral } from '../../sql-dialect/duckdb/quote.js';
import type { RedshiftType, TypeId } from '../../sql-dialect/types/redshift-type.js';
import { type DuckdbEngine, type EngineConnection, openEngine } from '../../src/engine/index.js';
import { output, textRows } from './text-of.js';

let engine: DuckdbEngine;
let connection: EngineConnection;

beforeAll(async () => {
  engine = await openEngine({ databases: ['dev'] });
  connection = await engine.connect();
});
afterAll(() => engine.close());

async function text(expression: string, type: RedshiftType | TypeId): Promise<string | null | undefined> {
  return (await textRows(await connection.query(`SELECT ${expression}`, output(type))))[0]?.[0];
}

describe('values print as Redshift prints them', () => {
  const cases: readonly (readonly [string, RedshiftType | TypeId, string | null])[] = [
    ['true', 'bool', 't'],
    ['false', 'bool', 'f'],
    ['NULL::BOOLEAN', 'bool', null],
    ['(-32768)::SMALLINT', 'int2', '-32768'],
    ['9223372036854775807', 'int8', '9223372036854775807'],
    ['1::HUGEINT', 'int8', '1'],
    [
      '12345678901234567890123456789.123456789::DECIMAL(38,9)',
      { id: 'numeric', precision: 38, scale: 9 },
      '12345678901234567890123456789.123456789',
    ],
    ['1.50::DECIMAL(8,2)', { id: 'numeric', precision: 8, scale: 2 }, '1.50'],
    ['1.005::DOUBLE', { id: 'numeric', precision: 8, scale: 2 }, '1.00'],
    ['0.1::DOUBLE + 0.2::DOUBLE', 'float8', '0.3'],
    ['1e15::DOUBLE', 'float8', '1e+15'],
    ['100000000000000::DOUBLE', 'float8', '100000000000000'],
    ['1e-5::DOUBLE', 'float8', '1e-05'],
    ['1e300::DOUBLE', 'float8', '1e+300'],
    ['1::DOUBLE', 'float8', '1'],
    ["'inf'::DOUBLE", 'float8', 'Infinity'],
    ["'-inf'::DOUBLE", 'float8', '-Infinity'],
    ["'nan'::DOUBLE", 'float8', 'NaN'],
    ['NULL::DOUBLE', 'float8', null],
    ['3.14159274::FLOAT', 'float4', '3.14159'],
    ['16777216::FLOAT', 'float4', '1.67772e+07'],
    ["timestamp '2024-01-02 03:04:05.100'", 'timestamp', '2024-01-02 03:04:05.1'],
    ["timestamp '2024-01-02 03:04:05'", 'timestamp', '2024-01-02 03:04:05'],
    ["timestamp '2024-01-02 03:04:05.123456'", 'timestamp', '2024-01-02 03:04:05.123456'],
    ["date '2024-01-02'", 'timestamp', '2024-01-02 00:00:00'],
    ["timestamp '0044-03-15 (BC) 12:00:00'", 'timestamp', '0044-03-15 12:00:00 BC'],
    ["'-infinity'::TIMESTAMP", 'timestamp', '-infinity'],
    ["timestamptz '2024-01-02 03:04:05.5+05:30'", 'timestamptz', '2024-01-01 21:34:05.5+00'],
    ["date '0001-01-01'", 'date', '0001-01-01'],
    ["date '0044-03-15 (BC)'", 'date', '0044-03-15 BC'],
    ["'10:00:00.50'::TIME", 'time', '10:00:00.5'],
    ["'10:00:00+02'::TIMETZ", 'timetz', '10:00:00+02'],
    ["interval '14 months 3 days 04:05:06.5'", 'interval', '1 year 2 mons 3 days 04:05:06.5'],
    ["interval '1 month'", 'interval', '1 mon'],
    ["interval '1 year'", 'intervaly2m', '1 years 0 mons'],
    ["interval '5 hours'", 'intervald2s', '0 days 5 hours 0 mins 0.0 secs'],
    ["interval '1 day 02:03:04.5678'", 'intervald2s', '1 days 2 hours 3 mins 4.5678 secs'],
    ["'abc'::BLOB", 'varbyte', '616263'],
    ["'\\xAB\\x00'::BLOB", 'varbyte', 'ab00'],
    [`'{"a":[1,2.50,"x"]}'::JSON`, 'super', '{"a":[1,2.50,"x"]}'],
    [`'"x"'::JSON`, 'super', '"x"'],
    [`'null'::JSON`, 'super', null],
    ["'ab'", { id: 'char', length: 5 }, 'ab   '],
    ["'abcdef'", { id: 'char', length: 5 }, 'abcdef'],
    ["'ab  '", 'varchar', 'ab  '],
    ["['a', NULL, 'b c', '', 'x\"y\\z', 'null']", 'text_array', '{a,NULL,"b c","","x\\"y\\\\z","null"}'],
    ['[true, NULL]', 'bool_array', '{t,NULL}'],
    ['[1, 2]', 'int4_array', '{1,2}'],
    ['NULL::INTEGER[]', 'int4_array', null],
    ['NULL', 'unknown', null],
    ['true', 'unknown', 't'],
    ["'x'::BLOB", 'unknown', '78'],
    ['1e20::DOUBLE', 'unknown', '1e+20'],
  ];
  it.each(cases)('%s as %o is %s', async (expression, type, expected) => {
    expect(await text(expression, type)).toBe(expected);
  });

  it('moves timestamps with a zone to the session time zone', async () => {
    const session = await engine.connect();
    await session.run("SET TimeZone = 'Asia/Kolkata'");
    const result = await session.query("SELECT timestamptz '2024-01-01 00:00:00+00'", output('timestamptz'));
    expect(await textRows(result)).toEqual([['2024-01-01 05:30:00+05:30']]);
    await session.close();
  });
});

describe('a result', () => {
  it('is empty when the query gives no rows', async () => {
    const result = await connection.query('SELECT 1 WHERE false', output('int4'));
    expect(await result.next()).toBeUndefined();
    expect(await result.next()).toBeUndefined();
  });

  it('keeps the order of the query, over many chunks', async () => {
    const rows = await textRows(
      await connection.query('SELECT range FROM range(50000) ORDER BY range DESC -- end', output('int8')),
    );
    expect(rows).toEqual(Array.from({ length: 50_000 }, (_unused, index) => [String(49_999 - index)]));
  });

  it('uses the memory of a chunk again only when it was given back', async () => {
    const sql = "SELECT CASE WHEN i % 7 = 0 THEN NULL ELSE repeat('x', i % 40) || i END AS t FROM range(20000) AS r(i)";
    const read = async (givingBack: boolean) => textRows(await connection.query(sql, output('text')), givingBack);
    expect(await read(true)).toEqual(await read(false));
    const kept = await connection.query(sql, output('text'));
    const first = await kept.next();
    const second = await kept.next();
    expect(second?.columns[0]?.data).not.toBe(first?.columns[0]?.data);
    kept.close();
  });

  it('outlives other statements of its connection', async () => {
    const result = await connection.query('SELECT range FROM range(10000)', output('int8'));
    await result.next();
    await connection.run('CREATE OR REPLACE TEMP TABLE other AS SELECT 1');
    await connection.query('SELECT 2', output('int4'));
    expect((await textRows(result)).length).toBe(10_000 - 2_048);
  });

  it('gives each row once although a small result comes in several chunks', async () => {
    for (const size of [1, 100, 255, 256, 257, 3_000]) {
      const parts = Array.from(
        { length: 5 },
        (_unused, index) => `SELECT range + ${index * size} AS n FROM range(${size})`,
      );
      const rows = await textRows(await connection.query(parts.join(' UNION ALL '), output('int8')));
      expect(rows.map(([n]) => Number(n)).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 5 * size }, (_unused, n) => n),
      );
    }
    await connection.run('CREATE TABLE dev.public.stored AS SELECT range AS n FROM range(3)');
    await connection.run('BEGIN');
    await connection.run('INSERT INTO dev.public.stored VALUES (3)');
    const rows = await textRows(await connection.query('SELECT n FROM dev.public.stored', output('int8')));
    await connection.run('ROLLBACK');
    expect(rows).toEqual([['0'], ['1'], ['2'], ['3']]);
  });

  it('takes parameters as text, numbers, bytes and NULL', async () => {
    const sql = 'SELECT $1::INTEGER + 1, $2::VARCHAR, $3::DOUBLE, $4::BLOB, $5::BIGINT, $6::BOOLEAN, $1';
    const result = await connection.query(
      sql,
      output('int4', 'varchar', 'float8', 'varbyte', 'int8', 'bool', 'varchar'),
      ['41', null, 1.5, Uint8Array.of(1, 255), 2n ** 62n, true],
    );
    expect(await textRows(result)).toEqual([['42', null, '1.5', '01ff', String(2n ** 62n), 't', '41']]);
  });

  it('may repeat labels and hold hundreds of columns', async () => {
    const expressions = Array.from({ length: 400 }, (_unused, index) => `${index} AS same`);
    const result = await connection.query(
      `SELECT ${expressions.join(', ')}`,
      output(...expressions.map(() => 'int4' as const)),
    );
    expect(await textRows(result)).toEqual([Array.from({ length: 400 }, (_unused, index) => String(index))]);
  });

  it('gives every text as it is, whatever the mix of lengths, NULLs and characters', async () => {
    const cell = fc.option(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 100 }),
        fc.string({ unit: 'binary', minLength: 10, maxLength: 16 }),
        fc.integer({ min: 0, max: 100 }).map((length) => 'x'.repeat(length)),
      ),
      { nil: null, freq: 4 },
    );
    const table = fc
      .integer({ min: 1, max: 5 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 60 }),
      );
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 70 }), async (rows, copies) => {
        const clean = rows.map((row) => row.map((value) => value?.replaceAll('\0', '') ?? null));
        const width = clean[0]?.length ?? 0;
        const values = clean.map(
          (row, index) =>
            `(${index}, ${row.map((value) => (value === null ? 'NULL::VARCHAR' : quoteLiteral(value))).join(', ')})`,
        );
        const names = Array.from({ length: width }, (_unused, index) => `v${index}`);
        const sql = `SELECT ${names.join(', ')} FROM (VALUES ${values.join(', ')}) AS t(n, ${names.join(', ')}), range(${copies}) ORDER BY range, n`;
        const got = await textRows(await connection.query(sql, output(...names.map(() => 'varchar' as const))));
        const expected = Array.from({ length: copies }, () => clean).flat();
        expect(got).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('agrees with the public API on large mixed columns', async () => {
    const sql = `SELECT CASE WHEN hash(range) % 5 = 0 THEN NULL ELSE repeat(chr((97 + range % 26)::INTEGER), (hash(range) % 101)::INTEGER) END AS a,
                        repeat('é', (range % 40)::INTEGER) AS b, CASE WHEN range % 2 = 0 THEN 'short' END AS c FROM range(30000)`;
    const expected = await connection.rows(sql);
    const got = await textRows(await connection.query(sql, output('varchar', 'varchar', 'varchar')));
    expect(got.length).toBe(30_000);
    expect(got).toEqual(expected.map((row) => [row.a, row.b, row.c]));
  });
});
