import type { Duplex } from 'node:stream';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import { ClientDisconnected } from '../connection/client-disconnected.js';

/** How the server answers SSLRequest. `require` also refuses clients that continue without TLS. */
export type TlsOffer =
  | { readonly mode: 'off' }
  | { readonly mode: 'on' | 'require'; readonly key: string; readonly cert: string };

/** Turns a plain stream into an encrypted one, as the server's side. */
export type TlsUpgrade = (stream: Duplex, received: Buffer) => Promise<Duplex>;

/** Name of the protocol inside TLS, for clients that start TLS without asking first (libpq's sslnegotiation=direct). */
const alpnProtocol = 'postgresql';

/** @returns undefined when TLS is off. @throws the crypto library's errors for an unusable key or certificate. */
export function createTlsUpgrade(offer: TlsOffer): TlsUpgrade | undefined {
  if (offer.mode === 'off') return undefined;
  const context = createSecureContext({ key: offer.key, cert: offer.cert, minVersion: 'TLSv1.2' });
  return (stream, received) => handshake(stream, received, context);
}

/** `received`: bytes of the handshake that have been read already. Rejects with ClientDisconnected when it fails. */
function handshake(stream: Duplex, received: Buffer, secureContext: SecureContext): Promise<Duplex> {
  if (received.length > 0) stream.unshift(received);
  return new Promise((resolve, reject) => {
    const secure = new TLSSocket(stream, { isServer: true, secureContext, ALPNProtocols: [alpnProtocol] });
    const failed = (error?: unknown): void => {
      reject(new ClientDisconnected('TLS handshake failed', { cause: error }));
      secure.destroy();
    };
    secure.once('error', failed);
    secure.once('_tlsError', failed);
    secure.once('close', failed);
    secure.once('secure', () => {
      secure.off('error', failed).off('_tlsError', failed).off('close', failed);
      resolve(secure);
    });
  });
}
