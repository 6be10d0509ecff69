import { mkdtemp, rm } from 'node:fs/promises';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Shutdown } from '../base/shutdown.js';
import type { PrincipalSnapshot, UserAttributes } from '../catalog/principals/contract.js';
import type { SigningKeys } from '../http/aws/sigv4.js';
import type { AdvertisedServer } from '../http/credentials/credential-calls.js';
import { readScramText } from '../passwords/scram-verifier.js';
import type { StoredPassword } from '../passwords/stored-password.js';
import type { TemporaryPasswords } from '../passwords/temporary-passwords.js';
import {
  type Authenticate,
  type AuthenticationRequirement,
  onePassword,
  oneUser,
  type PasswordMethod,
  type PasswordSecret,
  trustEverybody,
} from '../wire/auth/authentication.js';
import { localNames } from '../wire/tls/certificate.js';
import { storedServerIdentity } from '../wire/tls/identity-files.js';
import type { TlsOffer } from '../wire/tls/upgrade.js';
import type { Config } from './config.js';

/** The users as they are now. */
export type CurrentPrincipals = () => PrincipalSnapshot;

/** Who may connect: as `--user` and `--password` say, who has a temporary password, and whom CREATE USER made. */
export function authentication(
  { user, password, auth }: Config,
  temporary: TemporaryPasswords,
  principals: CurrentPrincipals,
): Authenticate {
  const others = permanentAuthentication(user, password, auth);
  return async (name, database) => {
    const issued = temporary.valid(name);
    const sessionUser = issued.at(-1)?.sessionUser;
    if (sessionUser === undefined)
      return storedRequirement(principals().find('user', name)?.attributes, auth) ?? others(name, database);
    if (user === undefined) return { method: 'trust', sessionUser };
    const passwords = issued.map((one) => one.password);
    return { method: 'md5', secret: { type: 'any of', passwords }, sessionUser };
  };
}

/**
 * What a user made by CREATE USER must show; undefined for any other. A password given as SHA-256 is never asked for by
 * MD5; one of which only a hash is known can be asked for in one way alone.
 */
function storedRequirement(
  attributes: UserAttributes | undefined,
  preferred: Config['auth'],
): AuthenticationRequirement | undefined {
  if (attributes?.password === undefined) return undefined;
  const { password, validUntil } = attributes;
  if (password === null) return { method: 'refuse' };
  const expired = validUntil !== undefined && validUntil !== 'infinity' && Date.parse(validUntil) < Date.now();
  const required = storedSecret(password, preferred);
  return expired ? { ...required, secret: undefined } : required;
}

function storedSecret(
  password: StoredPassword,
  preferred: Config['auth'],
): { readonly method: PasswordMethod; readonly secret: PasswordSecret | undefined } {
  const verifier = password.scram === undefined ? undefined : readScramText(password.scram);
  if (password.scheme === 'md5' && preferred === 'md5')
    return { method: 'md5', secret: { type: 'md5', hash: password.md5 } };
  if (verifier !== undefined) return { method: 'scram-sha-256', secret: { type: 'scram-sha-256', verifier } };
  if (password.scheme === 'md5') return { method: 'scram-sha-256', secret: undefined };
  const [digest, salt] = [Buffer.from(password.digest, 'hex'), Buffer.from(password.salt, 'hex')];
  return { method: 'sha-256', secret: { type: 'sha-256', digest, salt } };
}

function permanentAuthentication(
  user: string | undefined,
  password: string | undefined,
  method: Config['auth'],
): Authenticate {
  if (user === undefined) return trustEverybody;
  return password === undefined ? oneUser(user) : onePassword(user, password, method);
}

/** What AWS calls must be signed with, as `--access-key` and `--secret-key` say; undefined accepts any signature. */
export function signingKeys({ accessKey, secretKey, region }: Config): SigningKeys | undefined {
  return accessKey === undefined || secretKey === undefined ? undefined : { accessKey, secretKey, region };
}

/** Where drivers are sent to: as `--advertise-host` and `--advertise-port` say, else where the server listens. */
export function advertisedServer(
  config: Config,
  listening: { readonly host: string; readonly port: number } | undefined,
  startedMicros: bigint,
): AdvertisedServer {
  const bound = listening ?? config;
  const everywhere = bound.host === '0.0.0.0' || bound.host === '::';
  return {
    host: config.advertiseHost ?? (everywhere ? 'localhost' : bound.host),
    port: config.advertisePort ?? bound.port,
    region: config.region,
    database: config.database,
    user: config.user ?? 'awsuser',
    startedMicros,
  };
}

/**
 * The TLS side of the server, with the certificate kept in the data directory, or in a directory of its own that goes
 * with the server.
 *
 * @returns `ca`: path of the CA certificate for clients to trust.
 */
export async function tlsOffer(
  config: Config,
  shutdown: Shutdown,
): Promise<{ offer: TlsOffer; ca: string | undefined }> {
  if (config.tls === 'off') return { offer: { mode: 'off' }, ca: undefined };
  const directory = config.data === undefined ? await temporaryDirectory(shutdown) : join(config.data, 'tls');
  const { privateKey, certificate, caPath } = await storedServerIdentity(directory, new Date(), names(config));
  return { offer: { mode: config.tls, key: privateKey, cert: certificate }, ca: caPath };
}

function names({ host, advertiseHost }: Config): string[] {
  const wildcard = host === '0.0.0.0' || host === '::';
  const own = [wildcard ? undefined : host, advertiseHost].filter((name) => name !== undefined);
  return [...new Set([...localNames, ...own.map((name) => (isIP(name) === 0 ? name.toLowerCase() : name))])];
}

async function temporaryDirectory(shutdown: Shutdown): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'duckshift-tls-'));
  shutdown.defer(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
