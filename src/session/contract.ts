import type { OutputColumn } from '../../sql-dialect/plan.js';
import type { RedshiftType } from '../../sql-dialect/types/redshift-type.js';
import type { EngineValue, TextResult } from '../engine/contract.js';

/** Opens sessions; the wire server and the HTTP server know nothing else of the database. */
export interface SessionHost {
  /** @throws 3D000 for an unknown database, 28000/28P01 for a refused user, 53300 at the connection limit. */
  openSession(request: SessionRequest): Promise<Session>;
}

export interface SessionRequest {
  readonly user: string;
  readonly database: string;
  /** Startup parameters such as application_name, client_encoding, DateStyle, TimeZone; unknown names are ignored. */
  readonly settings: Readonly<Record<string, string>>;
  readonly clientAddress: string | undefined;
}

/** One client's session. Calls do not overlap: the caller awaits one before the next, except `cancel`. */
export interface Session {
  readonly processId: number;
  /** Random; a CancelRequest must present it. */
  readonly secretKey: number;
  /** For ReadyForQuery. */
  readonly transactionStatus: 'I' | 'T' | 'E';
  /** Query id of the statement that was executed last; -1 before the first. PG_LAST_QUERY_ID. */
  readonly lastQueryId?: bigint | undefined;
  /** Values to announce at start, and again when `onSettingChanged` fires. */
  readonly reportedSettings: ReadonlyMap<string, string>;
  onNotice: ((notice: Notice) => void) | undefined;
  onSettingChanged: ((name: string, value: string) => void) | undefined;
  /**
   * Set by the caller. DEALLOCATE calls it for a name that PREPARE did not make: the caller drops its own
   * (protocol-level) prepared statement of that name and says whether there was one. Without a name it drops all.
   * psycopg 3 and PDO deallocate the statements they made with Parse in this way.
   */
  onDeallocate?: ((name: string | undefined) => boolean) | undefined;
  /**
   * Set by the caller. The session is to end now, from the server's side (pg_terminate_backend, a reset): the client
   * gets `reason` as FATAL.
   */
  onTerminate?: ((reason: { readonly code: string; readonly message: string }) => void) | undefined;
  /**
   * Set by the caller. pg_cancel_backend ends what the session runs, including rows that the caller is still sending.
   * The caller calls `cancel`.
   */
  onCancel?: (() => void) | undefined;
  /** `statement_timeout` in milliseconds, 0 for none: `execute` keeps to it, and the caller while it passes rows on. */
  readonly statementTimeoutMillis?: number | undefined;

  /**
   * Parse the text of a simple Query into statements to be run in order by `execute`. Each is bound only when it is
   * prepared, so that a statement may use what
   * an earlier one made. With `namedParameters` (Data API), `:name` is a parameter and `$1` is 42P02.
   *
   * @throws SqlError 42601 with its position in the whole text.
   */
  parse(text: string, options?: { readonly namedParameters?: boolean }): ParsedText;
  /**
   * Bind and plan one parsed statement. `parameterTypes`: what the client declared, by position. Positions of errors
   * here and in `execute` count in the whole text that was given to `parse`.
   */
  prepare(
    statement: StatementHandle,
    parameterTypes: readonly (RedshiftType | undefined)[],
  ): Promise<PreparedStatement>;
  /**
   * Run a prepared statement. Parameters in text format. In a failed transaction everything but ROLLBACK/COMMIT throws
   * 25P02.
   */
  execute(
    prepared: PreparedStatement,
    parameters: readonly (string | null)[],
    options?: ExecutionOptions,
  ): Promise<ExecutionResult>;
  /**
   * The implicit transaction around a simple Query of several statements, and around a pipeline of Executes up to its
   * Sync (PostgreSQL: "Multiple Statements in a Simple Query", "Pipelining"). Called only while no transaction is open.
   * Until `endImplicitBlock`, statements that would commit on their own do not; BEGIN turns what ran so far into a
   * regular transaction, COMMIT and ROLLBACK end it and the next statement starts an implicit one again.
   * `endImplicitBlock(false)` commits what is implicit (and may throw), `endImplicitBlock(true)` rolls it back; a
   * regular transaction that BEGIN opened stays open, failed if `failed`.
   */
  beginImplicitBlock(): Promise<void>;
  endImplicitBlock(failed: boolean): Promise<void>;
  /**
   * Report a statement that failed outside `execute` (parse, bind, protocol), so that an open block becomes failed.
   */
  markFailed(): void;
  /**
   * Columns of an open cursor that DECLARE made; undefined when there is none of that name. A Describe of a portal may
   * mean it, as psycopg 3 does.
   */
  cursorColumns?(name: string): readonly OutputColumn[] | undefined;
  /** Interrupt the running statement, from anywhere, at any time: it fails with 57014. */
  cancel(): void;
  close(): Promise<void>;
}

export interface ExecutionOptions {
  /**
   * Floating-point columns leave with all their digits, whatever `extra_float_digits` says: the caller makes binary
   * values of the text.
   */
  readonly exactFloats?: boolean;
}
export interface ParsedText {
  readonly statements: readonly StatementHandle[];
}
/** Opaque to the caller. */
export interface StatementHandle {
  readonly text: string;
  /** Parsed with `namedParameters`: the names, in the order in which `execute` takes their values. */
  readonly parameterNames?: readonly string[] | undefined;
}
export interface PreparedStatement {
  readonly statement: StatementHandle;
  readonly parameterTypes: readonly RedshiftType[];
  /** Undefined for statements that return no rows. */
  readonly columns: readonly OutputColumn[] | undefined;
  /**
   * True for a statement that cannot run inside a transaction block (VACUUM …): the caller starts no implicit
   * transaction for it.
   */
  readonly runsAlone?: boolean | undefined;
}
export interface ExecutionResult {
  /**
   * Command tag without a count for row-returning statements (`SELECT`); the caller adds the count. Complete
   * (`INSERT 0 3`) otherwise.
   */
  readonly tag: string;
  readonly columns: readonly OutputColumn[] | undefined;
  readonly rows: TextResult | undefined;
}
export interface Notice {
  readonly severity: 'INFO' | 'NOTICE' | 'WARNING';
  readonly code: string;
  readonly message: string;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
}
export type { EngineValue };

/** Who a session is. */
export interface SessionIdentity {
  readonly user: string;
  readonly userId: number;
  readonly database: string;
  readonly processId: number;
  readonly clientAddress: string | undefined;
  readonly startedMillis: number;
}
