import { randomBytes } from 'node:crypto';
import type { Clock } from '../base/clock.js';

/** A password that a credential call issued. */
export interface TemporaryPassword {
  /** The name to log in with: `IAM:analyst`. */
  readonly login: string;
  readonly password: string;
  /** Who the session belongs to. */
  readonly sessionUser: string;
  /** Microseconds since the epoch. */
  readonly expiresMicros: bigint;
}

/** Most passwords remembered for one login; the oldest are dropped first. */
const perLogin = 100;
/** Most logins remembered. */
const logins = 1_000;

/** The passwords issued by GetClusterCredentials and similar calls, until they expire. */
export class TemporaryPasswords {
  readonly #byLogin = new Map<string, readonly TemporaryPassword[]>();

  constructor(private readonly clock: Clock) {}

  /** Issue one that is valid for `seconds`. */
  issue(login: string, sessionUser: string, seconds: number): TemporaryPassword {
    const expiresMicros = this.clock.nowMicros() + BigInt(seconds) * 1_000_000n;
    const issued = { login, password: randomBytes(48).toString('base64'), sessionUser, expiresMicros };
    const kept = [...this.valid(login), issued].slice(-perLogin);
    this.#byLogin.delete(login);
    this.#byLogin.set(login, kept);
    for (const oldest of this.#byLogin.keys()) {
      if (this.#byLogin.size <= logins) break;
      this.#byLogin.delete(oldest);
    }
    return issued;
  }

  /** Invalidate all of them. */
  clear(): void {
    this.#byLogin.clear();
  }

  /** Those that have not expired, oldest first. */
  valid(login: string): readonly TemporaryPassword[] {
    const now = this.clock.nowMicros();
    return (this.#byLogin.get(login) ?? []).filter(({ expiresMicros }) => expiresMicros > now);
  }
}
