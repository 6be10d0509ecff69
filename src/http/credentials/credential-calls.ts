import type { TemporaryPassword, TemporaryPasswords } from '../../passwords/temporary-passwords.js';

/** What drivers learn about the server. */
export interface AdvertisedServer {
  readonly host: string;
  readonly port: number;
  readonly region: string;
  readonly database: string;
  readonly user: string;
  /** Microseconds since the epoch. */
  readonly startedMicros: bigint;
}

/** What the credential and endpoint calls work with. */
export interface CredentialDeps {
  readonly passwords: TemporaryPasswords;
  readonly nowMicros: () => bigint;
  /** Asked when a call comes: ports are known after the listeners are up. */
  readonly server: () => AdvertisedServer;
}

/** The account id in ARNs; it belongs to nobody. */
export const accountId = '000000000000';

/** Name of the cluster and the workgroup where a caller gives none. */
export const defaultName = 'duckshift';

/** Seconds that passwords may live (API reference, GetClusterCredentials: from 900 to 3600, 900 by default). */
export const lifetime = { shortest: 900, longest: 3600, usual: 900 } as const;

/** Of an IAM identity: the database user has its name, prefix and all. */
export function issueForIdentity({ passwords, server }: CredentialDeps, seconds: number): TemporaryPassword {
  const user = `IAM:${server().user}`;
  return passwords.issue(user, user, seconds);
}

/** Of a database user: the prefix says how it logged in and does not belong to the name. */
export function issueForUser(
  { passwords }: CredentialDeps,
  user: string,
  autoCreate: boolean,
  seconds: number,
): TemporaryPassword {
  return passwords.issue(`${autoCreate ? 'IAMA' : 'IAM'}:${user}`, user, seconds);
}

/** ISO 8601, as XML answers have times. */
export function isoTime(micros: bigint): string {
  return new Date(Number(micros / 1000n)).toISOString();
}
