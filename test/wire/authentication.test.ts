import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Authenticate, onePassword, oneUser } from '../../src/wire/auth/authentication.js';
import { checkMd5, storedMd5 } from '../../src/wire/auth/md5.js';
import { ScramExchange, scramVerifier } from '../../src/wire/auth/scram.js';
import { client, cstring, fields, int32, letters, type RawClient } from './raw-client.js';
import { startWireServer as start } from './wire-fixture.js';

async function md5Login(raw: RawClient, user: string, password: string): Promise<string> {
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
async function scramLogin(raw: RawClient, user: string, password: string, header = 'n,,'): Promise<string> {
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

test('md5', async () => {
  const { connect } = await start({ authenticate: onePassword('awsuser', 'My_Pässword') });
  expect(await md5Login(await connect(), 'awsuser', 'My_Pässword')).toBe('RSKZ');
  expect(await md5Login(await connect(), 'awsuser', 'wrong')).toBe('E');
  expect(await md5Login(await connect(), 'somebody', 'My_Pässword')).toBe('E');
});

test('SCRAM-SHA-256', async () => {
  const { connect } = await start({ authenticate: onePassword('awsuser', 'secret', 'scram-sha-256') });
  expect(await scramLogin(await connect(), 'awsuser', 'secret')).toBe('RSKZ');
  expect(await scramLogin(await connect(), 'awsuser', 'secret', 'y,,')).toBe('RSKZ');
  expect(await scramLogin(await connect(), 'awsuser', 'wrong')).toBe('E28000');
  expect(await scramLogin(await connect(), 'somebody', 'secret')).toBe('E28000');
  expect(await scramLogin(await connect(), 'awsuser', 'secret', 'p=tls-unique,,')).toBe('E08P01');
});

test('stored secrets serve their own method only', async () => {
  const verifier = await scramVerifier('secret');
  const authenticate: Authenticate = async (user) => {
    const stored =
      user === 'old'
        ? ({ type: 'md5', hash: storedMd5('old', 'secret') } as const)
        : ({ type: 'scram-sha-256', verifier } as const);
    return { method: user === 'confused' || user === 'old' ? 'md5' : 'scram-sha-256', secret: stored };
  };
  const { connect } = await start({ authenticate });
  expect(await md5Login(await connect(), 'old', 'secret')).toBe('RSKZ');
  expect(await scramLogin(await connect(), 'new', 'secret')).toBe('RSKZ');
  expect(await md5Login(await connect(), 'confused', 'secret')).toBe('E');
});

test('a refused user is told so, in the code that Redshift drivers look for', async () => {
  const { connect, host } = await start({ authenticate: oneUser('awsuser') });
  const raw = await connect();
  raw.send(client.startup({ user: 'other', database: 'dev' }));
  expect(fields(await raw.next())).toMatchObject({
    S: 'FATAL',
    C: '28000',
    M: 'password authentication failed for user "other"',
  });
  expect(await raw.next()).toBeUndefined();
  expect(host.requests).toEqual([]);
});

test.each([
  ['a query before the password', client.query('rows 1'), '08P01'],
  ['an unfinished password', client.message('p', Buffer.from('md5')), '08P01'],
  ['an empty password', client.password(''), '28000'],
])('%s is FATAL', async (_name, bytes, code) => {
  const { connect } = await start({ authenticate: onePassword('awsuser', 'secret') });
  const raw = await connect();
  raw.send(client.startup());
  await raw.next();
  raw.send(bytes);
  expect(fields(await raw.next())).toMatchObject({ S: 'FATAL', C: code });
  expect(await raw.next()).toBeUndefined();
});

test.each(['', 'n=,r=x', 'n,,n=', 'c=,r=,p=', 'n,,m=ext,n=,r=x', 'n,,n=,r='])(
  'a malformed first SCRAM message %j is an error of the protocol',
  async (message) => {
    const exchange = await ScramExchange.start({ type: 'plain', password: 'secret' });
    expect(() => exchange.first(message)).toThrow(expect.objectContaining({ code: '08P01' }));
  },
);

test('the exchange of RFC 7677 is reproduced', async () => {
  const verifier = await scramVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'));
  expect(verifier.iterations).toBe(4096);
  // ServerSignature of the RFC's example, from the keys alone.
  const exchange = [
    'n=user,r=rOprNGfwEbeRWgbNEkqO',
    'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
    'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0',
  ].join(',');
  const signature = createHmac('sha256', verifier.serverKey).update(exchange).digest('base64');
  expect(signature).toBe('6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=');
});

test('md5 answers are compared whole', () => {
  const salt = Buffer.from([1, 2, 3, 4]);
  expect(checkMd5('u', { type: 'plain', password: 'p' }, salt, 'md5')).toBe(false);
  expect(checkMd5('u', undefined, salt, 'md5')).toBe(false);
});
