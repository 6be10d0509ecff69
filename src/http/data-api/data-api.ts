import type { Logger } from '../../base/log.js';
import { Semaphore } from '../../base/semaphore.js';
import type { SessionHost } from '../../session/contract.js';
import { type JsonService, operation } from '../aws/json-protocol.js';
import * as inputs from './inputs.js';
import { KeepAliveSessions } from './keep-alive-sessions.js';
import { limits } from './limits.js';
import { batchExecute, execute } from './operations/begin.js';
import { cancel } from './operations/cancel.js';
import { columns, databases, schemas, tables } from './operations/catalog.js';
import { describe } from './operations/describe.js';
import { sessions, statements } from './operations/lists.js';
import type { DataApiDeps } from './operations/parts.js';
import { csvResult, result } from './operations/results.js';
import { PageTokens } from './page-token.js';
import { StatementRunner } from './runner.js';
import { StatementStore } from './statement-store.js';

export interface DataApiOptions {
  readonly sessions: SessionHost;
  readonly nowMicros: () => bigint;
  readonly log: Logger;
  /** The user for callers without a database user. */
  readonly defaultUser: string;
}

/** How long `stop` waits for statements that were cancelled. */
const stopMs = 1_000;

/** The Amazon Redshift Data API, over the session layer that the wire protocol uses. */
export class DataApi {
  readonly service: JsonService;
  readonly #parts: DataApiDeps;

  constructor({ sessions: host, nowMicros, log, defaultUser }: DataApiOptions) {
    const keepAliveSessions = new KeepAliveSessions(nowMicros);
    const parts: DataApiDeps = {
      sessions: host,
      statements: new StatementStore(nowMicros),
      keepAliveSessions,
      runner: new StatementRunner(host, keepAliveSessions, log),
      tokens: new PageTokens(),
      catalogPermits: new Semaphore(limits.runningCatalogCalls),
      nowMicros,
      defaultUser,
    };
    this.#parts = parts;
    this.service = { target: 'RedshiftData', signingName: 'redshift-data', operations: operations(parts) };
  }

  /** Statements that have not ended. */
  get activeStatements(): number {
    return this.#parts.statements.activeCount;
  }

  /** Sessions that outlive their statement. */
  get keepAliveSessions(): number {
    return this.#parts.keepAliveSessions.all().filter(({ status }) => status !== 'CLOSED').length;
  }

  /** Cancel what runs, close sessions, discard everything. */
  async clear(): Promise<void> {
    const { statements: store, keepAliveSessions } = this.#parts;
    const active = store.all().filter(({ progress }) => !progress.isFinal);
    for (const statement of active) statement.abort?.();
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, stopMs);
    });
    await Promise.race([Promise.all(active.map(({ progress }) => progress.ended)), patience]);
    clearTimeout(timer);
    keepAliveSessions.clear();
    store.clear();
  }
}

function operations(parts: DataApiDeps): JsonService['operations'] {
  return {
    BatchExecuteStatement: operation(inputs.batchExecuteStatement, (input) => batchExecute(parts, input)),
    CancelStatement: operation(inputs.cancelStatement, (input) => cancel(parts, input)),
    DescribeStatement: operation(inputs.describeStatement, (input) => describe(parts, input)),
    DescribeTable: operation(inputs.describeTable, (input) => columns(parts, input)),
    ExecuteStatement: operation(inputs.executeStatement, (input) => execute(parts, input)),
    GetStatementResult: operation(inputs.getStatementResult, (input) => result(parts, input)),
    GetStatementResultV2: operation(inputs.getStatementResult, (input) => csvResult(parts, input)),
    ListDatabases: operation(inputs.listDatabases, (input) => databases(parts, input)),
    ListSchemas: operation(inputs.listSchemas, (input) => schemas(parts, input)),
    ListSessions: operation(inputs.listSessions, (input) => sessions(parts, input)),
    ListStatements: operation(inputs.listStatements, (input) => statements(parts, input)),
    ListTables: operation(inputs.listTables, (input) => tables(parts, input)),
  };
}
