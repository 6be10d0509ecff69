import { join } from 'node:path';
import { OffsetClock } from '../base/clock.js';
import { createLogger, type Logger } from '../base/log.js';
import { Shutdown } from '../base/shutdown.js';
import { listenFailure } from '../base/start-error.js';
import { createLookup } from '../catalog/lookup.js';
import { StoredCatalog } from '../catalog/store.js';
import { type DuckdbEngine, openEngine, requireReadableFormat } from '../engine/index.js';
import type { HttpServer } from '../http/server.js';
import { type MetricFamily, single } from '../metrics/family.js';
import { processFamilies } from '../metrics/process-metrics.js';
import { ServerMetrics } from '../metrics/server-metrics.js';
import { TemporaryPasswords } from '../passwords/temporary-passwords.js';
import type { MaterializedViews } from '../refresh/contract.js';
import { compileQueryText, parseQueryText } from '../refresh/defining-query.js';
import { describeFunction } from '../refresh/function-traits.js';
import { awsPace, createMaterializedViews, definitionCompiler, localPace } from '../refresh/index.js';
import type { Session } from '../session/contract.js';
import { DuckshiftSessionHost } from '../session/host.js';
import { type QueryResult, runQuery } from '../session/run-query.js';
import { ConnectedSources } from '../streams/connected-sources.js';
import type { StreamReader } from '../streams/contract.js';
import { kinesisSource } from '../streams/kinesis/columns.js';
import { type EmbeddedKinesis, startEmbeddedKinesis } from '../streams/kinesis/embedded/supervisor.js';
import { isLoopback } from '../streams/kinesis/endpoint.js';
import type { Fault } from '../streams/kinesis/fault.js';
import type { StreamControl } from '../streams/kinesis/stream-control.js';
import { createStreamReader } from '../streams/kinesis/worker-reader.js';
import { createWireServer, type WireServer } from '../wire/server.js';
import { advertisedServer, authentication, signingKeys, tlsOffer } from './access.js';
import type { Config } from './config.js';
import { findMaterializedView } from './find-view.js';
import { dropEverything } from './reset.js';
import { runSeeds } from './seeds.js';
import { TestControls } from './test-controls.js';

/** Where a running server can be reached; the shape of the `ready` line. */
export interface Addresses {
  readonly pg: { readonly host: string; readonly port: number };
  readonly http: { readonly url: string };
  readonly kinesis: { readonly endpoint: string };
  /** Path of the CA certificate; undefined with `--tls off`. */
  readonly ca: string | undefined;
}

export interface RunningServer {
  readonly addresses: Addresses;
  /** Run SQL in the server's own session; gives the last statement's result. */
  query(sql: string, parameters?: readonly unknown[]): Promise<QueryResult>;
  /** Control over the endpoint's streams; loads the AWS SDK on first use. */
  streams(): Promise<StreamControl>;
  /**
   * Refresh a materialized view until it has caught up with its stream's tip as of the call; false when `timeoutMs`
   * passed first.
   */
  waitFor(materializedView: string, timeoutMs: number): Promise<boolean>;
  /** Time and faults, for tests. */
  readonly controls: TestControls;
  /**
   * Drop databases' contents and the embedded endpoint's streams, end client sessions, go back to real time, run the
   * seeds again.
   */
  reset(): Promise<void>;
  /** Finish or cancel what runs, write everything to disk, close all listeners. */
  stop(): Promise<void>;
}

/** How long running statements may go on when the server stops. */
const stopGraceMs = 1_500;

/**
 * Start everything `config` asks for: engine, streams, refreshes, listeners. This is the composition root: it alone
 * knows all parts.
 *
 * @throws StartError for what a user can mend: a port in use, a data directory held by another process, a failing seed.
 */
export async function startServer(config: Config): Promise<RunningServer> {
  const shutdown = new Shutdown();
  try {
    return await start(config, shutdown);
  } catch (error) {
    await shutdown.run().catch(() => undefined);
    throw error;
  }
}

async function start(config: Config, shutdown: Shutdown): Promise<RunningServer> {
  const log = createLogger(config.logLevel, config.logFormat);
  const clock = new OffsetClock();
  const { engine, embedded, endpoint } = await startStores(config, log, shutdown);
  const local = (config.kinesisPoll ?? (isLoopback(endpoint) && !config.kinesisThrottle ? 'local' : 'aws')) === 'local';
  const reader = createStreamReader({
    endpoint,
    region: config.region,
    poll: local ? 'local' : 'aws',
    exactLag: embedded !== undefined,
  });
  shutdown.defer(() => reader.close());
  const catalog = await StoredCatalog.open(engine, config.database, config.user ?? 'awsuser');
  for (const name of engine.databases())
    if (name !== config.database) await catalog.load(name, config.user ?? 'awsuser');
  engine.recordFormat();
  const metrics = new ServerMetrics(
    () => clock.nowMicros(),
    (database, schema, view) => catalog.snapshot(database)?.relation(schema, view)?.kind === 'materialized_view',
  );
  const views = await createMaterializedViews({
    engine,
    catalog,
    sources: new ConnectedSources([{ source: kinesisSource, reader, endpoint }]),
    pace: local ? localPace : awsPace,
    clock,
    log,
    observer: metrics,
    definitions: definitionCompiler(compileQueryText, createLookup),
    parseQuery: parseQueryText,
    describeFunction,
  });
  shutdown.defer(() => views.stop());
  const sessions = new DuckshiftSessionHost({
    engine,
    catalog,
    materializedViews: views,
    clock,
    onStatement: (kind, error, ran) => metrics.statementEnded(kind, error, ran),
  });
  shutdown.defer(() =>
    sessions.closeAll({ code: '57P01', message: 'terminating connection due to administrator command' }),
  );

  const parts: ServerDeps = {
    metrics,
    config,
    log,
    clock,
    catalog,
    views,
    sessions,
    reader,
    embedded,
    endpoint,
    shutdown,
  };
  const server = new Server(parts);
  shutdown.defer(() => server.releaseStreams());
  await server.seed(false);
  views.startScheduler();
  await server.listen();
  return server;
}

/**
 * Open the database and start the embedded Kinesis side by side; when both fail, the database's reason is the one to
 * tell.
 */
async function startStores(config: Config, log: Logger, shutdown: Shutdown) {
  // Databases and streams open side by side: neither may touch a directory that the other cannot read.
  if (config.data !== undefined) requireReadableFormat(config.data);
  const opening = openEngine({ dataDirectory: config.data, databases: [config.database], log });
  const { kinesisEndpoint, host, kinesisPort: port, data, region, streams, kinesisThrottle: throttle } = config;
  const starting =
    kinesisEndpoint === undefined
      ? startEmbeddedKinesis({
          host,
          port,
          path: data === undefined ? undefined : join(data, 'kinesis'),
          region,
          streams,
          throttle,
          log,
        })
      : Promise.resolve(undefined);
  const [engine, embedded] = await Promise.allSettled([opening, starting]);
  if (engine.status === 'fulfilled') shutdown.defer(() => closeEngine(engine.value));
  if (embedded.status === 'fulfilled') shutdown.defer(() => embedded.value?.stop());
  if (engine.status === 'rejected') throw engine.reason;
  if (embedded.status === 'rejected') throw listenFailure(embedded.reason, 'Kinesis', host, port, 'kinesis-port');
  const endpoint = embedded.value?.endpoint ?? kinesisEndpoint;
  if (endpoint === undefined) throw new Error('no Kinesis endpoint');
  return { engine: engine.value, embedded: embedded.value, endpoint };
}

async function closeEngine(engine: DuckdbEngine): Promise<void> {
  await engine.checkpoint();
  await engine.close();
}

interface ServerDeps {
  readonly metrics: ServerMetrics;
  readonly config: Config;
  readonly log: Logger;
  readonly clock: OffsetClock;
  readonly catalog: StoredCatalog;
  readonly views: MaterializedViews;
  readonly sessions: DuckshiftSessionHost;
  readonly reader: StreamReader;
  readonly embedded: EmbeddedKinesis | undefined;
  readonly endpoint: string;
  readonly shutdown: Shutdown;
}

class Server implements RunningServer {
  #addresses: Addresses | undefined;
  #session: Promise<Session> | undefined;
  #lastQuery: Promise<unknown> = Promise.resolve();
  #streams: Promise<StreamControl> | undefined;
  #wire: WireServer | undefined;
  #http: HttpServer | undefined;
  #stopping: Promise<void> | undefined;
  readonly #passwords: TemporaryPasswords;
  readonly #startedMicros: bigint;

  readonly controls: TestControls;

  constructor(private readonly parts: ServerDeps) {
    this.controls = new TestControls(parts.clock, parts.embedded, parts.endpoint);
    this.#passwords = new TemporaryPasswords(parts.clock);
    this.#startedMicros = parts.clock.nowMicros();
  }

  get addresses(): Addresses {
    if (this.#addresses === undefined) throw new Error('the server does not listen yet');
    return this.#addresses;
  }

  async listen(): Promise<void> {
    const { config, log, sessions, endpoint, shutdown } = this.parts;
    const { offer, ca } = await tlsOffer(config, shutdown);
    const wire = createWireServer({
      sessions,
      host: config.host,
      port: config.port,
      tls: offer,
      authenticate: authentication(config, this.#passwords, () => this.parts.catalog.principals.current()),
      log,
    });
    const [http, pg] = await Promise.allSettled([this.#listenHttp(), wire.listen()]);
    if (http.status === 'fulfilled') shutdown.defer(() => http.value.close());
    if (pg.status === 'fulfilled') shutdown.defer(() => wire.close(stopGraceMs));
    if (pg.status === 'rejected')
      throw listenFailure(pg.reason, 'the Postgres protocol', config.host, config.port, 'port');
    if (http.status === 'rejected') throw listenFailure(http.reason, 'HTTP', config.host, config.httpPort, 'http-port');
    this.#wire = wire;
    this.#http = http.value;
    this.#addresses = { pg: pg.value, http: { url: http.value.url }, kinesis: { endpoint }, ca };
  }

  query(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult> {
    const result = this.#lastQuery.then(async () => runQuery(await this.#ownSession(), sql, parameters));
    this.#lastQuery = result.catch(() => undefined);
    return result;
  }

  streams(): Promise<StreamControl> {
    const { endpoint, config } = this.parts;
    this.#streams ??= import('../streams/kinesis/stream-control.js').then(({ openStreamControl }) =>
      openStreamControl({ endpoint, region: config.region }),
    );
    return this.#streams;
  }

  async releaseStreams(): Promise<void> {
    (await this.#streams)?.close();
  }

  async waitFor(name: string, timeoutMs: number): Promise<boolean> {
    const { catalog, views, config } = this.parts;
    const view = findMaterializedView(name, (database) => catalog.snapshot(database), config.database);
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const user = config.user ?? 'awsuser';
      await views.refresh({ ...view, mode: 'restrict', type: 'Manual', user, sessionId: 0, signal });
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      throw error;
    }
  }

  async reset(): Promise<void> {
    const { catalog, config, embedded, reader } = this.parts;
    await this.#wire?.disconnectAll();
    await this.#http?.dataApi.clear();
    this.#passwords.clear();
    await this.#closeOwnSession();
    await this.controls.dropFaults();
    for (const database of catalog.databases()) {
      const snapshot = catalog.snapshot(database);
      if (snapshot === undefined) continue;
      const session = await this.#openSession(database);
      try {
        for (const statement of dropEverything(snapshot)) await runQuery(session, statement);
      } finally {
        await session.close();
      }
    }
    if (embedded !== undefined) {
      const streams = await this.streams();
      for (const name of await reader.listStreams()) await streams.delete(name);
      await this.controls.resetClock();
      for (const { name, shards } of config.streams) await streams.create(name, shards);
    } else await this.controls.resetClock();
    await this.seed(true);
  }

  async seed(again: boolean): Promise<void> {
    const { config } = this.parts;
    if (config.init === undefined && config.initDir === undefined) return;
    const session = await this.#openSession(config.database);
    try {
      await runSeeds(config, session, again);
    } finally {
      await session.close();
    }
  }

  stop(): Promise<void> {
    this.#stopping ??= this.parts.shutdown.run();
    return this.#stopping;
  }

  async #listenHttp(): Promise<HttpServer> {
    const { config, log, clock, sessions } = this.parts;
    const { startHttpServer } = await import('../http/server.js');
    const actions = {
      state: () => this.#state(),
      waitFor: (name: string, timeoutMs: number) => this.waitFor(name, timeoutMs),
      reset: () => this.reset(),
      advanceClock: async (milliseconds: number) => {
        await this.controls.advanceClock(milliseconds);
        return this.controls.clockOffset;
      },
      setFault: (fault: Fault) => this.controls.setFault(fault),
      clearFaults: () => this.controls.clearFaults(),
      expireIterators: (stream: string | undefined, shardId: string | undefined) =>
        this.controls.expireIterators(stream, shardId),
    };
    return await startHttpServer({
      host: config.host,
      port: config.httpPort,
      actions,
      sessions,
      credentials: {
        passwords: this.#passwords,
        nowMicros: () => clock.nowMicros(),
        server: () => advertisedServer(config, this.#addresses?.pg, this.#startedMicros),
      },
      metrics: () => this.#metrics(),
      keys: signingKeys(config),
      log,
    });
  }

  #metrics(): readonly MetricFamily[] {
    const { metrics, sessions } = this.parts;
    const open = single('duckshift_sessions', 'gauge', 'Open database sessions.', sessions.sessions().length);
    return [...metrics.families(), open, ...processFamilies()];
  }

  async #state(): Promise<Record<string, unknown>> {
    const { catalog, sessions, endpoint, embedded } = this.parts;
    return {
      pid: process.pid,
      clock_offset_ms: this.controls.clockOffset,
      kinesis: {
        endpoint,
        /** Of the embedded Kinesis; null with another endpoint. */
        pid: embedded?.pid() ?? null,
        streams: await this.parts.reader.listStreams().catch(() => null),
      },
      sessions: sessions.sessions().length,
      databases: catalog.databases().map((name) => ({
        name,
        relations: (catalog.snapshot(name)?.relations() ?? []).map(({ kind, schema, name: relation }) => ({
          kind,
          name: `${schema}.${relation}`,
        })),
      })),
      memory_bytes: process.memoryUsage.rss(),
    };
  }

  #openSession(database: string): Promise<Session> {
    const { config, sessions } = this.parts;
    const user = config.user ?? 'awsuser';
    return sessions.openSession({
      user,
      database,
      settings: { application_name: 'duckshift' },
      clientAddress: undefined,
    });
  }

  #ownSession(): Promise<Session> {
    this.#session ??= this.#openSession(this.parts.config.database);
    this.#session.catch(() => {
      this.#session = undefined;
    });
    return this.#session;
  }

  async #closeOwnSession(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await (await session)?.close();
  }
}
