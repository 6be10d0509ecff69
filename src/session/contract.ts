import type { OutputColumn } from '../../sql-dialect/plan.js';
import type { RedshiftType } from '../../sql-dialect/types/redshift-type.js';
import type { EngineValue, TextResult } from '../engine/contract.js';

/** Opens sessions; the wire server and the HTTP server know nothing else of the database. */
export interface SessionHost {
  /** Throws 3D000 for an unknown database, 28000/28P01 for a refused user, 53300 at the connection limit. */
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
  /** Values to announce at start, and again when `onSettingChanged` fires. */
  readonly reportedSettings: ReadonlyMap<string, string>;
  onNotice: ((notice: Notice) => void) | undefined;
  onSettingChanged: ((name: string, value: string) => void) | undefined;

  /**
   * Parse the text of a simple Query into statements to be run in order by `execute`. Each is bound only when it is prepared, so that a statement may use what
   * an earlier one made. Throws SqlError 42601 with its position in the whole text.
   */
  parse(text: string): ParsedText;
  /** Bind and plan one parsed statement. `parameterTypes`: what the client declared, by position. */
  prepare(
    statement: StatementHandle,
    parameterTypes: readonly (RedshiftType | undefined)[],
  ): Promise<PreparedStatement>;
  /** Run a prepared statement. Parameters in text format. In a failed transaction everything but ROLLBACK/COMMIT throws 25P02. */
  execute(prepared: PreparedStatement, parameters: readonly (string | null)[]): Promise<ExecutionResult>;
  /** The implicit transaction around a simple Query of several statements (PostgreSQL: "Multiple Statements in a Simple Query"). */
  beginImplicitBlock(): Promise<void>;
  endImplicitBlock(failed: boolean): Promise<void>;
  /** Tell the session that a statement failed outside `execute` (parse, bind, protocol), so that an open block becomes failed. */
  markFailed(): void;
  /** Interrupt the running statement, from anywhere, at any time: it fails with 57014. */
  cancel(): void;
  close(): Promise<void>;
}

export interface ParsedText {
  readonly statements: readonly StatementHandle[];
}
/** Opaque to the caller. */
export interface StatementHandle {
  readonly text: string;
}
export interface PreparedStatement {
  readonly statement: StatementHandle;
  readonly parameterTypes: readonly RedshiftType[];
  /** Undefined for statements that return no rows. */
  readonly columns: readonly OutputColumn[] | undefined;
}
export interface ExecutionResult {
  /** Command tag without a count for row-returning statements (`SELECT`); the caller adds the count. Complete (`INSERT 0 3`) otherwise. */
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
