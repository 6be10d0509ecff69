import pg from 'pg';
import type { SqlAnswer, SqlFailure, SqlNotice, SqlResult, SqlSession } from './target.js';

export interface PgSessionOptions {
  /** `postgres://user:password@host:port/database[?sslmode=…]`. */
  readonly connectionString: string;
  /** How long a statement may take before it counts as hanging. */
  readonly statementMillis: number;
}

/** Open a session over the real Postgres protocol. Rejects when the server refuses the connection. */
export async function openPgSession(options: PgSessionOptions): Promise<SqlSession> {
  const client = new pg.Client({
    connectionString: options.connectionString,
    application_name: 'duckshift test',
    connectionTimeoutMillis: options.statementMillis,
  });
  let lost: Error | undefined;
  client.on('error', (error) => {
    lost = error;
  });
  await client.connect();
  return {
    run: async (sql, parameters) => {
      if (lost !== undefined) throw new Error(`the connection was lost: ${lost.message}`);
      return await exchange(client, sql, parameters, options.statementMillis);
    },
    close: async () => {
      if (lost === undefined) await client.end();
    },
  };
}

async function exchange(
  client: pg.Client,
  sql: string,
  parameters: readonly (string | null)[] | undefined,
  limitMillis: number,
): Promise<SqlAnswer> {
  const notices: SqlNotice[] = [];
  const onNotice = ({ severity, message }: { severity?: string | undefined; message?: string | undefined }) => {
    notices.push({ severity: severity ?? '', message: message ?? '' });
  };
  client.on('notice', onNotice);
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<SqlAnswer>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer in ${limitMillis / 1000} s`)), limitMillis);
      client.query(
        new Exchange(sql, parameters, (results, failure) => {
          if (failure !== undefined && failure.code === '') reject(new Error(failure.message));
          else resolve({ results, notices, error: failure });
        }),
      );
    });
  } finally {
    clearTimeout(timer);
    client.off('notice', onNotice);
  }
}

/** The messages pg hands to a query, as far as they are read here (PostgreSQL: "Message Formats"). */
interface RowDescription {
  readonly fields: readonly { readonly name: string }[];
}
interface DataRow {
  readonly fields: readonly (string | null)[];
}
interface CommandComplete {
  readonly text: string;
}
interface ErrorMessage {
  readonly message: string;
  readonly code?: string | undefined;
  readonly position?: string | undefined;
}

/**
 * A query as pg's client drives it, like pg's own `Query` or pg-cursor. It keeps what `Query` drops: the values as they
 * came, the whole command tag, and the results before an error.
 */
class Exchange implements pg.Submittable {
  readonly #sql: string;
  readonly #parameters: readonly (string | null)[] | undefined;
  readonly #done: (results: readonly SqlResult[], failure: SqlFailure | undefined) => void;
  readonly #results: SqlResult[] = [];
  #labels: readonly string[] | undefined;
  #rows: (readonly (string | null)[])[] = [];

  constructor(
    sql: string,
    parameters: readonly (string | null)[] | undefined,
    done: (results: readonly SqlResult[], failure: SqlFailure | undefined) => void,
  ) {
    this.#sql = sql;
    this.#parameters = parameters;
    this.#done = done;
  }

  submit = (connection: pg.Connection): void => {
    if (this.#parameters === undefined) {
      connection.query(this.#sql);
      return;
    }
    connection.parse({ name: '', text: this.#sql, types: [] }, true);
    connection.bind({ values: [...this.#parameters] }, true);
    connection.describe({ type: 'P', name: '' }, true);
    connection.execute({}, true);
    connection.sync();
  };

  handleRowDescription({ fields }: RowDescription): void {
    this.#labels = fields.map(({ name }) => name);
  }

  handleDataRow({ fields }: DataRow): void {
    this.#rows.push(fields);
  }

  handleCommandComplete({ text }: CommandComplete): void {
    this.#results.push({ tag: text, labels: this.#labels, rows: this.#rows });
    this.#labels = undefined;
    this.#rows = [];
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: '' });
  }

  /** Also called by pg, without an SQLSTATE, when the connection breaks. */
  handleError({ message, code, position }: ErrorMessage): void {
    const fromServer = code !== undefined && /^[0-9A-Z]{5}$/.test(code);
    this.#done(this.#results, {
      code: fromServer ? code : '',
      message,
      position: position === undefined ? undefined : Number(position),
    });
  }

  handleReadyForQuery(): void {
    this.#done(this.#results, undefined);
  }

  handleCopyInResponse(connection: pg.Connection & { sendCopyFail(message: string): void }): void {
    connection.sendCopyFail('a text test has nothing to copy');
  }

  handleCopyData(): void {}
  handlePortalSuspended(): void {}
}
