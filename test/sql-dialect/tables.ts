import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CatalogLookup,
  compile,
  type DialectSettings,
  defaultDialectSettings,
  duckdbType,
  isUnsupported,
  type Plan,
  parseStatements,
  type RedshiftType,
  type Relation,
  type RelationColumn,
  typeFromName,
} from '../../sql-dialect/index.js';
import type { EngineConnection } from '../../src/engine/contract.js';
import { type DuckdbEngine, openEngine } from '../../src/engine/index.js';
import { textRows } from '../engine/text-of.js';

/** A table of a test: columns as in CREATE TABLE, rows as Redshift VALUES. */
export interface TestTable {
  readonly columns: string;
  readonly rows?: readonly string[];
}

export interface Answer {
  readonly labels: readonly string[];
  readonly types: readonly RedshiftType[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly duckdb: string;
}

/** A catalog of tables in schema `public`, and late-binding views by their queries. */
export function catalogOf(
  tables: Readonly<Record<string, TestTable>>,
  views: Readonly<Record<string, string>> = {},
): CatalogLookup {
  const relations = new Map<string, Relation>();
  const common = { database: 'dev', schema: 'public' } as const;
  for (const [name, table] of Object.entries(tables)) {
    relations.set(name, {
      ...common,
      kind: 'table',
      name,
      duckdb: `"dev"."public"."${name}"`,
      columns: columnsOf(table.columns),
    });
  }
  for (const [name, query] of Object.entries(views)) {
    relations.set(name, { ...common, kind: 'late_binding_view', name, duckdb: '', columns: undefined, query });
  }
  return {
    currentDatabase: 'dev',
    currentUser: 'awsuser',
    searchPath: ['public'],
    hasSchema: (database, schema) => (database ?? 'dev') === 'dev' && schema === 'public',
    relation: ({ database = 'dev', schema = 'public', name }) =>
      database === 'dev' && schema === 'public' ? relations.get(name) : undefined,
  };
}

function columnsOf(text: string): RelationColumn[] {
  return text.split(/,(?![^(]*\))/).map((part) => {
    const [name = '', ...words] = part.trim().split(' ');
    const spelled = /^([a-z0-9 ]+?)\s*(?:\(([\d, ]+)\))?(?: (not null|default|identity))?$/.exec(words.join(' '));
    const modifiers = (spelled?.[2] ?? '').split(',').filter(Boolean).map(Number);
    const type = typeFromName(spelled?.[1] ?? '', modifiers);
    if ('code' in type) throw new Error(type.message);
    const extra = spelled?.[3];
    return {
      name,
      type,
      notNull: extra === 'not null',
      hasDefault: extra === 'default' || extra === 'identity',
      identity: extra === 'identity',
    };
  });
}

export interface TestDatabase {
  readonly catalog: CatalogLookup;
  /** Compiles and runs one query; parameters in text form. */
  query(sql: string, settings?: Partial<DialectSettings>, parameters?: readonly (string | null)[]): Promise<Answer>;
  /** Compiles and runs a statement that changes rows; the number of rows changed by its last text. */
  change(sql: string): Promise<number>;
  compile(sql: string, settings?: Partial<DialectSettings>): Plan;
}

/** An engine with the tables, for the tests of a `describe`. */
export function useDatabase(
  tables: Readonly<Record<string, TestTable>>,
  views: Readonly<Record<string, string>> = {},
): TestDatabase {
  let engine: DuckdbEngine | undefined;
  let connection: EngineConnection | undefined;
  const catalog = catalogOf(tables, views);
  const open = (): EngineConnection => {
    if (connection === undefined) throw new Error('no connection');
    return connection;
  };
  const compiled = (sql: string, settings: Partial<DialectSettings> = {}): Plan => {
    const [statement, second] = parseStatements(sql);
    if (statement === undefined || second !== undefined) throw new Error(`not one statement: ${sql}`);
    return compile(statement, { catalog, settings: { ...defaultDialectSettings, ...settings } });
  };
  const change = async (sql: string): Promise<number> => {
    const plan = compiled(sql);
    if (isUnsupported(plan) || !('target' in plan) || !('duckdb' in plan)) throw new Error(`changes no rows: ${sql}`);
    let count = 0;
    for (const text of plan.duckdb) count = await open().run(text);
    return count;
  };
  beforeAll(async () => {
    engine = await openEngine({ databases: ['dev'] });
    connection = await engine.connect();
    await connection.run('CREATE SCHEMA IF NOT EXISTS dev.public');
    for (const [name, table] of Object.entries(tables)) {
      const columns = (catalog.relation({ database: undefined, schema: undefined, name })?.columns ?? []).map(
        (column) =>
          `"${column.name}" ${duckdbType(column.type)}${column.notNull ? ' NOT NULL' : ''}${column.hasDefault ? ' DEFAULT 7' : ''}`,
      );
      await connection.run(`CREATE TABLE dev.public."${name}" (${columns.join(', ')})`);
      for (const row of table.rows ?? []) await change(`INSERT INTO ${name} SELECT ${row}`);
    }
  });
  afterAll(async () => {
    await connection?.close();
    await engine?.close();
  });
  return {
    catalog,
    compile: compiled,
    change,
    async query(sql, settings, parameters = []) {
      const plan = compiled(sql, settings);
      if (isUnsupported(plan) || plan.kind !== 'select' || !('columns' in plan)) throw new Error(`not a query: ${sql}`);
      const result = await open().query(plan.duckdb, plan.columns, parameters);
      const rows = await textRows(result);
      result.close();
      const columns = plan.columns.map((column) => column.type);
      return { labels: plan.columns.map((column) => column.label), types: columns, rows, duckdb: plan.duckdb };
    },
  };
}

/** Rows as `a|b` lines, NULL as `NULL`. */
export function lines(answer: Answer): string[] {
  return answer.rows.map((row) => row.map((cell) => cell ?? 'NULL').join('|'));
}

/** One test per query: its lines, in order. */
export function describeQueries(
  title: string,
  database: TestDatabase,
  queries: readonly (readonly [sql: string, ...expected: string[]])[],
): void {
  describe(title, () => {
    it.each(queries.map(([sql, ...expected]) => ({ sql, expected })))('$sql', async ({ sql, expected }) => {
      expect(lines(await database.query(sql))).toEqual(expected);
    });
  });
}

/** One test per statement that is refused: SQLSTATE, 1-based position (undefined: none), and words of the message. */
export function describeErrors(
  title: string,
  database: TestDatabase,
  errors: readonly (readonly [sql: string, code: string, position: number | undefined, message?: string])[],
): void {
  describe(title, () => {
    it.each(errors.map(([sql, code, position, message]) => ({ sql, code, position, message })))(
      '$code $sql',
      ({ sql, code, position, message }) => {
        const refused = refusal(() => database.compile(sql));
        expect(refused).toMatchObject({ code, position });
        if (message !== undefined) expect(refused).toHaveProperty('message', message);
      },
    );
  });
}

/** One test per query that fails when it runs. */
export function describeFailures(
  title: string,
  database: TestDatabase,
  failures: readonly (readonly [sql: string, code: string, message?: string])[],
): void {
  describe(title, () => {
    it.each(failures.map(([sql, code, message]) => ({ sql, code, message })))(
      '$code $sql',
      async ({ sql, code, message }) => {
        const refused = await database.query(sql).then(
          (answer) => answer.rows,
          (error: unknown) => error,
        );
        expect(refused).toMatchObject(message === undefined ? { code } : { code, message });
      },
    );
  });
}

/** The error of a refused statement; a text for one that is not. */
function refusal(run: () => unknown): unknown {
  try {
    run();
    return 'not refused';
  } catch (error) {
    return error;
  }
}
