import { randomBytes } from 'node:crypto';
import { saltedSha256, storedMd5 } from './digests.js';
import { scramText, scramVerifier } from './scram-verifier.js';

/**
 * What the catalog stores of a user's password, by the form in which CREATE USER received it. Nothing in it is enough
 * to log in, except an MD5 hash, as everywhere.
 */
export type StoredPassword =
  /**
   * Given in clear text or as an MD5 hash: a digest with the user's name as its salt. `scram` is known for clear text
   * alone.
   */
  | { readonly scheme: 'md5'; readonly md5: string; readonly scram?: string | undefined }
  /** Given as `sha256|…`; digest and salt in hexadecimal. `scram` is known for `sha256|clear text` alone. */
  | { readonly scheme: 'sha256'; readonly digest: string; readonly salt: string; readonly scram?: string | undefined };

const saltBytes = 16;

/** `PASSWORD 'clear text'`. */
export async function md5Password(user: string, password: string): Promise<StoredPassword> {
  return { scheme: 'md5', md5: storedMd5(user, password), scram: scramText(await scramVerifier(password)) };
}

/** `PASSWORD 'sha256|clear text'`: the salt is the server's. */
export async function sha256Password(password: string): Promise<StoredPassword> {
  const salt = randomBytes(saltBytes);
  return {
    scheme: 'sha256',
    digest: saltedSha256(password, salt).toString('hex'),
    salt: salt.toString('hex'),
    scram: scramText(await scramVerifier(password)),
  };
}

/**
 * Reads a value of the catalog; undefined for anything else. A plain text is an MD5 hash, the only form that early
 * versions stored.
 */
export function readStoredPassword(value: unknown): StoredPassword | undefined {
  if (typeof value === 'string') return { scheme: 'md5', md5: value };
  if (typeof value !== 'object' || value === null) return undefined;
  const { scheme, md5, digest, salt, scram }: Partial<Record<string, unknown>> = { ...value };
  const known = typeof scram === 'string' ? scram : undefined;
  if (scheme === 'md5' && typeof md5 === 'string') return { scheme, md5, scram: known };
  if (scheme === 'sha256' && typeof digest === 'string' && typeof salt === 'string')
    return { scheme, digest, salt, scram: known };
  return undefined;
}
