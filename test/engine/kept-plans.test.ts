import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { TypeId } from '../../sql-dialect/types/redshift-type.js';
import { type DuckdbEngine, type EngineConnection, type EngineValue, openEngine } from '../../src/engine/index.js';
import { output, textRows } from './text-of.js';

/** A text that reads no relation runs from the plan of its second run on. Nobody may see that. */

let engine: DuckdbEngine;
let connection: EngineConnection;

beforeAll(async () => {
  engine = await openEngine({ databases: ['dev'] });
});
beforeEach(async () => {
  connection = await engine.connect();
});
afterEach(() => connection.close());
afterAll(() => engine.close());

const value = async (sql: string, type: TypeId = 'text', parameters: readonly EngineValue[] = []) =>
  (await textRows(await connection.query(sql, output(type), parameters, { readsNothing: true })))[0]?.[0];

const thrice = async (sql: string, type?: TypeId, parameters?: readonly EngineValue[]) => [
  await value(sql, type, parameters),
  await value(sql, type, parameters),
  await value(sql, type, parameters),
];

it('gives the same value each time', async () => {
  expect(await thrice('SELECT 1', 'int4')).toEqual(['1', '1', '1']);
});

it('reads a setting again', async () => {
  const sql = "SELECT timestamptz '2026-01-15 12:00:00+00'";
  await connection.run("SET TimeZone = 'UTC'");
  expect(await thrice(sql, 'timestamptz')).toEqual(Array(3).fill('2026-01-15 12:00:00+00'));
  await connection.run("SET TimeZone = 'Asia/Tokyo'");
  expect(await thrice(sql, 'timestamptz')).toEqual(Array(3).fill('2026-01-15 21:00:00+09'));
});

it('reads a variable again', async () => {
  await connection.run("SET VARIABLE place = 'here'");
  expect(await thrice("SELECT getvariable('place')")).toEqual(Array(3).fill('here'));
  await connection.run("SET VARIABLE place = 'there'");
  expect(await thrice("SELECT getvariable('place')")).toEqual(Array(3).fill('there'));
});

it('draws a new number, and reads the clock, each time', async () => {
  expect(new Set(await thrice('SELECT random()', 'float8')).size).toBe(3);
  expect(new Set(await thrice('SELECT now()', 'timestamptz')).size).toBe(3);
});

it('calls a function that does something each time', async () => {
  const cancelled: number[] = [];
  engine.controlSessions({
    cancelBackend: (processId) => cancelled.push(processId) > 0,
    terminateBackend: () => false,
  });
  await thrice('SELECT duckshift_cancel_backend(7::INTEGER)', 'bool');
  expect(cancelled).toEqual([7, 7, 7]);
});

it('takes parameters of any kind in any order', async () => {
  const sql = 'SELECT CAST($1 AS VARCHAR)';
  const given: EngineValue[] = ['a', null, 5, 'b', 12345678901234567890n, true, null, 'a'];
  const seen: unknown[] = [];
  for (const parameter of given) seen.push(await value(sql, 'text', [parameter]));
  expect(seen).toEqual(['a', null, '5', 'b', '12345678901234567890', 'true', null, 'a']);
});

it('fails each time, and goes on', async () => {
  for (let run = 0; run < 4; run++) {
    await expect(value('SELECT CAST($1 AS VARCHAR)::DATE', 'date', ['x'])).rejects.toMatchObject({ code: '22007' });
    await expect(value("SELECT 'abc'::INTEGER", 'int4')).rejects.toMatchObject({ code: '22P02' });
    expect(await value('SELECT CAST($1 AS VARCHAR)::DATE', 'date', ['2026-01-02'])).toBe('2026-01-02');
  }
});

it('keeps a few plans and short texts only', async () => {
  for (let round = 0; round < 3; round++)
    for (let i = 0; i < 100; i++) expect(await value(`SELECT ${i}`, 'int4')).toBe(String(i));
  const long = `SELECT '${'x'.repeat(100_000)}'`;
  expect((await thrice(long)).map((text) => text?.length)).toEqual([100_000, 100_000, 100_000]);
});

it('is closed with its connection', async () => {
  await thrice('SELECT 2', 'int4');
  await connection.close();
  await expect(value('SELECT 2', 'int4')).rejects.toMatchObject({ code: '08003' });
});

it('can be interrupted', async () => {
  const endless = 'SELECT sum(a.range * b.range) FROM range(10000000) a, range(1000000) b';
  for (let run = 0; run < 3; run++) {
    const running = value(endless, 'numeric');
    setTimeout(() => connection.interrupt(), 20);
    await expect(running).rejects.toMatchObject({ code: '57014' });
  }
});
