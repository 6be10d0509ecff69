import { type Config, checkConfig, defaultConfig } from './server/config.js';
import { startServer } from './server/server.js';
import type { QueryResult } from './session/run-query.js';
import type { Fault } from './streams/kinesis/fault.js';

export { StartError } from './base/start-error.js';
export type { Config } from './server/config.js';
export { ConfigError } from './server/config.js';
export type { QueryResult, QueryValue } from './session/run-query.js';
export { type Fault, FaultError, type FaultKind } from './streams/kinesis/fault.js';

/** Options of an in-process server: those of `duckshift start`. Ports default to any free one, logging to silent. */
export type StartOptions = Partial<Config>;

/** A record to put; text is encoded as UTF-8. */
export interface PutRecord {
  readonly partitionKey: string;
  readonly data: string | Uint8Array;
}

/** A running duckshift inside this process. */
export interface Duckshift extends AsyncDisposable {
  /** `postgres://…` for drivers. */
  readonly connectionString: string;
  /** For any AWS SDK client of the Data API and the credential calls; base URL of the admin API. */
  readonly dataApiEndpoint: string;
  /** For any AWS SDK Kinesis client (over HTTP/1.1). */
  readonly kinesisEndpoint: string;
  /** Path of the CA certificate clients may trust; undefined without TLS. */
  readonly ca: string | undefined;
  /** Run one or more statements in this handle's own session; gives the last one's result. Parameters bind `$1 …`. */
  query(sql: string, parameters?: readonly unknown[]): Promise<QueryResult>;
  /** Create a stream and wait until it is active. */
  createStream(name: string, shards?: number): Promise<void>;
  /** Put records into a stream, in order, retrying those that were refused. */
  put(stream: string, records: readonly PutRecord[]): Promise<void>;
  /**
   * Refresh a materialized view until it has caught up with its stream's tip as of the call. Rejects after `timeoutMs`
   * (5,000).
   */
  waitFor(materializedView: string, timeoutMs?: number): Promise<void>;
  /** Time, for SQL and the embedded Kinesis alike: arrival stamps, retention and the age of shard iterators follow. */
  readonly clock: {
    /** Move it forward. Rejects for a negative number, and beyond a hundred years. */
    advance(milliseconds: number): Promise<void>;
    /** The time as the server has it. */
    now(): Date;
  };
  /** Faults of the embedded Kinesis. All reject where another endpoint is used. */
  readonly faults: {
    /** Let the next calls of an operation fail. Faults wait in the order they were set. */
    set(fault: Fault): Promise<void>;
    /** Drop the faults that wait, and end the calls that hang. */
    clear(): Promise<void>;
  };
  /** Let the shard iterators given out so far expire: all, or those of a stream, or of one shard of it. */
  expireIterators(stream?: string, shardId?: string): Promise<void>;
  /**
   * Drop databases' contents and streams; open sessions are closed, faults are dropped, and the clock is back at real
   * time.
   */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Start duckshift in this process.
 *
 * @throws ConfigError for options that contradict each other, StartError when a port is taken or the data directory is
 * in use.
 */
export async function startDuckshift(options: StartOptions = {}): Promise<Duckshift> {
  const quiet = { port: 0, httpPort: 0, kinesisPort: 0, logLevel: 'silent' } as const;
  const config = checkConfig({ ...defaultConfig, ...quiet, ...definedOnly(options) });
  const server = await startServer(config);
  const { pg, http, kinesis, ca } = server.addresses;
  const login = `${encodeURIComponent(config.user ?? 'awsuser')}:${encodeURIComponent(config.password ?? 'any')}`;
  const stop = () => server.stop();
  return {
    connectionString: `postgres://${login}@${pg.host}:${pg.port}/${config.database}`,
    dataApiEndpoint: http.url,
    kinesisEndpoint: kinesis.endpoint,
    ca,
    query: (sql, parameters = []) => server.query(sql, parameters),
    createStream: async (name, shards = 1) => (await server.streams()).create(name, shards),
    put: async (stream, records) => (await server.streams()).put(stream, records.map(encoded)),
    waitFor: async (name, timeoutMs = 5_000) => {
      if (!(await server.waitFor(name, timeoutMs)))
        throw new Error(`${name} had not caught up with its stream after ${timeoutMs} ms`);
    },
    clock: {
      advance: (milliseconds) => server.controls.advanceClock(milliseconds),
      now: () => new Date(Date.now() + server.controls.clockOffset),
    },
    faults: {
      set: (fault) => server.controls.setFault(fault),
      clear: () => server.controls.clearFaults(),
    },
    expireIterators: (stream, shardId) => server.controls.expireIterators(stream, shardId),
    reset: () => server.reset(),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function encoded({ partitionKey, data }: PutRecord): { partitionKey: string; data: Uint8Array } {
  return { partitionKey, data: typeof data === 'string' ? Buffer.from(data) : data };
}

function definedOnly(options: StartOptions): StartOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
