import type { Semaphore } from '../../../base/semaphore.js';
import type { SessionHost } from '../../../session/contract.js';
import type { KeepAliveSessions } from '../keep-alive-sessions.js';
import type { PageTokens } from '../page-token.js';
import type { StatementRunner } from '../runner.js';
import type { StatementStore } from '../statement-store.js';

/** What the operations work with. */
export interface DataApiDeps {
  readonly sessions: SessionHost;
  readonly statements: StatementStore;
  readonly keepAliveSessions: KeepAliveSessions;
  readonly runner: StatementRunner;
  readonly tokens: PageTokens;
  readonly catalogPermits: Semaphore;
  readonly nowMicros: () => bigint;
  /** The user for callers without a database user. */
  readonly defaultUser: string;
}
