import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raisedErrorExpression, raisedErrorSql } from '../../sql-dialect/duckdb/raised-error.js';
import { createLogger } from '../../src/base/log.js';
import { type DuckdbEngine, type EngineConnection, openEngine } from '../../src/engine/index.js';
import { concurrentStatements } from '../../src/engine/thread-pool.js';
import { output, textRows } from './text-of.js';

let engine: DuckdbEngine;
let connection: EngineConnection;
const log: string[] = [];
const endless = 'SELECT sum(a.range * b.range) AS s FROM range(10000000) a, range(1000000) b';

beforeAll(async () => {
  engine = await openEngine({ databases: ['dev'], log: createLogger('debug', 'json', (line) => log.push(line)) });
  connection = await engine.connect();
  await connection.run('CREATE TABLE dev.public.t (a INTEGER NOT NULL)');
});
afterAll(() => engine.close());

describe('errors carry SQLSTATE and Redshift text', () => {
  it.each([
    ["SELECT 'abc'::INTEGER", '22P02', 'invalid input syntax for integer: "abc"'],
    ["SELECT ''::BIGINT", '22P02', 'invalid input syntax for integer: ""'],
    ["SELECT '99999999999'::INTEGER", '22003', 'value "99999999999" is out of range for type integer'],
    ["SELECT 'x'::DOUBLE", '22P02', 'invalid input syntax for type double precision: "x"'],
    ["SELECT 'x'::DECIMAL(5,2)", '22P02', 'invalid input syntax for type numeric: "x"'],
    ["SELECT 'maybe'::BOOLEAN", '22P02', 'invalid input syntax for type boolean: "maybe"'],
    ['SELECT 99999999999::INTEGER', '22003', 'integer out of range'],
    ['SELECT 2147483647::INTEGER + 1::INTEGER', '22003', 'integer out of range'],
    ['SELECT 9223372036854775807 + 1', '22003', 'bigint out of range'],
    ['SELECT 9999.99::DECIMAL(3,1)', '22003', 'Numeric data overflow (result precision)'],
    ["SELECT 'x'::DATE", '22007', 'invalid input syntax for type date: "x"'],
    ["SELECT '2024-13-01'::DATE", '22008', 'date/time field value out of range: "2024-13-01"'],
    ["SELECT 'x'::TIMESTAMP", '22007', 'invalid input syntax for type timestamp: "x"'],
    ["SELECT '25:00:00'::TIME", '22008', 'date/time field value out of range: "25:00:00"'],
    ["SELECT 'noon'::TIME", '22007', 'invalid input syntax for type time: "noon"'],
    ["SELECT timezone('nowhere', now())", '22023', 'time zone "nowhere" not recognized'],
    ['SELECT sqrt(-1)', '2201F', 'cannot take square root of a negative number'],
    ['SELECT ln(0)', '2201E', 'cannot take logarithm of zero'],
    ['INSERT INTO dev.public.t VALUES (NULL)', '23502', 'Cannot insert a NULL value into column a'],
    ['SELECT * FROM dev.public.gone', '42P01', 'relation "gone" does not exist'],
    ['CREATE TABLE dev.public.t (a INTEGER)', '42P07', 'Relation "t" already exists'],
    ['SELECT (SELECT range FROM range(2))', '21000', 'more than one row returned by a subquery used as an expression'],
    ["SELECT decode('\\xff'::BLOB)", '22021', 'String contains invalid or unsupported UTF8 codepoints'],
    [`SELECT ${raisedErrorSql('22012', "it's division by zero")}`, '22012', "it's division by zero"],
    [
      `SELECT CASE WHEN range = 5 THEN ${raisedErrorExpression('22023', "'bad: ' || range")} ELSE range END FROM range(9)`,
      '22023',
      'bad: 5',
    ],
  ])('%s: %s', async (sql, code, message) => {
    await expect(connection.rows(sql)).rejects.toMatchObject({ code, message });
  });

  it('reports a rewritten statement that DuckDB refuses as internal, with its SQL in the log only', async () => {
    const sql = 'SELECT nope(1) AS very_secret';
    const error: unknown = await connection.rows(sql).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ code: 'XX000' });
    expect(JSON.stringify(error)).not.toContain('very_secret');
    expect(log.at(-1)).toContain('very_secret');
  });

  it('tells that a transaction has failed', async () => {
    const session = await engine.connect();
    await session.run('BEGIN');
    await expect(session.rows("SELECT 'x'::INTEGER")).rejects.toMatchObject({ code: '22P02' });
    await expect(session.rows('SELECT 1')).rejects.toMatchObject({ code: '25P02' });
    await session.run('ROLLBACK');
    expect(await session.rows('SELECT 1 AS a')).toEqual([{ a: 1 }]);
    await session.close();
  });

  it('reports a write conflict as Redshift does', async () => {
    await connection.run('CREATE TABLE dev.public.c AS SELECT 1 AS a');
    const other = await engine.connect();
    await other.run('BEGIN');
    await other.run('UPDATE dev.public.c SET a = 2');
    await connection.run('BEGIN');
    await expect(connection.run('UPDATE dev.public.c SET a = 3')).rejects.toMatchObject({
      code: 'XX000',
      message: '1023',
    });
    await connection.run('ROLLBACK');
    await other.close();
  });
});

describe('a running statement', () => {
  it('stops with 57014 when it is interrupted, and the connection goes on', async () => {
    const running = connection.rows(endless);
    setTimeout(() => connection.interrupt(), 30);
    await expect(running).rejects.toMatchObject({ code: '57014' });
    expect(await connection.rows('SELECT 1 AS a')).toEqual([{ a: 1 }]);
  });

  it('stops although the interrupt came before it reached its thread', async () => {
    const running = connection.rows(endless);
    connection.interrupt();
    await expect(running).rejects.toMatchObject({ code: '57014' });
  });

  it('is not disturbed by an interrupt of an idle connection', async () => {
    connection.interrupt();
    expect(await connection.rows('SELECT 1 AS a')).toEqual([{ a: 1 }]);
  });

  it('waits for a place and can be interrupted while it waits', async () => {
    const places = concurrentStatements();
    const busy = await Promise.all(Array.from({ length: places }, () => engine.connect()));
    const running = busy.map((one) => one.rows(endless).catch((error: unknown) => error));
    const waiting = await engine.connect();
    const waited = waiting.rows('SELECT 1 AS a');
    waiting.interrupt();
    await expect(waited).rejects.toMatchObject({ code: '57014' });
    const queued = waiting.query('SELECT 7', output('int4'));
    for (const one of busy) one.interrupt();
    for (const error of await Promise.all(running)) expect(error).toMatchObject({ code: '57014' });
    expect(await textRows(await queued)).toEqual([['7']]);
    await Promise.all([...busy, waiting].map((one) => one.close()));
  });
});

describe('the thread pool', () => {
  it('keeps one thread of the pool free', () => {
    expect(concurrentStatements({})).toBe(3);
    expect(concurrentStatements({ UV_THREADPOOL_SIZE: '16' })).toBe(15);
    expect(concurrentStatements({ UV_THREADPOOL_SIZE: '1' })).toBe(1);
    expect(concurrentStatements({ UV_THREADPOOL_SIZE: 'many' })).toBe(3);
  });
});
