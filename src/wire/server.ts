import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from '../base/log.js';
import type { SessionHost } from '../session/contract.js';
import { type Authenticate, trustEverybody } from './auth/authentication.js';
import type { Report } from './codec/backend-messages.js';
import { CancelRegistry } from './connection/cancel-registry.js';
import { Connection, type ConnectionOptions } from './connection/connection.js';
import { ConnectionLimit } from './connection/connection-limit.js';
import { createTlsUpgrade, type TlsOffer } from './tls/upgrade.js';

export interface WireServerOptions {
  readonly sessions: SessionHost;
  readonly host: string;
  /** 0 means any free port. */
  readonly port: number;
  readonly tls: TlsOffer;
  readonly log: Logger;
  /** Who may log in; every user by default. */
  readonly authenticate?: Authenticate | undefined;
  /** Concurrent clients, 500 by default ("Quotas and limits", Redshift management guide). */
  readonly maxConnections?: number | undefined;
  /** Largest message with SQL or values, 64 MiB by default: four times the largest statement Redshift takes. */
  readonly maxMessageBytes?: number | undefined;
  /** Time to get through startup and login, 60 s by default. */
  readonly loginTimeoutMs?: number | undefined;
  /** A client that is idle for this long is disconnected; 4 hours by default, as Redshift's idle session timeout. */
  readonly idleTimeoutMs?: number | undefined;
}

export interface WireServer {
  /** Start to listen. Rejects with the system's error (`EADDRINUSE` …). */
  listen(): Promise<{ readonly host: string; readonly port: number }>;
  /**
   * Stop listening, let running statements finish for `graceMs`, then cancel them; resolves when every connection is
   * gone.
   */
  close(graceMs: number): Promise<void>;
  /**
   * Disconnect every client now, cancelling what it runs, and keep listening. Resolves when they are gone, within a
   * second.
   */
  disconnectAll(): Promise<void>;
}

/** Sockets that have not logged in yet, above the connection limit. */
const socketReserve = 64;
const keepAliveMs = 60_000;
/** After a cancel, how long a connection may take to end before it is cut off. */
const cutOffMs = 500;

const shutdown: Report = {
  severity: 'FATAL',
  code: '57P01',
  message: 'terminating connection due to administrator command',
};
const idleTooLong: Report = {
  severity: 'FATAL',
  code: '57P05',
  message: 'terminating connection due to idle-session timeout',
};

/**
 * A server for the PostgreSQL protocol, version 3, over `sessions`.
 *
 * @throws the crypto library's errors for an unusable TLS key or certificate.
 */
export function createWireServer(options: WireServerOptions): WireServer {
  return new ListeningServer(options);
}

class ListeningServer implements WireServer {
  readonly #options: WireServerOptions;
  readonly #connectionOptions: ConnectionOptions;
  readonly #connections = new Map<Connection, Promise<void>>();
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #idleCheck: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(options: WireServerOptions) {
    const maxConnections = options.maxConnections ?? 500;
    this.#options = options;
    this.#connectionOptions = {
      sessions: options.sessions,
      authenticate: options.authenticate ?? trustEverybody,
      log: options.log,
      maxMessageBytes: options.maxMessageBytes ?? 64 * 1024 * 1024,
      tlsMode: options.tls.mode,
      upgrade: createTlsUpgrade(options.tls),
      cancels: new CancelRegistry(),
      admit: new ConnectionLimit(maxConnections).admit,
    };
    this.#server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveMs });
    this.#server.maxConnections = 2 * maxConnections + socketReserve;
    this.#server.on('connection', (socket) => this.#serve(socket));
    this.#server.on('drop', () => options.log.warn('connection dropped: too many sockets are open'));
  }

  async listen(): Promise<{ readonly host: string; readonly port: number }> {
    const { host, port } = this.#options;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host, port, backlog: 511 }, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    this.#server.on('error', (error) => this.#options.log.error('the SQL port failed', { error }));
    this.#checkIdle();
    const address = this.#server.address();
    return { host, port: typeof address === 'object' && address !== null ? address.port : port };
  }

  async close(graceMs: number): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#idleCheck);
    const closed = new Promise<void>((resolve) => {
      if (this.#server.listening) this.#server.close(() => resolve());
      else resolve();
    });
    await drainPendingInput();
    for (const connection of this.#connections.keys()) connection.finish(shutdown);
    await within(graceMs, this.#connections.values());
    await this.disconnectAll();
    for (const socket of this.#sockets) socket.destroySoon();
    await within(cutOffMs, [closed]);
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async disconnectAll(): Promise<void> {
    await drainPendingInput();
    const connections = [...this.#connections];
    const served = connections.map(([, promise]) => promise);
    for (const [connection] of connections) connection.terminate(shutdown);
    await within(cutOffMs, served);
    for (const [connection] of connections) if (this.#connections.has(connection)) connection.destroy();
    await within(cutOffMs, served);
  }

  #serve(socket: Socket): void {
    const { log, loginTimeoutMs = 60_000 } = this.#options;
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    const connection = new Connection(socket, socket.remoteAddress, this.#connectionOptions);
    const loginTimer = setTimeout(() => {
      if (!connection.loggedIn) connection.destroy();
    }, loginTimeoutMs).unref();
    const served = connection
      .serve()
      .catch((error: unknown) => {
        log.error('a connection failed', { error });
        socket.destroy();
      })
      .finally(() => {
        clearTimeout(loginTimer);
        this.#connections.delete(connection);
      });
    this.#connections.set(connection, served);
    if (this.#stopping) connection.terminate(shutdown);
  }

  #checkIdle(): void {
    const { idleTimeoutMs = 4 * 3_600_000 } = this.#options;
    const check = (): void => {
      const latest = Date.now() - idleTimeoutMs;
      for (const connection of this.#connections.keys()) {
        const { idleSince } = connection;
        if (idleSince !== undefined && idleSince <= latest) connection.terminate(idleTooLong);
      }
    };
    this.#idleCheck = setInterval(check, Math.max(10, Math.min(60_000, idleTimeoutMs / 4))).unref();
  }
}

/**
 * Resolves when bytes already in the sockets have been handled: a client that has just sent Terminate (a pool does not
 * wait for the answer) gets no error for it.
 */
async function drainPendingInput(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await nextTurn();
}

/** Resolves when all of `promises` have, or after `limitMs`. */
async function within(limitMs: number, promises: Iterable<Promise<void>>): Promise<void> {
  const abort = new AbortController();
  const limit = delay(limitMs, undefined, { signal: abort.signal }).catch(() => undefined);
  await Promise.race([Promise.all(promises), limit]);
  abort.abort();
}
