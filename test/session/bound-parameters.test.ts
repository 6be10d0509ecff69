import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TypeId } from '../../sql-dialect/types/redshift-type.js';
import { boundParameters } from '../../src/session/bound-parameters.js';
import { openTestHost, type TestHost, type TestSession } from './open-test-host.js';

const widths: readonly (readonly [TypeId, 16 | 32 | 64])[] = [
  ['int2', 16],
  ['int4', 32],
  ['int8', 64],
];
const [blanks, sign, zeros] = [
  fc.constantFrom('', ' ', '\t'),
  fc.constantFrom('', '+'),
  fc.nat(3).map((n) => '0'.repeat(n)),
];

it('reads every integer that its type holds, and no other', () => {
  for (const [id, bits] of widths) {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }), blanks, sign, zeros, (value, blank, plus, zero) => {
        const text = `${blank}${value < 0n ? `-${zero}${-value}` : `${plus}${zero}${value}`}${blank}`;
        if (BigInt.asIntN(bits, value) === value) expect(boundParameters([{ id }], [text])).toEqual([{ bits, value }]);
        else expect(() => boundParameters([{ id }], [text])).toThrowError(/is out of range for type/);
      }),
    );
  }
});

it.each(['', ' ', 'x', '1.5', '1e3', '0x10', '1_000', '--1', '1 2', 't', '١'])('takes %j for no integer', (text) => {
  expect(() => boundParameters([{ id: 'int4' }], [text])).toThrowError(`invalid input syntax for integer: "${text}"`);
});

it('tells a number of a million digits at once', () => {
  const error = expect.objectContaining({ code: '22003' });
  expect(() => boundParameters([{ id: 'int8' }], ['9'.repeat(1_000_000)])).toThrow(error);
});

it('leaves NULL and texts of other types alone, and texts without a type', () => {
  expect(boundParameters([{ id: 'int4' }, { id: 'varchar' }], [null, '5', '6'])).toEqual([null, '5', '6']);
});

describe('wherever a statement has parameters', () => {
  let host: TestHost;
  let test: TestSession;
  beforeAll(async () => {
    host = await openTestHost();
    test = await host.open();
    await test.run('CREATE TABLE t (i int, s smallint, b bigint)');
    await test.run('INSERT INTO t VALUES (1, 1, 1)');
  });
  afterAll(() => host.close());

  it.each([
    'SELECT $1::int',
    'SELECT i FROM t WHERE i = $1',
    'INSERT INTO t (i) VALUES ($1)',
    'UPDATE t SET i = $1',
    'DELETE FROM t WHERE i = $1',
    'EXPLAIN SELECT i FROM t WHERE i = $1',
    'CREATE TEMP TABLE made AS SELECT i FROM t WHERE i = $1',
    'DECLARE c CURSOR WITH HOLD FOR SELECT i FROM t WHERE i = $1',
  ])('%s', async (sql) => {
    await expect(test.run(sql, ['1.5'])).rejects.toMatchObject({ code: '22P02' });
    await expect(test.run(sql, ['2147483648'])).rejects.toMatchObject({ code: '22003' });
  });

  it('EXECUTE', async () => {
    await test.run('PREPARE p (int) AS SELECT $1 + 1');
    expect((await test.run('EXECUTE p (41)')).rows).toEqual([['42']]);
    await expect(test.run("EXECUTE p ('1.5')")).rejects.toMatchObject({ code: '22P02' });
  });

  it('one parameter in places of several types', async () => {
    const sql = "SELECT i, s, b FROM t WHERE i = $1 AND s = $1 AND b = $1 AND $1::varchar || '' = '1'";
    expect((await test.run(sql, ['1'])).rows).toEqual([['1', '1', '1']]);
  });

  it('a thousand of them', async () => {
    const numbers = Array.from({ length: 1_000 }, (_unused, index) => String(index - 500));
    await test.run(`INSERT INTO t (i) VALUES ${numbers.map((_n, index) => `($${index + 1})`).join(', ')}`, numbers);
    expect((await test.run('SELECT count(i), sum(i) FROM t WHERE b IS NULL')).rows).toEqual([['1000', '-500']]);
  });
});
