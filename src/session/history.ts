import type { SessionIdentity } from './contract.js';

/** `query_type` of SYS_QUERY_HISTORY. */
export type QueryType =
  | 'SELECT'
  | 'INSERT'
  | 'UPDATE'
  | 'DELETE'
  | 'MERGE'
  | 'REFRESH_MATERIALIZED_VIEW'
  | 'DDL'
  | 'UTILITY';

/** A statement that was run. */
export interface HistoryEntry {
  readonly query: bigint;
  readonly identity: SessionIdentity;
  /** The statement's kind, for metrics. */
  readonly kind: string;
  readonly queryType: QueryType;
  readonly text: string;
  readonly label: string;
  readonly startMillis: number;
  endMillis: number | undefined;
  status: 'running' | 'success' | 'failed' | 'canceled';
  error: string | undefined;
}

/** Called at each statement's end. `error` undefined: it succeeded. `ran` false: it was refused before it ran. */
export type StatementObserver = (kind: string, error: unknown, ran: boolean) => void;

/** Statements remembered; the oldest leave first. */
const capacity = 1000;
/** Characters of a text that are remembered. */
const textLimit = 4000;

/** What SYS_QUERY_HISTORY and similar views show: the newest statements of all sessions, in memory. */
export class QueryHistory {
  readonly #entries: HistoryEntry[] = [];

  constructor(private readonly observer: StatementObserver = () => undefined) {}

  /** Do what comes before a statement runs; when it fails, the statement was refused. */
  attempt<T>(kind: string, work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.observer(kind, error, false);
      throw error;
    }
  }

  /** A statement starts. */
  begin(entry: Omit<HistoryEntry, 'endMillis' | 'status' | 'error'>): HistoryEntry {
    const text = withoutPassword(entry.text).slice(0, textLimit);
    const kept: HistoryEntry = { ...entry, text, endMillis: undefined, status: 'running', error: undefined };
    this.#entries.push(kept);
    if (this.#entries.length > capacity) this.#entries.shift();
    return kept;
  }

  /** The statement ended, with `error` when it failed. */
  end(entry: HistoryEntry, endMillis: number, error: unknown): void {
    this.observer(entry.kind, error, true);
    entry.endMillis = endMillis;
    if (error === undefined) {
      entry.status = 'success';
      return;
    }
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
    entry.status = code === '57014' ? 'canceled' : 'failed';
    entry.error = error instanceof Error ? error.message : String(error);
  }

  /** The statements as JSON, in the shape `src/catalog/system/query-history.ts` reads. */
  describe(): string {
    return JSON.stringify(
      this.#entries.map((entry) => ({
        query: Number(entry.query),
        pid: entry.identity.processId,
        userid: entry.identity.userId,
        user_name: entry.identity.user,
        db_name: entry.identity.database,
        label: entry.label === '' ? 'default' : entry.label,
        kind: entry.queryType,
        text: entry.text,
        start_micros: entry.startMillis * 1000,
        end_micros: entry.endMillis === undefined ? null : entry.endMillis * 1000,
        status: entry.status,
        error: entry.error ?? null,
      })),
    );
  }
}

/** PASSWORD with its text, whatever its quotes, and comments in between. */
const passwordText =
  /(\bpassword(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*)(?:'(?:[^'\\]|\\[\s\S]|'')*'|\$(\w*)\$[\s\S]*?\$\2\$)/gi;

/** CREATE USER and similar statements are shown without the password, as Redshift logs them. */
function withoutPassword(text: string): string {
  return text.replace(passwordText, "$1'***'");
}
