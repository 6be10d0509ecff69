import pg from 'pg';
import type { ServerProcess } from './server-process.js';

/** A client of its own that connects again after each loss. */
export class SqlLane {
  #client: pg.Client | undefined;
  #of: ServerProcess | undefined;
  /** Statements that were answered, with success or an error of the server. */
  answered = 0;

  constructor(private readonly server: () => ServerProcess | undefined) {}

  /** Rows of a statement. @throws what the server says, or the loss of the connection */
  async rows(sql: string): Promise<pg.QueryResultRow[]> {
    const server = this.server();
    if (server === undefined) throw new Error('no server');
    if (this.#of !== server) await this.close();
    const client = this.#client ?? (await connect(server));
    this.#client = client;
    this.#of = server;
    try {
      const { rows } = await client.query(sql);
      this.answered++;
      return rows;
    } catch (error) {
      if (error instanceof pg.DatabaseError) this.answered++;
      else await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#of = undefined;
    await client?.end().catch(() => undefined);
  }
}

async function connect(server: ServerProcess): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: server.connectionString, query_timeout: 120_000 });
  // A connection that is lost while nothing is asked.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
