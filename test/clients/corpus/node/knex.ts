import knex, { type Knex } from 'knex';
import { columns } from '../corpus.js';
import { codeOf, inSql, type OpenClient, pgConnection, type Statements, statement, valuesOf } from './client.js';

/** knex with its client `redshift`: schema builder, query builder, pool, streams by pg-query-stream. */
export const openKnex: OpenClient = async (target) => {
  const { table, sql } = target;
  const db = knex({
    client: 'redshift',
    connection: { ...(await pgConnection(target)) } as Knex.PgConnectionConfig,
    pool: { min: 0, max: 1 },
    log: { warn: () => undefined },
  });
  const on = (connection: Knex): Statements => ({
    rows: async (text, values = []) =>
      valuesOf((await connection.raw<{ rows: object[] }>(text, values.map(binding))).rows),
  });
  const statements = on(db);
  // The pool connects at the first statement.
  await statements.rows(statement(sql, 'one')).catch(async (error: unknown) => {
    await db.destroy();
    throw error;
  });
  return {
    ...statements,
    ...inSql(statements, target),
    create: () =>
      db.schema.createTable(table, (builder) => {
        builder.integer('id').notNullable().primary();
        for (const { name, type } of columns) builder.specificType(name, type);
      }),
    insert: async ([id, ...values]) => {
      const given = columns.map(({ name, place }, index) => {
        const value = binding(values[index]);
        return [name, place === undefined ? value : db.raw(place, [value])];
      });
      await db(table).insert({ id, ...Object.fromEntries(given) });
    },
    select: async (id) => {
      const rows: object[] = await db(table)
        .select(columns.map(({ name }) => name))
        .where({ id });
      return valuesOf(rows)[0] ?? [];
    },
    stream: async (text) => {
      const read: unknown[] = [];
      for await (const row of db.raw(text).stream({ highWaterMark: 1000 })) read.push(row.n);
      return read;
    },
    transaction: (work) => db.transaction((inside) => work(on(inside))),
    sqlState: codeOf,
    tables: async () => ((await db.schema.hasTable(table)) ? [table] : []),
    columns: async () => Object.keys(await db(table).columnInfo()),
    close: () => db.destroy(),
  };
};

function binding(value: unknown): Knex.Value {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
