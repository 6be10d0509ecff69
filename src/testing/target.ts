import type { Fault } from '../streams/kinesis/fault.js';
import type { StreamControl } from '../streams/kinesis/stream-control.js';
import type { TestedSystem } from './test-file.js';

/** What a text test runs against. */
export interface TestTarget {
  readonly system: TestedSystem;
  /** A new client session over the Postgres protocol. */
  openSession(): Promise<SqlSession>;
  /** What the stream verbs act on. */
  readonly streams: StreamControl;
  /** What the verbs for time and faults act on. */
  readonly controls: TargetControls;
  /** Stop and start again with the same data; every session is gone afterwards. @throws where that is impossible. */
  restart(kill: boolean): Promise<void>;
  /** End the target and remove what it left behind. */
  close(): Promise<void>;
}

/** Time, and faults of the embedded Kinesis. Each call rejects where the target cannot do it. */
export interface TargetControls {
  advanceClock(milliseconds: number): Promise<void>;
  setFault(fault: Fault): Promise<void>;
  clearFaults(): Promise<void>;
  /** Let the shard iterators given out so far expire, of all the stream's shards or of one. */
  expireIterators(stream: string, shardId: string | undefined): Promise<void>;
}

/** One client session. Calls do not overlap. */
export interface SqlSession {
  /**
   * Send `sql`: as a simple Query, or through the extended protocol when `parameters` is given. An error of the server
   * is part of the answer; rejects only when the connection is lost or the server does not answer in time.
   */
  run(sql: string, parameters?: readonly (string | null)[]): Promise<SqlAnswer>;
  close(): Promise<void>;
}

/** Everything the server sent for one text. */
export interface SqlAnswer {
  readonly results: readonly SqlResult[];
  readonly notices: readonly SqlNotice[];
  readonly error: SqlFailure | undefined;
}
export interface SqlResult {
  /** Command tag; empty for an empty query. */
  readonly tag: string;
  /** Column labels, when the statement returns rows. */
  readonly labels: readonly string[] | undefined;
  /** Values in the text form of the wire. */
  readonly rows: readonly (readonly (string | null)[])[];
}
export interface SqlNotice {
  readonly severity: string;
  readonly message: string;
}
export interface SqlFailure {
  /** SQLSTATE. */
  readonly code: string;
  readonly message: string;
  /** 1-based, in characters. */
  readonly position: number | undefined;
}
