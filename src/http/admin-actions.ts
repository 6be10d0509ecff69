/** What the admin API can do to a running server. */
export interface AdminActions {
  /** A picture of the server for people and tests. */
  state(): Promise<Record<string, unknown>>;
  /**
   * Refresh a materialized view until it is level with its stream's tip as of the call. `name` is `view`, `schema.view` or
   * `database.schema.view`. Resolves to false when `timeoutMs` passed first. Rejects as REFRESH does.
   */
  waitFor(name: string, timeoutMs: number): Promise<boolean>;
  /** Drop databases' contents and streams, close sessions, run the seeds again. */
  reset(): Promise<void>;
}
