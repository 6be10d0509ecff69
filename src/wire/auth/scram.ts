import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type ScramVerifier, scramVerifier } from '../../passwords/scram-verifier.js';
import { protocolViolation } from '../codec/protocol-error.js';
import type { PasswordSecret } from './authentication.js';

/** The only mechanism offered. Channel binding (`-PLUS`) is not: libpq falls back to this one. */
export const scramMechanism = 'SCRAM-SHA-256';

const keyBytes = 32;

/**
 * The server's side of one SCRAM-SHA-256 exchange: `first` answers the client's first message, `final` its proof.
 */
export class ScramExchange {
  readonly #verifier: ScramVerifier;
  /** False for a user without a usable secret: the exchange runs to its end and fails there, telling nothing. */
  readonly #genuine: boolean;
  #clientFirstBare = '';
  #serverFirst = '';
  #nonce = '';
  #bindingHeader = '';

  private constructor(verifier: ScramVerifier, genuine: boolean) {
    this.#verifier = verifier;
    this.#genuine = genuine;
  }

  static async start(secret: PasswordSecret | undefined): Promise<ScramExchange> {
    if (secret?.type === 'scram-sha-256') return new ScramExchange(secret.verifier, true);
    if (secret?.type === 'plain') return new ScramExchange(await scramVerifier(secret.password), true);
    return new ScramExchange(await scramVerifier(randomBytes(keyBytes).toString('hex')), false);
  }

  /**
   * @param clientFirst `n,,n=user,r=nonce`
   * @returns the server's first message: nonce, salt, iterations.
   * @throws DuckshiftError 08P01 for a malformed message or channel binding that was not offered.
   */
  first(clientFirst: string): string {
    const match = /^((?:n|y),(?:a=[^,]*)?,)((?:n=[^,]*),r=([\x21-\x2b\x2d-\x7e]+)(?:,.*)?)$/s.exec(clientFirst);
    if (match === null) {
      if (clientFirst.startsWith('p=')) throw protocolViolation('SCRAM channel binding is not offered by this server');
      throw protocolViolation('malformed SCRAM message');
    }
    this.#bindingHeader = match[1] ?? '';
    this.#clientFirstBare = match[2] ?? '';
    this.#nonce = (match[3] ?? '') + randomBytes(18).toString('base64');
    const salt = this.#verifier.salt.toString('base64');
    this.#serverFirst = `r=${this.#nonce},s=${salt},i=${this.#verifier.iterations}`;
    return this.#serverFirst;
  }

  /**
   * @param clientFinal `c=…,r=nonce,p=proof`
   * @returns the server's signature, or undefined when the proof is wrong.
   * @throws DuckshiftError 08P01 for a malformed message or another exchange's nonce.
   */
  final(clientFinal: string): string | undefined {
    const match = /^(c=([^,]*),r=([^,]*)(?:,[^p][^,]*)*),p=([A-Za-z0-9+/=]+)$/s.exec(clientFinal);
    if (match === null) throw protocolViolation('malformed SCRAM message');
    const [, withoutProof = '', binding = '', nonce, proofText = ''] = match;
    if (nonce !== this.#nonce) throw protocolViolation('malformed SCRAM message: nonce does not match');
    if (Buffer.from(binding, 'base64').toString('utf8') !== this.#bindingHeader)
      throw protocolViolation('SCRAM channel binding check failed');
    const proof = Buffer.from(proofText, 'base64');
    if (proof.length !== keyBytes) throw protocolViolation('malformed SCRAM message: wrong length of proof');
    const exchange = `${this.#clientFirstBare},${this.#serverFirst},${withoutProof}`;
    const signature = hmac(this.#verifier.storedKey, exchange);
    const clientKey = Buffer.from(proof.map((byte, index) => byte ^ (signature[index] ?? 0)));
    if (!timingSafeEqual(sha256(clientKey), this.#verifier.storedKey) || !this.#genuine) return undefined;
    return `v=${hmac(this.#verifier.serverKey, exchange).toString('base64')}`;
  }
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
