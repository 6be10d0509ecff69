import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  compile,
  type DialectSettings,
  defaultDialectSettings,
  parseStatements,
  translateCatalog,
} from '../../../sql-dialect/index.js';
import type { EngineConnection } from '../../../src/engine/contract.js';
import { type DuckdbEngine, openEngine } from '../../../src/engine/index.js';
import { textRows } from '../../engine/text-of.js';

/** What a call gives: its text on the wire, null for NULL, or the error it raises. */
export type Expected = string | null | { readonly code: string; readonly message?: RegExp };

interface Options {
  readonly settings?: Partial<DialectSettings>;
  /** Statements for the engine before the first call. */
  readonly prepare?: readonly string[];
}

/**
 * One test for each Redshift expression: compiled, run on a real DuckDB, and compared with the text a client would get.
 */
export function describeCalls(
  title: string,
  calls: readonly (readonly [string, Expected])[],
  options: Options = {},
): void {
  describe(title, () => {
    const session = useSession(options);
    it.each(calls)('%s', async (expression, expected) => {
      if (typeof expected === 'string' || expected === null) {
        expect((await session.run(`SELECT ${expression}`)).rows).toEqual([[expected]]);
        return;
      }
      const error = await session.run(`SELECT ${expression}`).then(
        (result) => result.rows,
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({ code: expected.code });
      if (expected.message !== undefined)
        expect(error).toHaveProperty('message', expect.stringMatching(expected.message));
    });
  });
}

export interface Answer {
  readonly labels: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** An engine and a connection for the tests of a `describe`. */
export function useSession(options: Options = {}): { run(sql: string): Promise<Answer> } {
  let engine: DuckdbEngine | undefined;
  let connection: EngineConnection | undefined;
  beforeAll(async () => {
    engine = await openEngine({ databases: ['dev'] });
    connection = await engine.connect();
    for (const sql of options.prepare ?? []) await connection.run(sql);
  });
  afterAll(async () => {
    await connection?.close();
    await engine?.close();
  });
  return {
    async run(sql) {
      if (connection === undefined) throw new Error('no connection');
      return answer(connection, sql, { ...defaultDialectSettings, ...options.settings });
    },
  };
}

async function answer(connection: EngineConnection, sql: string, settings: DialectSettings): Promise<Answer> {
  const [statement] = parseStatements(sql);
  if (statement === undefined) throw new Error(`no statement in ${sql}`);
  const plan = compile(statement, { catalog: translateCatalog, settings });
  if (plan.kind !== 'select' || !('duckdb' in plan)) throw new Error(`not a query: ${sql}`);
  const result = await connection.query(plan.duckdb, plan.columns);
  const rows = await textRows(result);
  result.close();
  return { labels: plan.columns.map((column) => column.label), rows };
}
