import type { Logger } from '../../base/log.js';
import type { Session } from '../../session/contract.js';
import type { Channel } from './channel.js';
import type { ImplicitTransaction } from './implicit-transaction.js';
import type { Interruption } from './interruption.js';

/** What the parts of one connection share once the session is open. */
export interface ConnectionContext {
  readonly channel: Channel;
  readonly session: Session;
  readonly implicit: ImplicitTransaction;
  readonly interruption: Interruption;
  readonly log: Logger;
}
