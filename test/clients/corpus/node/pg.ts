import pg from 'pg';
import Cursor from 'pg-cursor';
import { codeOf, inSql, numbered, type OpenClient, pgConnection, type Statements } from './client.js';

/** node-postgres, with pg-cursor. */
export const openPg: OpenClient = async (target) => {
  const client = new pg.Client(await pgConnection(target));
  await client.connect();
  const statements: Statements = {
    rows: async (sql, values = []) =>
      (await client.query<unknown[]>({ text: numbered(sql), values: [...values], rowMode: 'array' })).rows,
  };
  return {
    ...statements,
    ...inSql(statements, target),
    stream: async (sql) => {
      const cursor = client.query(new Cursor<{ n: unknown }>(sql));
      const read: unknown[] = [];
      for (let rows = await cursor.read(1000); rows.length > 0; rows = await cursor.read(1000))
        for (const { n } of rows) read.push(n);
      await cursor.close();
      return read;
    },
    transaction: async (work) => {
      await client.query('BEGIN');
      try {
        await work(statements);
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      }
    },
    sqlState: codeOf,
    close: () => client.end(),
  };
};
