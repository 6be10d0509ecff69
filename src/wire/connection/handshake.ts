import { DuckshiftError } from '../../base/errors.js';
import { encryptionAnswer, writeNegotiateProtocolVersion } from '../codec/backend-messages.js';
import { fatalProtocolViolation } from '../codec/protocol-error.js';
import { decodeStartupPacket, type StartupMessage } from '../codec/startup-packet.js';
import type { TlsUpgrade } from '../tls/upgrade.js';
import type { CancelRegistry } from './cancel-registry.js';
import type { Channel } from './channel.js';

export interface HandshakeOptions {
  readonly tlsMode: 'off' | 'on' | 'require';
  readonly upgrade: TlsUpgrade | undefined;
  readonly cancels: CancelRegistry;
}

export interface Handshake {
  readonly startup: StartupMessage;
  readonly encrypted: boolean;
}

/**
 * First byte of a TLS handshake: a client that encrypts without asking. No startup packet is long enough to begin so.
 */
const tlsHandshakeByte = 0x16;

/**
 * Answer requests for encryption and cancellation, up to the startup message.
 *
 * @returns undefined when the client wanted no more, or left.
 * @throws DuckshiftError FATAL: 08P01 malformed, 0A000 another protocol, 28000 not encrypted though `require`.
 */
export async function handshake(channel: Channel, options: HandshakeOptions): Promise<Handshake | undefined> {
  let encrypted = false;
  let gssRefused = false;
  let tlsRefused = false;
  const encrypt = async (upgrade: TlsUpgrade): Promise<void> => {
    await channel.replaceStream(upgrade);
    encrypted = true;
  };
  if (options.upgrade !== undefined && (await channel.peekByte()) === tlsHandshakeByte) await encrypt(options.upgrade);
  for (;;) {
    const message = await channel.next((reader) => reader.nextStartup());
    if (message === undefined) return undefined;
    const packet = decodeStartupPacket(message.body);
    switch (packet.kind) {
      case 'ssl':
        if (encrypted || tlsRefused) throw fatalProtocolViolation('duplicate SSL request');
        if (options.upgrade === undefined) {
          tlsRefused = true;
          channel.sendRaw(encryptionAnswer.unwilling);
        } else {
          channel.sendRaw(encryptionAnswer.willing);
          await encrypt(options.upgrade);
        }
        break;
      case 'gss':
        if (encrypted || gssRefused) throw fatalProtocolViolation('duplicate GSSAPI encryption request');
        gssRefused = true;
        channel.sendRaw(encryptionAnswer.unwilling);
        break;
      case 'cancel':
        options.cancels.request(packet.processId, packet.secretKey);
        return undefined;
      case 'startup':
        if (options.tlsMode === 'require' && !encrypted) throw encryptionRequired();
        negotiateVersion(channel, packet);
        return { startup: packet, encrypted };
    }
  }
}

function negotiateVersion(channel: Channel, { minorVersion, protocolOptions }: StartupMessage): void {
  if (minorVersion > 0 || protocolOptions.length > 0) writeNegotiateProtocolVersion(channel.writer, protocolOptions);
}

function encryptionRequired(): DuckshiftError {
  return new DuckshiftError('28000', 'SSL connection is required', {
    severity: 'FATAL',
    detail: 'The server was started with --tls require.',
    hint: 'Connect with sslmode=require (libpq, psycopg, ODBC), ssl=true (JDBC) or the ssl option of your driver.',
  });
}
