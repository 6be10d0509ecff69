import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { expect } from 'vitest';
import { client, cstring, fields, int32, letters, type RawClient } from './raw-client.js';

/** Logins as clients do them, written from the protocol's description and not with the server's code. */

/** Log in and give the letters up to ReadyForQuery, ParameterStatus once. */
export async function md5Login(raw: RawClient, user: string, password: string): Promise<string> {
  raw.send(client.startup({ user, database: 'dev' }));
  const request = await raw.next();
  expect(request?.body.readInt32BE(0)).toBe(5);
  const inner = createHash('md5')
    .update(password + user)
    .digest('hex');
  raw.send(
    client.password(
      `md5${createHash('md5')
        .update(inner)
        .update(request?.body.subarray(4) ?? '')
        .digest('hex')}`,
    ),
  );
  return letters(await raw.until('Z')).replace(/S+/, 'S');
}

/** The client's side of RFC 5802, written from the RFC. */
export async function scramLogin(raw: RawClient, user: string, password: string, header = 'n,,'): Promise<string> {
  raw.send(client.startup({ user, database: 'dev' }));
  const request = await raw.next();
  expect(request?.body.toString()).toBe(`\0\0\0\x0aSCRAM-SHA-256\0\0`);
  const bare = `n=,r=client-nonce`;
  const first = Buffer.from(header + bare);
  raw.send(client.password(Buffer.concat([cstring('SCRAM-SHA-256'), int32(first.length), first])));
  const reply = await raw.next();
  if (reply?.type !== 'R') return `E${fields(reply).C}`;
  const serverFirst = reply.body.subarray(4).toString();
  const [, nonce = '', salt = '', count = ''] = /^r=(.*),s=(.*),i=(.*)$/.exec(serverFirst) ?? [];
  const salted = pbkdf2Sync(password, Buffer.from(salt, 'base64'), Number(count), 32, 'sha256');
  const mac = (key: Buffer, data: string) => createHmac('sha256', key).update(data).digest();
  const clientKey = mac(salted, 'Client Key');
  const stored = createHash('sha256').update(clientKey).digest();
  const withoutProof = `c=${Buffer.from(header).toString('base64')},r=${nonce}`;
  const exchange = `${bare},${serverFirst},${withoutProof}`;
  const proof = mac(stored, exchange).map((byte, index) => byte ^ (clientKey[index] ?? 0));
  raw.send(client.password(Buffer.from(`${withoutProof},p=${Buffer.from(proof).toString('base64')}`)));
  const final = await raw.next();
  if (final?.type !== 'R') return `E${fields(final).C}`;
  expect(final.body.subarray(4).toString()).toBe(`v=${mac(mac(salted, 'Server Key'), exchange).toString('base64')}`);
  return letters(await raw.until('Z')).replace(/S+/, 'S');
}

/** As AWS's drivers answer authentication code 13. */
export async function digestLogin(raw: RawClient, user: string, password: string): Promise<string> {
  raw.send(client.startup({ user, database: 'dev', client_protocol_version: '2' }));
  const request = await raw.next();
  expect(request?.body.readInt32BE(0)).toBe(13);
  expect(request?.body.readInt32BE(4)).toBe(0);
  const saltEnd = 12 + (request?.body.readInt32BE(8) ?? 0);
  const salt = request?.body.subarray(12, saltEnd) ?? '';
  const nonce = request?.body.subarray(saltEnd + 4) ?? '';
  expect(request?.body.readInt32BE(saltEnd)).toBe(nonce.length);
  const own = Buffer.from('1700000000000');
  const inner = createHash('sha256').update(password).update(salt).digest();
  const answer = createHash('sha256').update(inner).update(nonce).update(own).digest();
  raw.send(client.message('d', Buffer.concat([int32(answer.length), answer, int32(own.length), own])));
  return outcome(raw);
}

export async function clearTextLogin(raw: RawClient, user: string, password: string): Promise<string> {
  raw.send(client.startup({ user, database: 'dev' }));
  const request = await raw.next();
  expect(request?.body.readInt32BE(0)).toBe(3);
  raw.send(client.password(password));
  return outcome(raw);
}

async function outcome(raw: RawClient): Promise<string> {
  const messages = await raw.until('Z');
  const [first] = messages;
  return first?.type === 'E' ? `E${fields(first).C}` : letters(messages).replace(/S+/, 'S');
}
