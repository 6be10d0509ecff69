import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

const iterations = 4096;
const saltBytes = 16;
const keyBytes = 32;
const deriveKey = promisify(pbkdf2);

/** What is stored of a password (RFC 5802): enough to check a proof, not enough to make one. */
export interface ScramVerifier {
  readonly salt: Buffer;
  readonly iterations: number;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
}

/** Derive the verifier of a password (RFC 7677: SHA-256). */
export async function scramVerifier(password: string, salt: Buffer = randomBytes(saltBytes)): Promise<ScramVerifier> {
  const salted = await deriveKey(normalize(password), salt, iterations, keyBytes, 'sha256');
  return {
    salt,
    iterations,
    storedKey: createHash('sha256').update(hmac(salted, 'Client Key')).digest(),
    serverKey: hmac(salted, 'Server Key'),
  };
}

/** In PostgreSQL's form: `SCRAM-SHA-256$iterations:salt$storedKey:serverKey`, in base64. */
export function scramText({ salt, iterations: count, storedKey, serverKey }: ScramVerifier): string {
  const [saltText, stored, server] = [salt, storedKey, serverKey].map((bytes) => bytes.toString('base64'));
  return `SCRAM-SHA-256$${count}:${saltText}$${stored}:${server}`;
}

/** Reads what `scramText` wrote; undefined for anything else. */
export function readScramText(text: string): ScramVerifier | undefined {
  const match = /^SCRAM-SHA-256\$(\d+):([^$:]+)\$([^$:]+):([^$:]+)$/.exec(text);
  if (match === null) return undefined;
  const [, count, salt = '', storedKey = '', serverKey = ''] = match;
  const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');
  return { salt: bytes(salt), iterations: Number(count), storedKey: bytes(storedKey), serverKey: bytes(serverKey) };
}

/** The part of SASLprep (RFC 4013) that matters to passwords people type; ASCII stays as it is. */
function normalize(password: string): string {
  return password.replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' ').normalize('NFKC');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}
