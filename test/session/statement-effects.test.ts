import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SqlError } from '../../sql-dialect/errors.js';
import {
  compile,
  defaultDialectSettings,
  type ExecutablePlan,
  isUnsupported,
  parseStatements,
  translateCatalog,
} from '../../sql-dialect/index.js';
import { DuckshiftError } from '../../src/base/errors.js';
import { effectOf, queryTypeOf } from '../../src/session/execute/statements.js';
import { fixtureStatements } from '../sql-dialect/grammar/fixture-statements.js';
import { openTestHost, type TestHost, type TestSession } from './open-test-host.js';

/** The fixtures that become plans which run, by a catalog that takes every name. */
const statements: readonly { readonly sql: string; readonly plan: ExecutablePlan }[] = fixtureStatements().flatMap(
  ({ sql }) => {
    const plan = planOf(sql);
    return plan === undefined ? [] : [{ sql, plan }];
  },
);

function planOf(sql: string): ExecutablePlan | undefined {
  const [statement] = parseStatements(sql);
  if (statement === undefined) throw new Error(`no statement: ${sql}`);
  try {
    const plan = compile(statement, { catalog: translateCatalog, settings: defaultDialectSettings });
    return isUnsupported(plan) ? undefined : plan;
  } catch (error) {
    if (error instanceof SqlError) return undefined;
    throw error;
  }
}

/** What a statement does, by its own words. */
function verb(sql: string): string {
  const [, changing] = /^with\b[\s\S]*?\)\s*(insert|update|delete|merge)\b/i.exec(sql) ?? [];
  if (changing !== undefined) return changing.toLowerCase();
  if (/^select\b[^(]*\binto\b/i.test(sql)) return 'select into';
  return /^\w+/.exec(sql)?.[0].toLowerCase() ?? '';
}

/** What READ ONLY refuses ("SET TRANSACTION", PostgreSQL 8.0), and Redshift's own kinds of the same sort. */
const writers = new Set(
  'insert update delete merge truncate create alter drop comment refresh'.split(' ').concat('select into'),
);

const queryTypes: Readonly<Record<string, string>> = {
  select: 'SELECT',
  'select into': 'SELECT',
  values: 'SELECT',
  with: 'SELECT',
  table: 'SELECT',
  insert: 'INSERT',
  update: 'UPDATE',
  delete: 'DELETE',
  merge: 'MERGE',
  refresh: 'REFRESH_MATERIALIZED_VIEW',
  create: 'DDL',
  alter: 'DDL',
  drop: 'DDL',
  truncate: 'DDL',
  comment: 'DDL',
};

describe('the record of a statement', () => {
  it.each(statements)('$sql', ({ sql, plan }) => {
    expect(effectOf(plan) === 'writes').toBe(writers.has(verb(sql)));
    expect(queryTypeOf(plan)).toBe(sql.startsWith('(') ? 'SELECT' : (queryTypes[verb(sql)] ?? 'UTILITY'));
  });
});

const columns = 'id int, title varchar(200), pages smallint, author_id int, isbn varchar(20), a int, b int, shelf int';
const ground = [
  'CREATE SCHEMA library',
  'CREATE SCHEMA archive',
  ...['books', 'library.books', 'new_books', 'library.new_books', 'authors', 'library.authors', 'loans', 't'].map(
    (name) => `CREATE TABLE ${name} (${columns}, book_id int, ok boolean)`,
  ),
  "INSERT INTO books (id, title) VALUES (1, 'Emma')",
  'CREATE VIEW v AS SELECT id FROM books',
  'CREATE VIEW library.v AS SELECT id FROM books',
  'CREATE EXTERNAL SCHEMA kds FROM KINESIS IAM_ROLE default',
];

describe('in a session', () => {
  let host: TestHost;
  beforeAll(async () => {
    host = await openTestHost({ maxConnections: 1000 });
    const session = await host.open();
    await session.all(...ground);
  });
  afterAll(() => host.close());

  /**
   * `ok` or the error's code for a statement in a block of its own; undefined when it cannot be prepared over this
   * ground.
   */
  async function outcome(sql: string, begin: string): Promise<string | undefined> {
    const session = await host.open();
    try {
      await session.all('CREATE TABLE #scratch (a int)', begin);
      return await run(session, sql);
    } finally {
      await session.run('ROLLBACK').catch(() => undefined);
      await session.session.close();
    }
  }

  async function run({ session }: TestSession, sql: string): Promise<string | undefined> {
    const [statement] = session.parse(sql).statements;
    if (statement === undefined) throw new Error(`no statement: ${sql}`);
    const prepared = await session.prepare(statement, []).catch(() => undefined);
    if (prepared === undefined) return undefined;
    const parameters = prepared.parameterTypes.map(() => null);
    return session.execute(prepared, parameters).then(
      () => 'ok',
      (error: unknown) => (error instanceof DuckshiftError || error instanceof SqlError ? error.code : String(error)),
    );
  }

  it('READ ONLY refuses the statements that write, and lets the others run without a change', async () => {
    const refused = new Set<string>();
    for (const { sql, plan } of statements) {
      const before = host.catalog.snapshot('dev');
      const code = await outcome(sql, 'BEGIN READ ONLY');
      if (code === undefined) continue;
      const temporary = /\binto #scratch\b/i.test(sql);
      expect(code === '25006', `${sql}: ${code}`).toBe(writers.has(verb(sql)) && !temporary);
      expect(host.catalog.snapshot('dev'), sql).toBe(before);
      if (code === '25006') refused.add(plan.kind);
    }
    const writing = new Set(statements.filter(({ plan }) => effectOf(plan) === 'writes').map(({ plan }) => plan.kind));
    expect([...refused].sort()).toEqual([...writing].sort());
  });

  it('what translate shows as a plan is not refused by the server for what it says', async () => {
    const refused: string[] = [];
    for (const { sql } of statements) if ((await outcome(sql, 'BEGIN')) === '0A000') refused.push(sql);
    expect(refused).toEqual([]);
  });
});
