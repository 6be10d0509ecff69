import { createHash, timingSafeEqual } from 'node:crypto';
import { storedMd5 } from '../../passwords/digests.js';
import type { PasswordSecret } from './authentication.js';

/** What a client answers to an MD5 request with `salt`. */
export function md5Answer(stored: string, salt: Uint8Array): string {
  return `md5${createHash('md5').update(stored.slice(3)).update(salt).digest('hex')}`;
}

/** True when `answer` is right for the user's secret. A secret that MD5 cannot check is never met. */
export function checkMd5(user: string, secret: PasswordSecret | undefined, salt: Uint8Array, answer: string): boolean {
  return storedForms(user, secret).some((stored) => {
    const [expected, given] = [Buffer.from(md5Answer(stored, salt)), Buffer.from(answer)];
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
}

function storedForms(user: string, secret: PasswordSecret | undefined): readonly string[] {
  switch (secret?.type) {
    case 'plain':
      return [storedMd5(user, secret.password)];
    case 'any of':
      return secret.passwords.map((password) => storedMd5(user, password));
    case 'md5':
      return [secret.hash];
    default:
      return [];
  }
}
