import { type ColumnDataType, CompiledQuery, Kysely, PostgresDialect, type RawBuilder, sql } from 'kysely';
import pg from 'pg';
import Cursor from 'pg-cursor';
import { columns } from '../corpus.js';
import {
  codeOf,
  inSql,
  numbered,
  type OpenClient,
  pgConnection,
  type Statements,
  statement,
  valuesOf,
} from './client.js';

type Database = Record<string, Record<string, unknown>>;

/** kysely over node-postgres: schema builder, query builder, pool, streams by pg-cursor, introspection. */
export const openKysely: OpenClient = async (target) => {
  const { table } = target;
  const pool = new pg.Pool({ ...(await pgConnection(target)), max: 1 });
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool, cursor: Cursor }) });
  const on = (connection: Kysely<Database>): Statements => ({
    rows: async (text, values = []) =>
      valuesOf((await connection.executeQuery<object>(CompiledQuery.raw(numbered(text), [...values]))).rows),
  });
  const statements = on(db);
  await statements.rows(statement(target.sql, 'one')).catch(async (error: unknown) => {
    await db.destroy();
    throw error;
  });
  const metadata = async () => (await db.introspection.getTables()).find(({ name }) => name === table);
  return {
    ...statements,
    ...inSql(statements, target),
    create: async () => {
      let builder = db.schema.createTable(table).addColumn('id', 'integer', (id) => id.notNull().primaryKey());
      for (const { name, type } of columns) builder = builder.addColumn(name, sql.raw<ColumnDataType>(type));
      await builder.execute();
    },
    insert: async ([id, ...values]) => {
      const given = columns.map(({ name, place }, index) => [name, placed(place, values[index])]);
      await db
        .insertInto(table)
        .values({ id, ...Object.fromEntries(given) })
        .execute();
    },
    select: async (id) => {
      const rows = await db
        .selectFrom(table)
        .select(columns.map(({ name }) => name))
        .where('id', '=', id)
        .execute();
      return valuesOf(rows)[0] ?? [];
    },
    stream: async (text) => {
      const read: unknown[] = [];
      const rows = db.getExecutor().stream<{ n: unknown }>(CompiledQuery.raw(text), 1000);
      for await (const piece of rows) for (const { n } of piece.rows) read.push(n);
      return read;
    },
    transaction: (work) => db.transaction().execute((inside) => work(on(inside))),
    sqlState: codeOf,
    tables: async () => [(await metadata())?.name ?? ''],
    columns: async () => (await metadata())?.columns.map(({ name }) => name) ?? [],
    close: () => db.destroy(),
  };
};

/** A value where the column's type takes a function to make it. */
function placed(place: string | undefined, value: unknown): unknown {
  if (place === undefined) return value;
  const [before = '', after = ''] = place.split('?');
  const built: RawBuilder<unknown> = sql`${sql.raw(before)}${value}${sql.raw(after)}`;
  return built;
}
