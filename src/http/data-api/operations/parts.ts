import type { SessionHost } from '../../../session/contract.js';
import type { KeptSessions } from '../kept-sessions.js';
import type { PageTokens } from '../page-token.js';
import type { Places } from '../places.js';
import type { StatementRunner } from '../runner.js';
import type { StatementStore } from '../statement-store.js';

/** What the operations work with. */
export interface DataApiParts {
  readonly sessions: SessionHost;
  readonly statements: StatementStore;
  readonly keptSessions: KeptSessions;
  readonly runner: StatementRunner;
  readonly tokens: PageTokens;
  readonly catalogPlaces: Places;
  readonly nowMicros: () => bigint;
  /** The user that callers without a database user stand for. */
  readonly defaultUser: string;
}
