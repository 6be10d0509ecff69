import type { OutputColumn } from '../../sql-dialect/plan.js';
import type { StreamBatch } from '../streams/contract.js';

/**
 * What the rest of the server asks of the engine. Only `src/engine` imports `@duckdb/node-api`.
 */
export interface Engine {
  /** A connection of its own for a session, a refresh or a system task. */
  connect(): Promise<EngineConnection>;
  /** Attach (and create when missing) a Redshift database. Its file is in the data directory, or it is in memory. */
  attachDatabase(name: string): Promise<void>;
  detachDatabase(name: string): Promise<void>;
  /** Detach a database and delete its file. */
  dropDatabase(name: string): Promise<void>;
  /** The databases have this version's format: note it in the data directory. */
  recordFormat(): void;
  /** Names of the attached databases, in the order they were attached. */
  databases(): readonly string[];
  /**
   * Offer `batch` to SQL as the table function call `duckshift_batch(id)`; returns the id. The rows are handed out once
   * per query that names the id, in order. `release` frees it.
   */
  registerBatch(batch: StreamBatch): number;
  releaseBatch(id: number): void;
  /** True while statements wait for a place to run: work in the background should wait then. */
  readonly busy: boolean;
  /**
   * Move what the write-ahead logs hold into the database files, as far as open transactions allow. Commits are durable
   * without it.
   */
  checkpoint(): Promise<void>;
  /**
   * Let PG_CANCEL_BACKEND and PG_TERMINATE_BACKEND reach sessions by process id; each answers whether there is such a
   * session.
   */
  controlSessions(control: SessionControl): void;
  close(): Promise<void>;
}

/** Sessions as functions reach them. */
export interface SessionControl {
  cancelBackend(processId: number): boolean;
  terminateBackend(processId: number): boolean;
}

export interface EngineConnection {
  /** Run a statement whose rows do not matter; resolves to the number of rows changed. `parameters` bind `$1 …`. */
  run(sql: string, parameters?: readonly EngineValue[]): Promise<number>;
  /**
   * Run a query to its end and give its rows as text columns (PostgreSQL text format, as Redshift prints it), chunk by
   * chunk. The SQL is wrapped so that DuckDB formats each column by its Redshift type.
   */
  query(
    sql: string,
    columns: readonly OutputColumn[],
    parameters?: readonly EngineValue[],
    options?: QueryOptions,
  ): Promise<TextResult>;
  /**
   * Digits of floating-point text beyond the usual 15 and 6 (`extra_float_digits`, -15 to 3), for queries from now on.
   */
  setExtraFloatDigits(digits: number): void;
  /**
   * Rows as JavaScript objects, for the server's own catalog queries; never on a client's path. bigint for BIGINT and
   * HUGEINT, number for smaller integers and floats, boolean, Uint8Array for BLOB, null, and DuckDB's text for
   * everything else. A label that repeats gets a suffix.
   */
  rows(sql: string, parameters?: readonly EngineValue[]): Promise<Record<string, unknown>[]>;
  /** Stop the running statement; it rejects with 57014. Harmless when idle. */
  interrupt(): void;
  close(): Promise<void>;
}

export interface QueryOptions {
  /** The text reads no table and no view: its plan may be cached. */
  readonly readsNothing?: boolean;
}

/**
 * A bound parameter: text in PostgreSQL text format (the SQL casts it), a value of the type that DuckDB takes it for,
 * or NULL.
 */
export type EngineValue = string | number | bigint | boolean | Uint8Array | EngineInteger | null;

/** An integer bound with its own type, so that DuckDB need not plan the statement again for another. */
export interface EngineInteger {
  readonly bits: 16 | 32 | 64;
  readonly value: bigint;
}

export interface TextResult {
  readonly columnCount: number;
  /**
   * The next chunk of rows (up to 2,048), or undefined after the last. `used` is an earlier chunk that nobody reads any
   * more: its memory may be reused.
   */
  next(used?: TextChunk): Promise<TextChunk | undefined>;
  close(): void;
}
/** Columns of one chunk in text format. */
export interface TextChunk {
  readonly rowCount: number;
  readonly columns: readonly TextColumn[];
}
export interface TextColumn {
  /** Holds the values, UTF-8, in any order, with anything in between. */
  readonly data: Buffer;
  /** Where the value of a row starts in `data`; at least `rowCount` of them. Of a NULL it equals the end. */
  readonly starts: Int32Array;
  /** Where it ends (exclusive). */
  readonly ends: Int32Array;
  /** 1 where the value is NULL; undefined when none is. */
  readonly nulls: Uint8Array | undefined;
}
