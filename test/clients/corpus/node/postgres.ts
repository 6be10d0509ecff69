import { readFile } from 'node:fs/promises';
import postgres from 'postgres';
import { codeOf, inSql, numbered, type OpenClient, type Statements } from './client.js';

/** A type that is left as text. */
const asText = (oid: number) => ({ to: oid, from: [oid], serialize: String, parse: String });

/** postgres.js. */
export const openPostgres: OpenClient = async (target) => {
  const { port, ca } = target;
  const client = postgres({
    host: 'localhost',
    port,
    user: 'awsuser',
    password: 'any',
    database: 'dev',
    max: 1,
    ssl: ca === undefined ? false : { ca: await readFile(ca, 'utf8') },
    types: { date: asText(1082), timestamp: asText(1114), timestamptz: asText(1184) },
    onnotice: () => undefined,
  });
  const on = (connection: postgres.Sql | postgres.TransactionSql): Statements => ({
    rows: async (sql, values = []) => [...(await connection.unsafe(numbered(sql), values.map(parameter)).values())],
  });
  const statements = on(client);
  await statements.rows('SELECT 1');
  return {
    ...statements,
    ...inSql(statements, target),
    cancellable: (sql) => {
      const query = client.unsafe(sql);
      const ended = query.execute();
      return { ended, cancel: async () => query.cancel() };
    },
    stream: async (sql) => {
      const read: unknown[] = [];
      for await (const rows of client.unsafe(sql).cursor(1000)) for (const row of rows) read.push(row.n);
      return read;
    },
    transaction: async (work) => void (await client.begin((inside) => work(on(inside)))),
    sqlState: codeOf,
    close: () => client.end(),
  };
};

function parameter(value: unknown): postgres.SerializableParameter {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
