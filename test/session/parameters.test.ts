import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHost, type TestHost, type TestSession } from './open-test-host.js';

describe('parameters', () => {
  let host: TestHost;
  let test: TestSession;
  beforeAll(async () => {
    host = await openTestHost();
    test = await host.open();
    await test.run(
      'CREATE TABLE t (i int, b bigint, n numeric(8, 2), f float8, v varchar(5), c char(3), d date, ts timestamp, tz timestamptz, o boolean, s super, y varbyte(8))',
    );
  });
  afterAll(() => host.close());

  it.each([
    ['i', '42', '42'],
    ['i', null, null],
    ['b', '9007199254740993', '9007199254740993'],
    ['n', '1.005', '1.01'],
    ['f', '1.5e3', '1500'],
    ['v', 'äb', 'äb'],
    ['c', 'x', 'x  '],
    ['d', '2026-01-02', '2026-01-02'],
    ['ts', '2026-01-02 03:04:05.5', '2026-01-02 03:04:05.5'],
    ['tz', '2026-01-02 03:04:05+01', '2026-01-02 02:04:05+00'],
    ['o', 't', 't'],
    ['o', 'false', 'f'],
  ])('stores %s from %s', async (column, given, stored) => {
    await test.run(`INSERT INTO t (${column}) VALUES ($1)`, [given]);
    const answer = await test.run(
      given === null
        ? `SELECT ${column}, count(*) OVER () FROM t WHERE ${column} IS NULL`
        : `SELECT ${column} FROM t WHERE ${column} = $1`,
      given === null ? [] : [column === 'n' ? '1.01' : given],
    );
    expect(answer.rows[0]?.[0]).toBe(stored);
    await test.run('DELETE FROM t');
  });

  it('infers types from what a parameter is used for', async () => {
    const { session } = test;
    const types = async (sql: string) => {
      const [statement] = session.parse(sql).statements;
      if (statement === undefined) throw new Error('no statement');
      return (await session.prepare(statement, [])).parameterTypes.map(({ id }) => id);
    };
    expect(await types('SELECT i FROM t WHERE b = $1 AND v = $2')).toEqual(['int8', 'varchar']);
    expect(await types('SELECT $1::date')).toEqual(['date']);
    expect(await types('INSERT INTO t (n, ts) VALUES ($1, $2)')).toEqual(['numeric', 'timestamp']);
    expect(await types('SELECT i FROM t LIMIT $1')).toEqual(['int8']);
  });

  it('refuses values that do not fit', async () => {
    await test.run('INSERT INTO t (i) VALUES (1)');
    await expect(test.run('SELECT $1::int', ['seven'])).rejects.toMatchObject({ code: '22P02' });
    await expect(test.run('INSERT INTO t (v) VALUES ($1)', ['too long'])).rejects.toMatchObject({ code: '22001' });
    await expect(test.run('INSERT INTO t (c) VALUES ($1)', ['four'])).rejects.toMatchObject({ code: '22001' });
    await expect(test.run('UPDATE t SET v = $1', ['too long'])).rejects.toMatchObject({ code: '22001' });
    await expect(test.run('INSERT INTO t (i) VALUES ($1)', ['99999999999'])).rejects.toMatchObject({ code: '22003' });
  });

  it('works in every clause', async () => {
    await test.run('DELETE FROM t');
    await test.run("INSERT INTO t (i, v) VALUES (1, 'a'), (2, 'b'), (3, 'c')");
    expect((await test.run('SELECT i FROM t WHERE i > $1 ORDER BY i LIMIT $2', ['1', '1'])).rows).toEqual([['2']]);
    expect((await test.run('SELECT i + $1 FROM t WHERE v = $2', ['10', 'c'])).rows).toEqual([['13']]);
    expect(await test.tag("UPDATE t SET v = 'z' WHERE i = 1")).toBe('UPDATE 1');
    expect((await test.run('UPDATE t SET v = $1 WHERE i = $2', ['q', '2'])).tag).toBe('UPDATE 1');
    expect((await test.run('DELETE FROM t WHERE v = $1 OR i = $2', ['q', '3'])).tag).toBe('DELETE 2');
    await test.run('CREATE TABLE made AS SELECT i, $1::varchar(3) AS label FROM t', ['new']);
    expect((await test.run('SELECT * FROM made')).rows).toEqual([['1', 'new']]);
  });
});
