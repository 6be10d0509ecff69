import { silentLogger } from '../../src/log.js';
import type { SessionHost } from '../../src/session/contract.js';
import { Admission } from '../../src/wire/connection/admission.js';
import { CancelRegistry } from '../../src/wire/connection/cancel-registry.js';
import type { ConnectionOptions } from '../../src/wire/connection/connection.js';

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
    admit: new Admission(10).admit,
    ...changed,
  };
}
