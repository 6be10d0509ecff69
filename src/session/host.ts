import { randomInt } from 'node:crypto';
import type { Clock } from '../base/clock.js';
import { DuckshiftError } from '../base/errors.js';
import type { StoredCatalog } from '../catalog/store.js';
import { systemRelations } from '../catalog/system/registry.js';
import type { Engine } from '../engine/contract.js';
import type { MaterializedViews } from '../refresh/contract.js';
import type { SessionServices } from './context.js';
import type { SessionHost, SessionIdentity, SessionRequest } from './contract.js';
import { QueryHistory, type StatementObserver } from './history.js';
import { DuckshiftSession } from './session.js';
import { settingsTable } from './settings/table.js';

export interface SessionHostOptions {
  readonly engine: Engine;
  readonly catalog: StoredCatalog;
  readonly materializedViews: MaterializedViews;
  readonly clock: Clock & { readonly offsetMicros?: bigint };
  /** Redshift's own limit is 2,000 on large clusters ("Quotas and limits"); a laptop has less memory. */
  readonly maxConnections?: number | undefined;
  readonly onStatement?: StatementObserver | undefined;
}

/** Redshift's process ids are of this order; clients only need them to be distinct. */
const firstProcessId = 1_073_741_824;

/** Opens sessions, and knows which are open. */
export class DuckshiftSessionHost implements SessionHost {
  readonly #sessions = new Map<number, DuckshiftSession>();
  readonly #services: SessionServices;
  readonly #maxConnections: number;
  #lastProcessId = firstProcessId + randomInt(1_000_000);
  #lastQueryId = 0n;
  readonly #history: QueryHistory;
  #opening = 0;

  constructor(private readonly options: SessionHostOptions) {
    const { catalog, materializedViews, clock } = options;
    this.#maxConnections = options.maxConnections ?? 500;
    this.#history = new QueryHistory(options.onStatement);
    this.#services = {
      catalog,
      materializedViews,
      system: systemRelations(catalog.defaultDatabase),
      nowMillis: () => Number(clock.nowMicros() / 1000n),
    };
    options.engine.controlSessions({
      cancelBackend: (processId) => this.#cancelBackend(processId),
      terminateBackend: (processId) => this.#terminateBackend(processId),
    });
  }

  async openSession(request: SessionRequest): Promise<DuckshiftSession> {
    const { engine, catalog, clock } = this.options;
    if (this.#sessions.size + this.#opening >= this.#maxConnections) {
      throw new DuckshiftError('53300', `connection limit "${this.#maxConnections}" exceeded for non-bootstrap users`, {
        severity: 'FATAL',
      });
    }
    if (catalog.snapshot(request.database) === undefined)
      throw new DuckshiftError('3D000', `database "${request.database}" does not exist`, { severity: 'FATAL' });
    this.#assertBelowLimit(request.user);
    this.#opening++;
    try {
      const identity: SessionIdentity = {
        user: request.user,
        userId: await catalog.principals.ensureUser(request.user),
        database: request.database,
        processId: ++this.#lastProcessId,
        clientAddress: request.clientAddress,
        startedMillis: this.#services.nowMillis(),
      };
      const connection = await engine.connect();
      const session = new DuckshiftSession({
        identity,
        connection,
        services: this.#services,
        startupSettings: startupSettings(request.settings),
        nextQueryId: () => ++this.#lastQueryId,
        history: this.#history,
        clockOffsetMicros: () => clock.offsetMicros ?? 0n,
        describeSessions: () => this.#describeSessions(),
        onClose: () => this.#sessions.delete(identity.processId),
      });
      this.#sessions.set(identity.processId, session);
      try {
        await session.start();
      } catch (error) {
        await session.close();
        throw error;
      }
      return session;
    } finally {
      this.#opening--;
    }
  }

  /** A CancelRequest: interrupts the session's running statement when the key is right. */
  cancel(processId: number, secretKey: number): boolean {
    const session = this.#sessions.get(processId);
    if (session === undefined || session.secretKey !== secretKey) return false;
    session.cancel();
    return true;
  }

  /** CONNECTION LIMIT of CREATE USER. */
  #assertBelowLimit(user: string): void {
    const limit = this.options.catalog.principals.current().find('user', user)?.attributes?.connectionLimit ?? -1;
    if (limit < 0) return;
    const open = this.sessions().filter((session) => session.user === user).length;
    if (open >= limit)
      throw new DuckshiftError('53300', `too many connections for user "${user}"`, { severity: 'FATAL' });
  }

  #cancelBackend(processId: number): boolean {
    const session = this.#sessions.get(processId);
    if (session === undefined) return false;
    if (session.onCancel === undefined) session.cancel();
    else session.onCancel();
    return true;
  }

  #terminateBackend(processId: number): boolean {
    const session = this.#sessions.get(processId);
    if (session === undefined) return false;
    session.onTerminate?.({ code: '57P01', message: 'terminating connection due to administrator command' });
    // The statement that asked may be the session's own, so nothing here waits for it to end.
    void session.close().catch(() => undefined);
    return true;
  }

  /** The open sessions. */
  sessions(): readonly DuckshiftSession[] {
    return [...this.#sessions.values()];
  }

  /** End every session from the server's side; clients get `reason` as FATAL. */
  async closeAll(reason: { readonly code: string; readonly message: string }): Promise<void> {
    const sessions = this.sessions();
    for (const session of sessions) session.onTerminate?.(reason);
    await Promise.all(sessions.map((session) => session.close()));
  }

  #describeSessions(): string {
    return JSON.stringify(
      this.sessions().map(({ identity }) => ({
        process: identity.processId,
        user_name: identity.user,
        db_name: identity.database,
        start_micros: identity.startedMillis * 1000,
      })),
    );
  }
}

/**
 * The startup parameters that are settings; unknown names are ignored, because AWS's drivers send some of their own.
 */
function startupSettings(settings: Readonly<Record<string, string>>): Map<string, string> {
  const known = new Map<string, string>();
  for (const [name, value] of Object.entries(settings)) {
    const definition = settingsTable.get(name.toLowerCase());
    if (definition !== undefined && definition.readOnly !== true) known.set(definition.name, value);
  }
  return known;
}
