import { silentLogger } from '../../src/base/log.js';
import type { SessionHost } from '../../src/session/contract.js';
import { CancelRegistry } from '../../src/wire/connection/cancel-registry.js';
import type { ConnectionOptions } from '../../src/wire/connection/connection.js';
import { ConnectionLimit } from '../../src/wire/connection/connection-limit.js';

/** Options of a `Connection` that is served without a server around it. */
export function connectionOptions(sessions: SessionHost, changed: Partial<ConnectionOptions> = {}): ConnectionOptions {
  return {
    sessions,
    authenticate: async () => ({ method: 'trust' }),
    log: silentLogger,
    maxMessageBytes: 4_096,
    tlsMode: 'off',
    upgrade: undefined,
    cancels: new CancelRegistry(),
    admit: new ConnectionLimit(10).admit,
    ...changed,
  };
}
