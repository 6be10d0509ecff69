import { createHash, timingSafeEqual } from 'node:crypto';
import { saltedSha256 } from '../../passwords/digests.js';
import type { PasswordSecret } from './authentication.js';

/** The digest algorithm that the request names: SHA-256. */
export const sha256Algorithm = 0;

/**
 * What a client answers to Redshift's digest request (its own drivers: authentication code 13): SHA-256 over the stored
 * digest and both nonces.
 */
export function digestAnswer(digest: Uint8Array, serverNonce: Uint8Array, clientNonce: Uint8Array): Buffer {
  return createHash('sha256').update(digest).update(serverNonce).update(clientNonce).digest();
}

/** True when `answer` is right for the user's secret. A secret of another kind is never met. */
export function checkDigestAnswer(
  secret: PasswordSecret | undefined,
  serverNonce: Uint8Array,
  clientNonce: Uint8Array,
  answer: Uint8Array,
): boolean {
  if (secret?.type !== 'sha-256') return false;
  const expected = digestAnswer(secret.digest, serverNonce, clientNonce);
  return expected.length === answer.length && timingSafeEqual(expected, answer);
}

/** True when `password` has the stored digest. */
export function checkClearText(secret: PasswordSecret | undefined, password: string): boolean {
  return secret?.type === 'sha-256' && timingSafeEqual(saltedSha256(password, secret.salt), secret.digest);
}
