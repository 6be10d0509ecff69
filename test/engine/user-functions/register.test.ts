import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerUserFunctions } from '../../../src/engine/user-functions/register.js';

describe('user functions in DuckDB', () => {
  let instance: DuckDBInstance;
  const terminated: number[] = [];

  beforeAll(async () => {
    instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    registerUserFunctions(connection, {
      cancelBackend: () => false,
      terminateBackend: (processId) => {
        terminated.push(processId);
        return true;
      },
    });
    connection.closeSync();
  });
  afterAll(() => instance.closeSync());

  const rows = async (sql: string) => {
    const connection = await instance.connect();
    try {
      return (await connection.runAndReadAll(sql)).getRowsJson();
    } finally {
      connection.closeSync();
    }
  };

  it('are known to every connection of the instance', async () => {
    expect(await rows("SELECT duckshift_initcap('a b')")).toEqual([['A B']]);
  });

  it('see every row of many vectors, NULL or not', async () => {
    const source =
      "SELECT CASE WHEN i % 7 = 0 THEN NULL ELSE '{\"i\": ' || i || '}' END AS j, i FROM range(10000) t(i)";
    const [[parsed, nulls, wrong]] = (await rows(
      `SELECT count(p), count(*) - count(p), count(*) FILTER (WHERE p <> '{"i":' || i || '}') FROM (SELECT duckshift_json_parse(j) AS p, i FROM (${source}))`,
    )) as [[string, string, string]];
    expect([parsed, nulls, wrong]).toEqual(['8571', '1429', '0']);
  });

  it('give numbers, truth values and dates with NULLs among them', async () => {
    expect(
      await rows(
        `SELECT duckshift_strtol(s, 16), duckshift_can_json_parse(s), duckshift_next_day(d, 'Monday')
         FROM (VALUES ('ff', DATE '2024-01-01'), (NULL, NULL), ('10', DATE '1969-12-31')) t(s, d)`,
      ),
    ).toEqual([
      ['255', false, '2024-01-08'],
      [null, null, null],
      ['16', true, '1970-01-05'],
    ]);
  });

  it('take texts of all lengths and any bytes', async () => {
    expect(
      await rows(
        "SELECT bool_and(duckshift_initcap(repeat('é', n)) = 'É' || repeat('é', n - 1)) FROM (SELECT CAST(i AS INTEGER) AS n FROM range(1, 40) t(i))",
      ),
    ).toEqual([[true]]);
    expect(await rows("SELECT duckshift_is_utf8('\\xFF'::BLOB), duckshift_is_utf8(''::BLOB)")).toEqual([[false, true]]);
  });

  it('return JSON as DuckDB knows it', async () => {
    expect(await rows("SELECT typeof(duckshift_json_parse('1')), duckshift_json_parse('{\"a\":[1]}').a[0]")).toEqual([
      ['JSON', '1'],
    ]);
  });

  it('fail the statement with what they throw', async () => {
    await expect(rows("SELECT duckshift_json_parse('{')")).rejects.toThrow('JSON parsing error');
  });

  it('do not run for rows that a CASE leaves out', async () => {
    expect(
      await rows(
        "SELECT CASE WHEN duckshift_can_json_parse(s) THEN duckshift_json_parse(s) END FROM (VALUES ('{'), ('[]')) t(s)",
      ),
    ).toEqual([[null], ['[]']]);
  });

  it('reach the sessions around the engine', async () => {
    expect(await rows('SELECT duckshift_terminate_backend(7), duckshift_cancel_backend(7)')).toEqual([[true, false]]);
    expect(terminated).toEqual([7]);
  });
});
