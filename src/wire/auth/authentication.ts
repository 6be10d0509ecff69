import type { ScramVerifier } from '../../passwords/scram-verifier.js';

/** What the server stores of a user's password. */
export type PasswordSecret =
  | { readonly type: 'plain'; readonly password: string }
  /** Any of these will do. Serves md5 only. */
  | { readonly type: 'any of'; readonly passwords: readonly string[] }
  /** `md5` and the hexadecimal MD5 of password and user name, as CREATE USER stores it. Serves md5 only. */
  | { readonly type: 'md5'; readonly hash: string }
  /** Serves SCRAM-SHA-256 only. */
  | { readonly type: 'scram-sha-256'; readonly verifier: ScramVerifier }
  /** SHA-256 of password and salt, as CREATE USER takes it. Serves Redshift's own digest exchange, and clear text. */
  | { readonly type: 'sha-256'; readonly digest: Buffer; readonly salt: Buffer };

/**
 * How a user proves who they are. `sha-256`: Redshift's digest exchange with drivers that know it, clear text over TLS
 * or loopback with others.
 */
export type PasswordMethod = 'md5' | 'scram-sha-256' | 'sha-256';

/** What a user must show. `secret` undefined: no user of that name may log in, which the exchange does not reveal. */
export type AuthenticationRequirement = (
  | { readonly method: 'trust' }
  /** Refused without being asked for a password. */
  | { readonly method: 'refuse' }
  | { readonly method: PasswordMethod; readonly secret: PasswordSecret | undefined }
) & {
  /** Who the session belongs to, where that is not the name the client logs in with. */
  readonly sessionUser?: string | undefined;
};

/** Decides, for each connection, how the user proves who they are. */
export type Authenticate = (user: string, database: string) => Promise<AuthenticationRequirement>;

/** Lets every user in. */
export const trustEverybody: Authenticate = async () => ({ method: 'trust' });

/**
 * One user with one password; anybody else is refused. MD5 by default, which every Redshift driver speaks;
 * SCRAM-SHA-256 for clients that must not use MD5.
 */
export function onePassword(user: string, password: string, method: 'md5' | 'scram-sha-256' = 'md5'): Authenticate {
  return async (name) => ({ method, secret: name === user ? { type: 'plain', password } : undefined });
}

/** One user without a password; anybody else is refused. */
export function oneUser(user: string): Authenticate {
  return async (name) => ({ method: name === user ? 'trust' : 'refuse' });
}
