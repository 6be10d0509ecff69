import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect as connectSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { createServerIdentity } from '../../src/wire/tls/certificate.js';
import { storedServerIdentity } from '../../src/wire/tls/identity-files.js';
import { duplexPair } from './duplex-pair.js';
import { client, fields, letters, RawClient } from './raw-client.js';
import { startWireServer as start } from './wire-fixture.js';

const identity = createServerIdentity(new Date());
const offer = { mode: 'on', key: identity.privateKey, cert: identity.certificate } as const;

test('a query over TLS, with the certificate verified', async () => {
  const { connect } = await start({ tls: offer });
  const raw = await connect();
  raw.send(client.sslRequest());
  expect(await raw.byte()).toBe('S');
  await raw.startTls(identity.ca);
  raw.send(client.startup(), client.query('rows 2'));
  await raw.until('Z');
  expect(letters(await raw.until('Z'))).toBe('TDDCZ');
});

test('TLS is an offer: plain text works too, and GSS encryption is declined', async () => {
  const { connect } = await start({ tls: offer });
  const raw = await connect();
  raw.send(client.gssRequest());
  expect(await raw.byte()).toBe('N');
  raw.send(client.startup());
  expect(letters(await raw.until('Z'))).toMatch(/^RS+KZ$/);
});

test('a handshake that begins at once, without the question', async () => {
  const { port } = await start({ tls: offer });
  const secure = connectTls({
    host: '127.0.0.1',
    port,
    ca: identity.ca,
    servername: 'localhost',
    ALPNProtocols: ['postgresql'],
  });
  await new Promise<void>((resolve, reject) => secure.once('secureConnect', resolve).once('error', reject));
  expect(secure.alpnProtocol).toBe('postgresql');
  const raw = new RawClient(secure);
  raw.send(client.startup());
  expect(letters(await raw.until('Z'))).toMatch(/^RS+KZ$/);
  raw.destroy();
});

test('the first flight of the handshake may come together with the question', async () => {
  const { port } = await start({ tls: offer });
  const socket = connectSocket({ host: '127.0.0.1', port });
  onTestFinished(() => void socket.destroy());
  const [near, far] = duplexPair();
  far.once('data', (flight: Buffer) => {
    socket.write(Buffer.concat([client.sslRequest(), flight]));
    far.on('data', (chunk: Buffer) => void socket.write(chunk));
  });
  socket.once('data', (answer: Buffer) => {
    expect(answer.toString('latin1', 0, 1)).toBe('S');
    far.write(answer.subarray(1));
    socket.on('data', (chunk: Buffer) => void far.write(chunk));
  });
  const secure = connectTls({ socket: near, ca: identity.ca, servername: 'localhost' });
  await new Promise<void>((resolve, reject) => secure.once('secureConnect', resolve).once('error', reject));
  const raw = new RawClient(secure);
  raw.send(client.startup());
  expect(letters(await raw.until('Z'))).toMatch(/^RS+KZ$/);
});

test('require: plain text is refused with the reason, TLS is not', async () => {
  const { connect } = await start({ tls: { ...offer, mode: 'require' } });
  const plain = await connect();
  plain.send(client.startup());
  expect(fields(await plain.next())).toMatchObject({
    S: 'FATAL',
    C: '28000',
    M: 'SSL connection is required',
    H: expect.stringContaining('sslmode=require'),
  });
  const raw = await connect();
  raw.send(client.sslRequest());
  await raw.byte();
  await raw.startTls(identity.ca);
  raw.send(client.startup());
  expect(letters(await raw.until('Z'))).toMatch(/^RS+KZ$/);
});

test('a cancel request may come over TLS', async () => {
  const { connect, login } = await start({ tls: offer });
  const raw = await login();
  raw.send(client.query('wait'));
  const other = await connect();
  other.send(client.sslRequest());
  await other.byte();
  await other.startTls(identity.ca);
  other.send(client.cancel(1, 0x7eadbeef));
  expect(fields((await raw.until('Z'))[0])).toMatchObject({ C: '57014' });
});

test('text injected before the handshake is never taken for a message', async () => {
  const { connect } = await start({ tls: offer });
  const raw = await connect();
  raw.send(client.sslRequest(), client.startup());
  expect(await raw.byte()).toBe('S');
  const rest = await raw.next();
  expect(rest?.type).not.toBe('R');
});

test('a handshake that fails or is broken off ends that connection only', async () => {
  const { connect, login } = await start({ tls: offer });
  const garbled = await connect();
  garbled.send(client.sslRequest());
  await garbled.byte();
  garbled.send(Buffer.from('this is no TLS record at all'));
  const gone = await connect();
  gone.send(client.sslRequest());
  await gone.byte();
  gone.destroy();
  expect(letters(await (await login()).query('rows 1'))).toBe('TDCZ');
});

test('certificates: names, purposes, own CA', () => {
  const now = new Date('2026-11-20T12:00:00Z');
  const { certificate, ca, privateKey } = createServerIdentity(now, [
    'localhost',
    'db.example.test',
    '127.0.0.1',
    '::1',
    '2001:db8::ff:0:1',
  ]);
  const server = new X509Certificate(certificate);
  const authority = new X509Certificate(ca);
  expect(server.verify(authority.publicKey)).toBe(true);
  expect(authority.verify(authority.publicKey)).toBe(true);
  expect([server.ca, authority.ca]).toEqual([false, true]);
  expect(server.checkIssued(authority)).toBe(true);
  expect(server.subjectAltName?.split(', ').sort()).toEqual(
    [
      'DNS:localhost',
      'DNS:db.example.test',
      'IP Address:127.0.0.1',
      'IP Address:0:0:0:0:0:0:0:1',
      'IP Address:2001:DB8:0:0:0:FF:0:1',
    ].sort(),
  );
  expect(new Date(server.validFrom)).toEqual(new Date('2026-11-19T12:00:00Z'));
  expect(new Date(server.validTo).getUTCFullYear()).toBe(2036);
  expect(privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  expect(certificate.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  const late = new X509Certificate(createServerIdentity(new Date('2049-06-01T00:00:00Z')).certificate);
  expect(new Date(late.validTo).getUTCFullYear()).toBe(2059);
});

test('a stored identity survives, and is renewed when it no longer serves', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'duckshift-tls-test-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const now = new Date('2026-11-20T12:00:00Z');
  const made = await storedServerIdentity(join(directory, 'tls'), now);
  expect((await stat(join(directory, 'tls', 'server.key'))).mode & 0o777).toBe(0o600);
  expect(await readFile(made.caPath, 'utf8')).toBe(made.ca);
  const again = await storedServerIdentity(join(directory, 'tls'), now);
  expect(again).toEqual(made);
  const renamed = await storedServerIdentity(join(directory, 'tls'), now, ['localhost', 'other.test']);
  expect(renamed.ca).not.toBe(made.ca);
  const later = await storedServerIdentity(join(directory, 'tls'), new Date('2036-11-10T00:00:00Z'), ['localhost']);
  expect(later.ca).not.toBe(renamed.ca);
  await writeFile(join(directory, 'tls', 'server.key'), 'damaged');
  const repaired = await storedServerIdentity(join(directory, 'tls'), new Date('2036-11-10T00:00:00Z'), ['localhost']);
  expect(repaired.ca).not.toBe(later.ca);
});
