import type { Fault } from '../streams/kinesis/fault.js';

/** What the admin API can do to a running server. */
export interface AdminActions {
  /** A picture of the server for people and tests. */
  state(): Promise<Record<string, unknown>>;
  /**
   * Refresh a materialized view until it has caught up with its stream's tip as of the call. `name` is `view`,
   * `schema.view` or `database.schema.view`. Resolves to false when `timeoutMs` passed first. Rejects as REFRESH does.
   */
  waitFor(name: string, timeoutMs: number): Promise<boolean>;
  /** Drop databases' contents and streams, close sessions, go back to real time, run the seeds again. */
  reset(): Promise<void>;
  /**
   * Move the clock forward; resolves to its distance from real time. Both in milliseconds. Rejects with DuckshiftError
   * for a step too far.
   */
  advanceClock(milliseconds: number): Promise<number>;
  /** Let calls of the embedded Kinesis fail. Rejects with FaultError, or DuckshiftError without an embedded Kinesis. */
  setFault(fault: Fault): Promise<void>;
  clearFaults(): Promise<void>;
  /** Let shard iterators given out so far expire, all or a stream's or a shard's. Rejects as `setFault` does. */
  expireIterators(stream: string | undefined, shardId: string | undefined): Promise<void>;
}
