import { expect, test } from 'vitest';
import type { LogFields } from '../../src/base/log.js';
import { createLogger } from '../../src/base/log.js';
import { client, fields, letters, rowDescription, text, textRows } from './raw-client.js';
import { startWireServer as start } from './wire-fixture.js';

test('a query: description, rows, tag with count, ready', async () => {
  const { login, host } = await start();
  const raw = await login();
  const answer = await raw.query('rows 8');
  expect(letters(answer)).toBe('TDDDDDDDDCZ');
  expect(rowDescription(answer[0])).toEqual([
    { label: 'n', oid: 23, size: 4, modifier: -1, format: 0 },
    { label: 'name', oid: 1043, size: -1, modifier: 24, format: 0 },
  ]);
  expect(textRows(answer)[6]).toEqual(['7', null]);
  expect(textRows(answer)[7]).toEqual(['8', 'name 8']);
  expect(text(answer.at(-2))).toBe('SELECT 8');
  expect(text(answer.at(-1))).toBe('I');
  expect(host.last.openResults).toBe(0);
  expect(text((await raw.query('rows 0'))[1])).toBe('SELECT 0');
  expect(text((await raw.query('show x')).at(-2))).toBe('SHOW');
});

test('nothing to run', async () => {
  const { login } = await start();
  const raw = await login();
  expect(letters(await raw.query(''))).toBe('IZ');
  expect(letters(await raw.query(' ; ;'))).toBe('IZ');
});

test('several statements: each answered, one transaction around them', async () => {
  const { login, host } = await start();
  const raw = await login();
  const answer = await raw.query('insert 1; rows 2; insert 2');
  expect(letters(answer)).toBe('CTDDCCZ');
  expect(host.last.calls).toEqual([
    'begin implicit',
    'execute insert 1',
    'execute rows 2',
    'execute insert 2',
    'end implicit done',
  ]);
});

test('the first error ends the text, rolls back, and says where', async () => {
  const { login, host } = await start();
  const raw = await login();
  const answer = await raw.query('insert 1; fail 22012; insert 2');
  expect(letters(answer)).toBe('CEZ');
  expect(fields(answer[1])).toEqual({
    S: 'ERROR',
    V: 'ERROR',
    C: '22012',
    M: 'failed with 22012',
    P: '6',
  });
  expect(host.last.calls.slice(-2)).toEqual(['execute fail 22012', 'end implicit failed']);
  expect(letters(await raw.query('rows 1'))).toBe('TDCZ');
});

test('a commit that fails takes the place of the last statement', async () => {
  const { login } = await start();
  const raw = await login();
  const answer = await raw.query('insert 1; break the commit');
  expect(letters(answer)).toBe('CEZ');
  expect(fields(answer[1])).toMatchObject({ C: 'XX000', M: '1023' });
  expect(letters(await raw.query('break the commit; rows 1'))).toBe('CTDEZ');
});

test('a transaction of the client shows in the status, failed too', async () => {
  const { login, host } = await start();
  const raw = await login();
  const status = async (sql: string) => text((await raw.query(sql)).at(-1));
  expect(await status('begin')).toBe('T');
  expect(await status('insert 1; insert 2')).toBe('T');
  expect(host.last.calls).not.toContain('begin implicit');
  expect(await status('syntax error')).toBe('E');
  expect(fields((await raw.query('rows 1'))[0])).toMatchObject({ C: '25P02' });
  expect(await status('rollback')).toBe('I');
});

test('errors before anything runs: syntax, unknown objects, parameters', async () => {
  const { login } = await start();
  const raw = await login();
  expect(fields((await raw.query('a syntax error'))[0])).toMatchObject({ C: '42601', P: '10' });
  expect(fields((await raw.query('unheard of'))[0])).toMatchObject({ C: '42P01', P: '1' });
  expect(fields((await raw.query('echo $1'))[0])).toMatchObject({ C: '42P02', M: 'there is no parameter $1' });
  raw.send(client.message('Q', Buffer.from([0x80, 0])));
  expect(fields((await raw.until('Z'))[0])).toMatchObject({ C: '22021', S: 'ERROR' });
});

test('an error after rows have been sent ends them, and the result is given back', async () => {
  const { login, host } = await start();
  const raw = await login();
  const answer = await raw.query('half');
  expect(letters(answer)).toBe('TDDDEZ');
  expect(fields(answer.at(-2))).toMatchObject({ C: '22012' });
  expect(host.last.openResults).toBe(0);
});

test('a defect is XX000 to the client and a line in the log; the session goes on', async () => {
  const lines: LogFields[] = [];
  const log = createLogger('error', 'json', (line) => lines.push(JSON.parse(line) as LogFields));
  const { login } = await start({ log });
  const raw = await login();
  const answer = await raw.query('crash');
  expect(fields(answer[0])).toMatchObject({ S: 'ERROR', C: 'XX000', M: 'internal error: a defect' });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    level: 'error',
    processId: 1,
    error: expect.stringContaining('TypeError: a defect'),
  });
  expect(letters(await raw.query('rows 1'))).toBe('TDCZ');
});

test('notices keep Redshift severity, settings that change are told', async () => {
  const { login, host } = await start();
  const raw = await login();
  const answer = await raw.query('notice hello; set TimeZone Europe/Paris');
  expect(letters(answer)).toBe('NCSCZ');
  expect(fields(answer[0])).toEqual({ S: 'INFO', V: 'INFO', C: '00000', M: 'hello' });
  expect(text(answer[1])).toBe('REFRESH');
  expect(answer[2]?.body.toString()).toBe('TimeZone\0Europe/Paris\0');
  // While the client is silent a notice does not wait for its next message.
  host.last.onNotice?.({ severity: 'WARNING', code: '01000', message: 'later', detail: 'd', hint: 'h' });
  expect(fields(await raw.next())).toEqual({ S: 'WARNING', V: 'WARNING', C: '01000', M: 'later', D: 'd', H: 'h' });
});

test('messages that are refused or ignored leave the session usable', async () => {
  const { login } = await start();
  const raw = await login();
  raw.send(client.message('F', Buffer.alloc(12)));
  expect(fields((await raw.until('Z'))[0])).toMatchObject({ C: '0A000' });
  raw.send(client.message('d', Buffer.from('row\n')), client.message('c'), client.message('f', Buffer.from('no\0')));
  expect(letters(await raw.query('rows 1'))).toBe('TDCZ');
});

test.each([
  ['an unknown message', client.message('!'), '08P01'],
  ['a password nobody asked for', client.password('x'), '08P01'],
  ['a message over the limit', Buffer.from([0x51, 0x7f, 0, 0, 0]), '54000'],
])('%s is FATAL', async (_name, bytes, code) => {
  const { login, host } = await start();
  const raw = await login();
  raw.send(bytes);
  expect(fields(await raw.next())).toMatchObject({ S: 'FATAL', C: code });
  expect(await raw.next()).toBeUndefined();
  await expect.poll(() => host.last.closed).toBe(true);
});
