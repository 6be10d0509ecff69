import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { createServerIdentity, localNames, type ServerIdentity } from './certificate.js';

/** A server identity stored in files. */
export interface StoredIdentity extends ServerIdentity {
  /** Path of the CA certificate, for clients to trust. */
  readonly caPath: string;
}

const fileNames = { privateKey: 'server.key', certificate: 'server.crt', ca: 'ca.crt' } as const;
const renewalMs = 30 * 86_400_000;

/**
 * The identity stored in `directory`, so that clients' trust survives a restart. A new one is generated when there is
 * none, when it expires within 30 days, or when it lacks one of `names`.
 *
 * @throws the file system's errors.
 */
export async function storedServerIdentity(
  directory: string,
  now: Date,
  names: readonly string[] = localNames,
): Promise<StoredIdentity> {
  const caPath = join(directory, fileNames.ca);
  const kept = await readIdentity(directory);
  if (kept !== undefined && isUsable(kept, now, names)) return { ...kept, caPath };
  const made = createServerIdentity(now, names);
  await mkdir(directory, { recursive: true });
  await store(join(directory, fileNames.privateKey), made.privateKey, 0o600);
  await store(join(directory, fileNames.certificate), made.certificate, 0o644);
  await store(caPath, made.ca, 0o644);
  return { ...made, caPath };
}

async function readIdentity(directory: string): Promise<ServerIdentity | undefined> {
  try {
    const [privateKey, certificate, ca] = await Promise.all(
      [fileNames.privateKey, fileNames.certificate, fileNames.ca].map((name) =>
        readFile(join(directory, name), 'utf8'),
      ),
    );
    return privateKey && certificate && ca ? { privateKey, certificate, ca } : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isUsable({ privateKey, certificate, ca }: ServerIdentity, now: Date, names: readonly string[]): boolean {
  try {
    const server = new X509Certificate(certificate);
    const belongs =
      server.verify(new X509Certificate(ca).publicKey) && server.checkPrivateKey(createPrivateKey(privateKey));
    const lasts = Date.parse(server.validTo) - now.getTime() > renewalMs;
    const covers = names.every((name) =>
      isIP(name) === 0 ? server.checkHost(name) !== undefined : server.checkIP(name) !== undefined,
    );
    return belongs && lasts && covers;
  } catch {
    return false;
  }
}

async function store(path: string, text: string, mode: number): Promise<void> {
  const temporary = `${path}.new`;
  await writeFile(temporary, text, { mode });
  await rename(temporary, path);
}
