import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startDuckshift } from '../../src/index.js';
import { client } from '../wire/raw-client.js';
import { clearTextLogin, digestLogin, md5Login, scramLogin } from '../wire/raw-login.js';
import { accessTo, noStreams, wholeServer } from './whole-server.js';

/** Users made by CREATE USER, by every form of PASSWORD ("CREATE USER", AWS developer guide). */

const server = wholeServer();
const password = 'Secret123';
const salt = 'a0b1c2d3e4f5061728394a5b6c7d8e9f';
const digest = createHash('sha256').update(password).update(Buffer.from(salt, 'hex')).digest('hex');
const md5 = (user: string): string => `md5${createHash('md5').update(`${password}${user}`).digest('hex')}`;

/** The Authentication request's number, 0 for none, or the SQLSTATE. */
async function asked(user: string, at = server): Promise<number | undefined> {
  const raw = await at.connect();
  raw.send(client.startup({ user, database: 'dev' }));
  const first = await raw.next();
  raw.destroy();
  return first?.type === 'R' ? first.body.readInt32BE(0) : undefined;
}

test.each([
  ['in clear text', 'clear', password, 5],
  ['as an MD5 hash', 'hashed', md5('hashed'), 5],
  ['in clear text to be kept as SHA-256', 'sha', `sha256|${password}`, 10],
  ['as a SHA-256 digest', 'digested', `sha256|${digest}|${salt}`, 3],
])('a password given %s', async (_form, user, given, request) => {
  const admin = await server.pg();
  await admin.query(`CREATE USER ${user} PASSWORD '${given}'`);
  expect(await asked(user)).toBe(request);
  const session = await server.pg({ user, password });
  expect((await session.query('SELECT current_user AS me')).rows).toEqual([{ me: user }]);
  await expect(server.pg({ user, password: 'Wrong456' })).rejects.toMatchObject({ code: '28000' });
  await admin.query(`ALTER USER ${user} PASSWORD 'Another456'`);
  await expect(server.pg({ user, password })).rejects.toMatchObject({ code: '28000' });
  await server.pg({ user, password: 'Another456' });
  const texts = JSON.stringify((await admin.query('SELECT query_text FROM sys_query_history')).rows);
  expect(texts).not.toContain('Another456');
  expect(texts).not.toContain(given);
});

test('AWS drivers prove a SHA-256 digest by their own exchange', async () => {
  await (await server.pg()).query(`CREATE USER driver PASSWORD 'sha256|${digest}|${salt}'`);
  expect(await digestLogin(await server.connect(), 'driver', password)).toMatch(/^RS*KZ$/);
  expect(await digestLogin(await server.connect(), 'driver', 'Wrong456')).toBe('E28000');
  expect(await clearTextLogin(await server.connect(), 'driver', password)).toMatch(/^RS*KZ$/);
});

test('a disabled password, an expired one, one that comes back', async () => {
  const admin = await server.pg();
  await admin.query('CREATE USER nopass PASSWORD DISABLE');
  await expect(server.pg({ user: 'nopass', password })).rejects.toMatchObject({ code: '28000' });
  await admin.query(`ALTER USER nopass PASSWORD '${password}'`);
  await server.pg({ user: 'nopass', password });
  await admin.query("ALTER USER nopass VALID UNTIL '2020-01-01'");
  await expect(server.pg({ user: 'nopass', password })).rejects.toMatchObject({ code: '28000' });
  await admin.query("ALTER USER nopass VALID UNTIL 'infinity'");
  await server.pg({ user: 'nopass', password });
  await admin.query('ALTER USER nopass PASSWORD DISABLE');
  await expect(server.pg({ user: 'nopass', password })).rejects.toMatchObject({ code: '28000' });
});

test('a new name clears an MD5 hash, which holds the old one, and leaves SHA-256', async () => {
  const admin = await server.pg();
  const notices: (string | undefined)[] = [];
  admin.on('notice', ({ message }) => notices.push(message));
  await admin.query(`CREATE USER salted PASSWORD '${password}'`);
  await admin.query('ALTER USER salted RENAME TO resalted');
  expect(notices).toEqual(['MD5 password cleared because of user rename']);
  await expect(server.pg({ user: 'resalted', password })).rejects.toMatchObject({ code: '28000' });
  await admin.query(`CREATE USER strong PASSWORD 'sha256|${password}'`);
  await admin.query('ALTER USER strong RENAME TO stronger');
  expect(notices).toHaveLength(1);
  await server.pg({ user: 'stronger', password });
});

test.each([
  ['short1A', '8 to 64 characters'],
  [`Aa1${'x'.repeat(62)}`, '8 to 64 characters'],
  ['nouppercase1', 'uppercase'],
  ['NOLOWERCASE1', 'lowercase'],
  ['NoNumberHere', 'number'],
  ['With space1', 'printable ASCII'],
  ['Slash/1234', 'printable ASCII'],
  ['At@12345678', 'printable ASCII'],
  ['Umläut1234', 'printable ASCII'],
  ['sha256|short1A', '8 to 64 characters'],
  [`sha256|${digest}|abc`, 'Invalid SHA-256'],
  [`sha256|${digest.slice(1)}|${salt}`, 'Invalid SHA-256'],
  [`sha256|${digest}|${salt}|x`, 'Invalid SHA-256'],
])('a password that Redshift does not take: %s', async (given, reason) => {
  await expect((await server.pg()).query(`CREATE USER refused PASSWORD '${given}'`)).rejects.toThrow(reason);
});

test('passwords stay out of the history, whatever their quotes', async () => {
  const admin = await server.pg();
  const forms = [`'Hidden1\\'Secret'`, '$$Hidden2Secret$$', `/* new */ 'Hidden3Secret'`, `$p$Hidden4Secret$p$`];
  for (const form of forms) await admin.query(`CREATE USER hidden PASSWORD ${form}`).catch(() => undefined);
  const texts = JSON.stringify((await admin.query('SELECT query_text FROM sys_query_history')).rows);
  expect(texts).not.toMatch(/Secret'|Hidden\d/);
});

test('--auth scram-sha-256: no MD5, and a password of which only the MD5 hash is known is of no use', async () => {
  await using strict = await startDuckshift({
    ...noStreams,
    user: 'awsuser',
    password: 'Admin-Pass1',
    auth: 'scram-sha-256',
  });
  const at = accessTo(strict);
  expect(await asked('awsuser', at)).toBe(10);
  expect(await asked('stranger', at)).toBe(10);
  const admin = await at.pg({ password: 'Admin-Pass1' });
  await admin.query(`CREATE USER clear PASSWORD '${password}'`);
  await admin.query(`CREATE USER hashed PASSWORD '${md5('hashed')}'`);
  expect(await scramLogin(await at.connect(), 'clear', password)).toMatch(/^RS*KZ$/);
  expect(await scramLogin(await at.connect(), 'clear', 'Wrong456')).toBe('E28000');
  await at.pg({ user: 'clear', password });
  await expect(at.pg({ user: 'hashed', password })).rejects.toMatchObject({ code: '28000' });
  await expect(at.pg({ user: 'stranger', password })).rejects.toMatchObject({ code: '28000' });
});

test('--user and --password: MD5 by default, for users of CREATE USER too', async () => {
  await using guarded = await startDuckshift({ ...noStreams, user: 'awsuser', password: 'Admin-Pass1' });
  const at = accessTo(guarded);
  expect(await md5Login(await at.connect(), 'awsuser', 'Admin-Pass1')).toMatch(/^RS*KZ$/);
  expect(await md5Login(await at.connect(), 'stranger', 'Admin-Pass1')).toBe('E');
  await (await at.pg({ password: 'Admin-Pass1' })).query(`CREATE USER clear PASSWORD '${password}'`);
  expect(await md5Login(await at.connect(), 'clear', password)).toMatch(/^RS*KZ$/);
});

test('users and their passwords outlive the server', async () => {
  const data = await mkdtemp(join(tmpdir(), 'duckshift-users-'));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const forms = { clear: password, sha: `sha256|${password}`, digested: `sha256|${digest}|${salt}` };
  {
    await using first = await startDuckshift({ ...noStreams, data });
    const admin = await accessTo(first).pg();
    for (const [user, given] of Object.entries(forms)) await admin.query(`CREATE USER ${user} PASSWORD '${given}'`);
    await admin.end();
  }
  await using again = await startDuckshift({ ...noStreams, data });
  for (const user of Object.keys(forms)) {
    await accessTo(again).pg({ user, password });
    await expect(accessTo(again).pg({ user, password: 'Wrong456' })).rejects.toMatchObject({ code: '28000' });
  }
});
