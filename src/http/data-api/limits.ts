/**
 * The service's limits ("Considerations when calling the Amazon Redshift Data API", API reference), and duckshift's own
 * where AWS names none. Times in seconds.
 */
export const limits = {
  /** SUBMITTED, PICKED and STARTED statements at one time. */
  activeStatements: 500,
  activeSessions: 500,
  batchStatements: 40,
  /** Bytes of one statement's text. */
  statementBytes: 200 * 1024,
  statementNameLength: 2048,
  /** Bytes of one result. AWS measures them compressed. */
  resultBytes: 500 * 1024 * 1024,
  retention: 24 * 3600,
  clientToken: 8 * 3600,
  sessionKeepAlive: 24 * 3600,
  sessionLife: 24 * 3600,
  waitTime: 30,
  /** Requests that wait for one statement; AWS has a limit and does not say which. */
  waitingRequests: 50,
  /** A page of a result ends at either; AWS says neither. */
  pageRows: 1_000,
  pageBytes: 1024 * 1024,

  // Of duckshift alone: what one machine can bear.
  /** Concurrent statements, besides those in sessions that outlive their statement. */
  runningStatements: 16,
  /** Finished statements that are remembered; the oldest go first. */
  rememberedStatements: 10_000,
  /** Bytes of their texts and parameters. */
  rememberedTextBytes: 64 * 1024 * 1024,
  /** Bytes of all stored results; the oldest are discarded first. */
  keptResultBytes: 512 * 1024 * 1024,
  /** Catalog calls that run at one time, and how long one may take. */
  runningCatalogCalls: 4,
  catalogCallSeconds: 60,
} as const;
