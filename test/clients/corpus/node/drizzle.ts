import { eq, type SQL, sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import {
  bigint,
  boolean,
  char,
  customType,
  date,
  doublePrecision,
  integer,
  numeric,
  pgTable,
  real,
  smallint,
  time,
  timestamp,
  varchar,
} from 'drizzle-orm/pg-core';
import pg from 'pg';
import { codeOf, inSql, type OpenClient, pgConnection, type Statements, throughSqlCursor } from './client.js';

const superType = customType<{ data: string }>({
  dataType: () => 'super',
  toDriver: (value) => sql`JSON_PARSE(${value})`,
});
const varbyte = customType<{ data: string }>({
  dataType: () => 'varbyte(8)',
  toDriver: (value) => sql`TO_VARBYTE(${value}, 'hex')`,
});

/** The corpus' table as drizzle declares it. */
function declared(table: string) {
  return pgTable(table, {
    id: integer().primaryKey(),
    b: boolean(),
    i2: smallint(),
    i4: integer(),
    i8: bigint({ mode: 'bigint' }),
    n: numeric({ precision: 38, scale: 10 }),
    r: real(),
    d: doublePrecision(),
    c: char({ length: 4 }),
    v: varchar({ length: 24 }),
    dt: date({ mode: 'string' }),
    ts: timestamp({ mode: 'string' }),
    tz: timestamp({ mode: 'string', withTimezone: true }),
    t: time(),
    tt: time({ withTimezone: true }),
    s: superType(),
    vb: varbyte(),
  });
}

/**
 * drizzle-orm over node-postgres: query builder, pool, transactions. Its schema builder is a command of its own
 * (drizzle-kit); the table is made in SQL.
 */
export const openDrizzle: OpenClient = async (target) => {
  const table = declared(target.table);
  const pool = new pg.Pool({ ...(await pgConnection(target)), max: 1 });
  const db = drizzle(pool);
  const on = (connection: Pick<NodePgDatabase, 'execute'>): Statements => ({
    rows: async (text, values = []) => {
      const { rows } = await connection.execute<Record<string, unknown>>(withValues(text, values));
      return rows.map((row) => Object.values(row));
    },
  });
  const statements = on(db);
  await statements.rows('SELECT 1').catch(async (error: unknown) => {
    await pool.end();
    throw error;
  });
  return {
    ...statements,
    ...inSql(statements, target),
    insert: async (values) => {
      const names = ['id', 'b', 'i2', 'i4', 'i8', 'n', 'r', 'd', 'c', 'v', 'dt', 'ts', 'tz', 't', 'tt', 's', 'vb'];
      const row = Object.fromEntries(names.map((name, index) => [name, values[index]]));
      await db.insert(table).values(row as typeof table.$inferInsert);
    },
    select: async (id) => {
      const [row] = await db.select().from(table).where(eq(table.id, id));
      return Object.values(row ?? {}).slice(1);
    },
    stream: (text) => db.transaction((inside) => throughSqlCursor(on(inside), text)),
    transaction: (work) => db.transaction((inside) => work(on(inside))),
    sqlState: (error) => codeOf(error, 'cause'),
    close: () => pool.end(),
  };
};

function withValues(text: string, values: readonly unknown[]): SQL {
  const pieces = text.split('?').map((piece) => sql.raw(piece));
  return sql.join(pieces.flatMap((piece, index) => (index === 0 ? [piece] : [sql`${values[index - 1]}`, piece])));
}
