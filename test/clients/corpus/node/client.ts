import { readFile } from 'node:fs/promises';
import pg from 'pg';

/**
 * A client of npm as the corpus drives it. Rows are lists of values in the order of the columns; statements have `?`
 * for parameters.
 */
export interface NodeClient extends Statements {
  /**
   * The first value of each row of a query, read in pieces by the client's own means, or by SQL's cursor where it has
   * none.
   */
  stream(sql: string): Promise<unknown[]>;
  /** Begin, do the work, and commit; roll back where the work rejects, and reject with what it rejected with. */
  transaction(work: (inside: Statements) => Promise<void>): Promise<void>;
  /** The SQLSTATE in an error of this client. */
  sqlState(error: unknown): unknown;
  /** Names as the client lists them, or as information_schema does where it lists nothing. */
  tables(): Promise<string[]>;
  columns(): Promise<string[]>;
  key(): Promise<string[]>;
  /** Make the corpus' table, by the client's own schema builder where it has one. */
  create(): Promise<void>;
  /**
   * Add a row, by the client's own query builder where it has one; values as a program of Node.js has them, `id` first.
   */
  insert(values: readonly unknown[]): Promise<void>;
  /** The row with this `id`. */
  select(id: number): Promise<unknown[]>;
  close(): Promise<void>;
}

export interface Statements {
  rows(sql: string, values?: readonly unknown[]): Promise<unknown[][]>;
  /** Run a statement that can be cancelled. Without this, it is cancelled through pg_cancel_backend. */
  cancellable?(sql: string): { readonly ended: Promise<unknown>; cancel(): Promise<void> };
}

export interface NodeTarget {
  readonly port: number;
  /** Path of a CA certificate: connect with TLS, verified against it. */
  readonly ca?: string;
  readonly table: string;
  readonly sql: Readonly<Record<string, string>>;
}

export type OpenClient = (target: NodeTarget) => Promise<NodeClient>;

/** The SQL of a statement of the corpus. */
export function statement(sql: Readonly<Record<string, string>>, name: string): string {
  const text = sql[name];
  if (text === undefined) throw new Error(`the corpus has no statement ${name}`);
  return text;
}

/** What clients that build on `pg` connect with. */
export async function pgConnection({ port, ca }: NodeTarget): Promise<pg.ClientConfig> {
  return {
    host: 'localhost',
    port,
    user: 'awsuser',
    password: 'any',
    database: 'dev',
    ssl: ca === undefined ? false : { ca: await readFile(ca, 'utf8') },
    types: textualTimes,
  };
}

const timeTypes: ReadonlySet<number> = new Set([1082, 1083, 1114, 1184, 1266]);

/** Parsers for `pg` that leave times as text: JavaScript's Date ends at milliseconds. */
export const textualTimes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    timeTypes.has(oid) ? (value: string) => value : pg.types.getTypeParser(oid, format),
};

/** `?` as `$1`, `$2` … */
export function numbered(sql: string): string {
  let number = 0;
  return sql.replaceAll('?', () => `$${++number}`);
}

/** The values of rows given as objects. Columns of a statement of the corpus have names of their own. */
export function valuesOf(rows: readonly object[]): unknown[][] {
  return rows.map((row) => Object.values(row));
}

/** The first value of each row of a query, through DECLARE and FETCH. */
export async function throughSqlCursor({ rows }: Statements, sql: string): Promise<unknown[]> {
  await rows(`DECLARE many CURSOR FOR ${sql}`);
  const read: unknown[] = [];
  for (;;) {
    const piece = await rows('FETCH FORWARD 1000 FROM many');
    if (piece.length === 0) break;
    for (const [value] of piece) read.push(value);
  }
  await rows('CLOSE many');
  return read;
}

/** The parts of a client that it has no means of its own for, in SQL. */
export function inSql(
  { rows }: Statements,
  { sql }: NodeTarget,
): Pick<NodeClient, 'tables' | 'columns' | 'key' | 'create' | 'insert' | 'select'> {
  const names = async (name: string) => (await rows(statement(sql, name))).map(([value]) => String(value));
  return {
    tables: () => names('tables'),
    columns: () => names('columns'),
    key: () => names('key'),
    create: async () => void (await rows(statement(sql, 'create'))),
    insert: async (values) => void (await rows(statement(sql, 'insert'), values)),
    select: async (id) => (await rows(statement(sql, 'select'), [id]))[0] ?? [],
  };
}

/** `code` of an error, or of the one it wraps under one of these names. */
export function codeOf(error: unknown, ...wrapped: readonly string[]): unknown {
  if (typeof error !== 'object' || error === null) return undefined;
  for (const name of wrapped) {
    const inner = Reflect.get(error, name);
    if (inner !== undefined) return codeOf(inner);
  }
  return Reflect.get(error, 'code');
}
