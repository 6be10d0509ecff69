import { mkdtemp, rm } from 'node:fs/promises';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserAttributes } from './catalog/users.js';
import type { Config } from './config.js';
import type { SigningKeys } from './http/aws/sigv4.js';
import type { AdvertisedServer } from './http/credentials/credential-calls.js';
import type { Shutdown } from './shutdown.js';
import type { TemporaryPasswords } from './temporary-passwords.js';
import {
  type Authenticate,
  type AuthenticationRequirement,
  onePassword,
  oneUser,
  trustEverybody,
} from './wire/auth/authentication.js';
import { localNames } from './wire/tls/certificate.js';
import { storedServerIdentity } from './wire/tls/identity-files.js';
import type { TlsOffer } from './wire/tls/upgrade.js';

/** The users CREATE USER made. */
export interface StoredUsers {
  attributes(name: string): UserAttributes | undefined;
}

/** Who may connect: as `--user` and `--password` say, who has a temporary password, and whom CREATE USER made. */
export function authentication(
  { user, password }: Config,
  temporary: TemporaryPasswords,
  users: StoredUsers,
): Authenticate {
  const others = permanentAuthentication(user, password);
  return async (name, database) => {
    const issued = temporary.valid(name);
    const sessionUser = issued.at(-1)?.sessionUser;
    if (sessionUser === undefined) return storedRequirement(users.attributes(name)) ?? others(name, database);
    if (user === undefined) return { method: 'trust', sessionUser };
    const passwords = issued.map((one) => one.password);
    return { method: 'md5', secret: { type: 'any of', passwords }, sessionUser };
  };
}

/** What a user made by CREATE USER must show; undefined for any other. */
function storedRequirement(attributes: UserAttributes | undefined): AuthenticationRequirement | undefined {
  if (attributes?.password === undefined) return undefined;
  const { password, validUntil } = attributes;
  if (password === null) return { method: 'refuse' };
  const expired = validUntil !== undefined && validUntil !== 'infinity' && Date.parse(validUntil) < Date.now();
  return { method: 'md5', secret: expired ? undefined : { type: 'md5', hash: password } };
}

function permanentAuthentication(user: string | undefined, password: string | undefined): Authenticate {
  if (user === undefined) return trustEverybody;
  return password === undefined ? oneUser(user) : onePassword(user, password);
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
 * The TLS side of the server, with the certificate kept in the data directory, or in a directory of its own that goes with the server.
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
