import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import * as der from './der.js';

/** PEM texts of a generated server identity. */
export interface ServerIdentity {
  readonly privateKey: string;
  /** The server's certificate followed by its CA's. */
  readonly certificate: string;
  /** The CA's certificate, for clients to trust. */
  readonly ca: string;
}

export const localNames: readonly string[] = ['localhost', '127.0.0.1', '::1'];

const oid = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAlternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuthentication: '1.3.6.1.5.5.7.3.1',
} as const;

const dayMs = 86_400_000;
const validDays = 3650;

/**
 * Make a CA and a server certificate signed by it (EC P-256), valid for ten years from the day before `now`. The CA's
 * private key is discarded: nothing else can ever be signed with it.
 *
 * @param names host names and addresses that clients may connect to.
 */
export function createServerIdentity(now: Date, names: readonly string[] = localNames): ServerIdentity {
  const ca = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const caName = `duckshift local CA ${randomBytes(4).toString('hex')}`;
  const caIdentifier = keyIdentifier(ca.publicKey);
  const common = { issuer: caName, signer: ca.privateKey, now };
  const caCertificate = certificate({
    ...common,
    subject: caName,
    publicKey: ca.publicKey,
    extensions: [
      extension(oid.basicConstraints, true, der.sequence(der.boolean(true))),
      // keyCertSign and cRLSign: bits 5 and 6.
      extension(oid.keyUsage, true, der.bitString(Buffer.from([0b0000_0110]), 1)),
      extension(oid.subjectKeyIdentifier, false, der.octetString(caIdentifier)),
    ],
  });
  const serverCertificate = certificate({
    ...common,
    subject: 'duckshift',
    publicKey: server.publicKey,
    extensions: [
      extension(oid.basicConstraints, true, der.sequence()),
      // digitalSignature: bit 0.
      extension(oid.keyUsage, true, der.bitString(Buffer.from([0b1000_0000]), 7)),
      extension(oid.extendedKeyUsage, false, der.sequence(der.objectIdentifier(oid.serverAuthentication))),
      extension(oid.subjectAlternativeName, false, der.sequence(...names.map(generalName))),
      extension(oid.subjectKeyIdentifier, false, der.octetString(keyIdentifier(server.publicKey))),
      extension(oid.authorityKeyIdentifier, false, der.sequence(der.context(0, caIdentifier, 'primitive'))),
    ],
  });
  const caPem = pem('CERTIFICATE', caCertificate);
  return {
    privateKey: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: pem('CERTIFICATE', serverCertificate) + caPem,
    ca: caPem,
  };
}

interface CertificateContent {
  readonly issuer: string;
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly now: Date;
  readonly extensions: readonly Buffer[];
}

/** RFC 5280, section 4.1. */
function certificate({ issuer, subject, publicKey, signer, now, extensions }: CertificateContent): Buffer {
  const algorithm = der.sequence(der.objectIdentifier(oid.ecdsaWithSha256));
  const start = now.getTime() - dayMs;
  const content = der.sequence(
    der.context(0, der.unsignedInteger(Buffer.from([2])), 'constructed'),
    der.unsignedInteger(randomBytes(16)),
    algorithm,
    distinguishedName(issuer),
    der.sequence(der.time(new Date(start)), der.time(new Date(start + validDays * dayMs))),
    distinguishedName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der.context(3, der.sequence(...extensions), 'constructed'),
  );
  return der.sequence(content, algorithm, der.bitString(sign('sha256', content, signer)));
}

function distinguishedName(commonName: string): Buffer {
  return der.sequence(der.set(der.sequence(der.objectIdentifier(oid.commonName), der.utf8String(commonName))));
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return der.sequence(der.objectIdentifier(id), ...(critical ? [der.boolean(true)] : []), der.octetString(value));
}

function generalName(name: string): Buffer {
  return isIP(name) === 0
    ? der.context(2, Buffer.from(name, 'latin1'), 'primitive')
    : der.context(7, addressBytes(name), 'primitive');
}

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  // The URL parser expands the embedded IPv4 form; "::" is as many zero groups as are missing.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string | undefined): number[] =>
    (text ?? '')
      .split(':')
      .filter((group) => group !== '')
      .map((group) => Number.parseInt(group, 16));
  const [before, after] = [groups(head), groups(tail)];
  const all = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}

/** SHA-1 of the public key's bits (RFC 5280, section 4.2.1.2): the last 65 bytes of the P-256 key's SPKI form. */
function keyIdentifier(publicKey: KeyObject): Buffer {
  const bits = publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
  return createHash('sha1').update(bits).digest();
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
