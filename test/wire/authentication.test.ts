import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { saltedSha256, storedMd5 } from '../../src/passwords/digests.js';
import { scramVerifier } from '../../src/passwords/scram-verifier.js';
import { type Authenticate, onePassword, oneUser } from '../../src/wire/auth/authentication.js';
import { checkMd5 } from '../../src/wire/auth/md5.js';
import { ScramExchange } from '../../src/wire/auth/scram.js';
import { Connection } from '../../src/wire/connection/connection.js';
import { connectionOptions } from './connection-options.js';
import { duplexPair } from './duplex-pair.js';
import { client, fields, RawClient } from './raw-client.js';
import { clearTextLogin, digestLogin, md5Login, scramLogin } from './raw-login.js';
import { SessionHostDouble } from './session-double.js';
import { startWireServer as start } from './wire-fixture.js';

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

test('SHA-256 digests: Redshift drivers answer the digest request, others send the password, which nobody else can hear', async () => {
  const salt = Buffer.from('0011223344556677', 'hex');
  const secret = { type: 'sha-256', digest: saltedSha256('My_Pässword', salt), salt } as const;
  const authenticate: Authenticate = async (user) => ({
    method: 'sha-256',
    secret: user === 'awsuser' ? secret : undefined,
  });
  const { connect } = await start({ authenticate });
  expect(await digestLogin(await connect(), 'awsuser', 'My_Pässword')).toBe('RSKZ');
  expect(await digestLogin(await connect(), 'awsuser', 'wrong')).toBe('E28000');
  expect(await digestLogin(await connect(), 'somebody', 'My_Pässword')).toBe('E28000');
  expect(await clearTextLogin(await connect(), 'awsuser', 'My_Pässword')).toBe('RSKZ');
  expect(await clearTextLogin(await connect(), 'awsuser', 'wrong')).toBe('E28000');
  expect(await clearTextLogin(await connect(), 'somebody', 'My_Pässword')).toBe('E28000');
});

test('a password is not asked for in clear text where others could hear it', async () => {
  const authenticate: Authenticate = async () => ({ method: 'sha-256', secret: undefined });
  const [near, far] = duplexPair();
  const served = new Connection(far, '192.0.2.7', connectionOptions(new SessionHostDouble(), { authenticate })).serve();
  const raw = new RawClient(near);
  raw.send(client.startup());
  expect((await raw.next())?.body.readInt32BE(0)).toBe(13);
  near.end();
  await served;
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
  // Refused by its header: nothing of it is gathered in memory.
  ['the header of a long query', client.query('x'.repeat(60_000)).subarray(0, 5), '08P01'],
  ['the header of a password that is too long', Buffer.from([0x70, 0, 2, 0, 0]), '08P01'],
  ['a COPY message', client.message('d', Buffer.from('x')), '08P01'],
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
