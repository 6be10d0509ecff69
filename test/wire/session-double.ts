import { SqlError } from '../../sql-dialect/errors.js';
import type { OutputColumn } from '../../sql-dialect/plan.js';
import type { RedshiftType } from '../../sql-dialect/types/redshift-type.js';
import { DuckshiftError } from '../../src/base/errors.js';
import type { TextChunk, TextResult } from '../../src/engine/contract.js';
import type {
  ExecutionResult,
  Notice,
  ParsedText,
  PreparedStatement,
  Session,
  SessionHost,
  SessionRequest,
  StatementHandle,
} from '../../src/session/contract.js';

/** What a scripted statement does. */
export interface Script {
  readonly columns?: readonly OutputColumn[] | undefined;
  readonly parameterTypes?: readonly RedshiftType[] | undefined;
  readonly runsAlone?: boolean | undefined;
  run(session: SessionDouble, parameters: readonly (string | null)[]): Promise<ScriptResult> | ScriptResult;
}

export interface ScriptResult {
  readonly tag: string;
  readonly rows?: Iterable<readonly (string | null)[]> | undefined;
  /** Rows a chunk; 3 when left out, so that chunk borders show. */
  readonly chunkRows?: number | undefined;
}

/** Finds the script of a statement by its text, without the semicolon. */
export type ScriptBook = (text: string) => Script | undefined;

/** Opens scripted sessions and remembers them. */
export class SessionHostDouble implements SessionHost {
  readonly sessions: SessionDouble[] = [];
  readonly requests: SessionRequest[] = [];
  readonly #book: ScriptBook;

  constructor(book: ScriptBook = () => undefined) {
    this.#book = book;
  }

  async openSession(request: SessionRequest): Promise<SessionDouble> {
    this.requests.push(request);
    if (request.database === 'nowhere') throw new DuckshiftError('3D000', 'database "nowhere" does not exist');
    if (request.database === 'broken') throw new TypeError('the host is broken');
    const session = new SessionDouble(this.sessions.length + 1, request, this.#book);
    this.sessions.push(session);
    return session;
  }

  get last(): SessionDouble {
    const session = this.sessions.at(-1);
    if (session === undefined) throw new Error('no session was opened');
    return session;
  }
}

/**
 * A session whose statements are scripted; it keeps the transaction state as the contract says and records every call.
 */
export class SessionDouble implements Session {
  readonly processId: number;
  readonly secretKey = 0x7eadbeef;
  readonly reportedSettings: ReadonlyMap<string, string>;
  readonly calls: string[] = [];
  /** Declared types of every `prepare`. */
  readonly declared: (readonly (RedshiftType | undefined)[])[] = [];
  onNotice: ((notice: Notice) => void) | undefined;
  onSettingChanged: ((name: string, value: string) => void) | undefined;
  onDeallocate?: ((name: string | undefined) => boolean) | undefined;
  onTerminate?: ((reason: { readonly code: string; readonly message: string }) => void) | undefined;
  closed = false;
  cancels = 0;
  openResults = 0;
  #status: 'I' | 'T' | 'E' = 'I';
  #implicit = false;
  #waiting: ((error: Error) => void) | undefined;
  readonly #book: ScriptBook;

  constructor(processId: number, request: SessionRequest, book: ScriptBook) {
    this.processId = processId;
    this.reportedSettings = new Map([['application_name', request.settings.application_name ?? '']]);
    this.#book = book;
  }

  get transactionStatus(): 'I' | 'T' | 'E' {
    return this.#status;
  }

  parse(text: string): ParsedText {
    if (text.includes('syntax error')) {
      throw new SqlError('42601', 'syntax error at or near "error"', { position: text.indexOf('error') + 1 });
    }
    const parts = text.split(';').map((part) => part.trim());
    return { statements: parts.filter((part) => part !== '').map((part) => ({ text: part })) };
  }

  async prepare(
    statement: StatementHandle,
    declared: readonly (RedshiftType | undefined)[],
  ): Promise<PreparedStatement> {
    this.declared.push(declared);
    const script = this.#script(statement);
    const count = (statement.text.match(/\$\d+/g) ?? []).length;
    const parameterTypes =
      script.parameterTypes ?? Array.from({ length: count }, (_, index) => declared[index] ?? { id: 'unknown' });
    return { statement, parameterTypes, columns: script.columns, runsAlone: script.runsAlone };
  }

  async execute(prepared: PreparedStatement, parameters: readonly (string | null)[]): Promise<ExecutionResult> {
    const { text } = prepared.statement;
    this.calls.push(`execute ${text}`);
    const word = text.split(' ')[0]?.toLowerCase();
    if (this.#status === 'E' && word !== 'rollback' && word !== 'commit') {
      throw new SqlError('25P02', 'current transaction is aborted, commands ignored until end of transaction block');
    }
    switch (word) {
      case 'begin':
        this.#status = 'T';
        return { tag: 'BEGIN', columns: undefined, rows: undefined };
      case 'commit':
      case 'rollback': {
        const tag = this.#status === 'E' || word === 'rollback' ? 'ROLLBACK' : 'COMMIT';
        this.#status = 'I';
        return { tag, columns: undefined, rows: undefined };
      }
    }
    const { tag, rows, chunkRows = 3 } = await this.#script(prepared.statement).run(this, parameters);
    const { columns } = prepared;
    return { tag, columns, rows: rows && columns && this.#result(rows, columns.length, chunkRows) };
  }

  async beginImplicitBlock(): Promise<void> {
    this.calls.push('begin implicit');
    if (this.#implicit || this.#status !== 'I') throw new Error('an implicit block inside a transaction');
    this.#implicit = true;
  }

  async endImplicitBlock(failed: boolean): Promise<void> {
    this.calls.push(`end implicit ${failed ? 'failed' : 'done'}`);
    if (!this.#implicit) throw new Error('no implicit block is open');
    this.#implicit = false;
    if (failed) this.markFailed();
    if (!failed && this.calls.includes('execute break the commit')) throw new DuckshiftError('XX000', '1023');
  }

  markFailed(): void {
    if (this.#status === 'T') this.#status = 'E';
  }

  cancel(): void {
    this.cancels++;
    this.#waiting?.(new DuckshiftError('57014', "Query cancelled on user's request"));
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  /** Rejects when the statement is cancelled; never resolves. */
  untilCancelled(): Promise<never> {
    return new Promise((_resolve, reject) => {
      this.#waiting = reject;
    });
  }

  #script(statement: StatementHandle): Script {
    const script = this.#book(statement.text) ?? standardBook(statement.text);
    if (script !== undefined) return script;
    throw new SqlError('42P01', `relation "${statement.text}" does not exist`, { position: 1 });
  }

  #result(rows: Iterable<readonly (string | null)[]>, columnCount: number, chunkRows: number): TextResult {
    const iterator = rows[Symbol.iterator]();
    this.openResults++;
    let open = true;
    return {
      columnCount,
      next: async () => {
        const taken: (readonly (string | null)[])[] = [];
        while (taken.length < chunkRows) {
          const { value, done } = iterator.next();
          if (done) break;
          taken.push(value);
        }
        return taken.length === 0 ? undefined : textChunk(taken, columnCount);
      },
      close: () => {
        if (open) this.openResults--;
        open = false;
      },
    };
  }
}

/** Rows as columns of text. */
export function textChunk(rows: readonly (readonly (string | null)[])[], columnCount: number): TextChunk {
  const columns = Array.from({ length: columnCount }, (_, column) => {
    const cells = rows.map((row) => row[column] ?? null);
    const bytes = cells.map((cell) => Buffer.from(cell ?? ''));
    const offsets = new Int32Array(rows.length + 1);
    bytes.forEach((cell, row) => {
      offsets[row + 1] = (offsets[row] ?? 0) + cell.length;
    });
    const nulls = cells.includes(null) ? Uint8Array.from(cells, (cell) => (cell === null ? 1 : 0)) : undefined;
    return { data: Buffer.concat(bytes), starts: offsets.subarray(0, -1), ends: offsets.subarray(1), nulls };
  });
  return { rowCount: rows.length, columns };
}

export function column(label: string, type: RedshiftType | RedshiftType['id']): OutputColumn {
  return { label, type: typeof type === 'string' ? { id: type } : type };
}

/** Statements every double knows. */
function standardBook(text: string): Script | undefined {
  const [word, argument = ''] = text.split(' ');
  switch (word) {
    case 'begin':
    case 'commit':
    case 'rollback':
      return { run: () => ({ tag: word.toUpperCase() }) };
    case 'rows':
      return {
        columns: [column('n', 'int4'), column('name', { id: 'varchar', length: 20 })],
        run: () => ({ tag: 'SELECT', rows: numberedRows(Number(argument)) }),
      };
    case 'echo': {
      const count = (text.match(/\$\d+/g) ?? []).length;
      return {
        columns: Array.from({ length: count }, (_, index) => column(`p${index + 1}`, 'varchar')),
        run: (_session, parameters) => ({ tag: 'SELECT', rows: [parameters] }),
      };
    }
    case 'insert':
      return { run: () => ({ tag: 'INSERT 0 1' }) };
    case 'vacuum':
      return { runsAlone: true, run: () => ({ tag: 'VACUUM' }) };
    case 'break':
      return { run: () => ({ tag: 'INSERT 0 1' }) };
    case 'show':
      return { columns: [column(argument, 'varchar')], run: () => ({ tag: 'SHOW', rows: [['on']] }) };
    case 'wait':
      return { columns: [column('never', 'int4')], run: (session) => session.untilCancelled() };
    case 'write-and-wait':
      return { run: (session) => session.untilCancelled() };
    case 'fail':
      return { run: () => Promise.reject(new SqlError(argument, `failed with ${argument}`, { position: 6 })) };
    case 'crash':
      return { run: () => Promise.reject(new TypeError('a defect')) };
    case 'half':
      return {
        columns: [column('n', 'int4'), column('name', 'varchar')],
        run: () => ({ tag: 'SELECT', rows: rowsThenError() }),
      };
    case 'notice':
      return {
        run: (session) => {
          session.onNotice?.({ severity: 'INFO', code: '00000', message: argument });
          return { tag: 'REFRESH' };
        },
      };
    case 'set':
      return {
        run: (session) => {
          session.onSettingChanged?.(argument, text.split(' ')[2] ?? '');
          return { tag: 'SET' };
        },
      };
    case 'deallocate':
      return {
        run: (session) => {
          const found = session.onDeallocate?.(argument === 'all' ? undefined : argument);
          if (found !== true) throw new SqlError('26000', `prepared statement "${argument}" does not exist`);
          return { tag: 'DEALLOCATE' };
        },
      };
    default:
      return undefined;
  }
}

export function* numberedRows(count: number): Generator<readonly (string | null)[]> {
  for (let n = 1; n <= count; n++) yield [String(n), n % 7 === 0 ? null : `name ${n}`];
}

function* rowsThenError(): Generator<readonly (string | null)[]> {
  yield* numberedRows(4);
  throw new SqlError('22012', 'division by zero');
}
