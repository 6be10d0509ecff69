import { expect, test } from 'vitest';
import { client, fields, letters, type RawClient, text } from './raw-client.js';
import { startWireServer as start } from './wire-fixture.js';

const run = (sql: string): Buffer[] => [client.parse(sql), client.bind(), client.execute()];

async function exchange(raw: RawClient, ...messages: Buffer[]) {
  raw.send(...messages, client.sync());
  return raw.until('Z');
}

test('a single statement before Sync commits by itself', async () => {
  const { login, host } = await start();
  const raw = await login();
  expect(letters(await exchange(raw, ...run('insert 1')))).toBe('12CZ');
  expect(letters(await exchange(raw, ...run('insert 2'), client.flush(), client.flush()))).toBe('12CZ');
  expect(host.last.calls).toEqual(['execute insert 1', 'execute insert 2']);
});

test('several statements before Sync are one transaction, committed at Sync', async () => {
  const { login, host } = await start();
  const raw = await login();
  expect(letters(await exchange(raw, ...run('insert 1'), ...run('rows 1'), ...run('insert 2')))).toBe('12C12DC12CZ');
  expect(host.last.calls).toEqual([
    'begin implicit',
    'execute insert 1',
    'execute rows 1',
    'execute insert 2',
    'end implicit done',
  ]);
});

test('a statement whose Sync has not come yet may be one of several', async () => {
  const { login, host } = await start();
  const raw = await login();
  raw.send(...run('insert 1'), client.flush());
  expect(letters(await raw.until('C'))).toBe('12C');
  expect(host.last.calls).toEqual(['begin implicit', 'execute insert 1']);
  raw.send(...run('fail 22012'), client.sync());
  expect(letters(await raw.until('Z'))).toBe('12EZ');
  expect(host.last.calls.slice(2)).toEqual(['execute fail 22012', 'end implicit failed']);
});

test('an error in the middle takes back what came before it in the pipeline, not what a Sync has settled', async () => {
  const { login, host } = await start();
  const raw = await login();
  raw.send(
    ...run('insert 1'),
    client.sync(),
    ...run('insert 2'),
    ...run('fail 23505'),
    ...run('insert 3'),
    client.sync(),
  );
  raw.send(...run('insert 4'), client.sync());
  expect(letters(await raw.until('Z'))).toBe('12CZ');
  expect(letters(await raw.until('Z'))).toBe('12C12EZ');
  expect(letters(await raw.until('Z'))).toBe('12CZ');
  expect(host.last.calls).toEqual([
    'execute insert 1',
    'begin implicit',
    'execute insert 2',
    'execute fail 23505',
    'end implicit failed',
    'execute insert 4',
  ]);
});

test('reading needs no transaction around it, nor does a statement that cannot be in one', async () => {
  const { login, host } = await start();
  const raw = await login();
  await exchange(raw, ...run('rows 1'), ...run('rows 1'), ...run('vacuum'));
  expect(host.last.calls).toEqual(['execute rows 1', 'execute rows 1', 'execute vacuum']);
});

test('a commit that fails at Sync is told', async () => {
  const { login } = await start();
  const raw = await login();
  const answer = await exchange(raw, ...run('break the commit'), client.closeStatement());
  expect(letters(answer)).toBe('12C3EZ');
  expect(fields(answer[4])).toMatchObject({ C: 'XX000', M: '1023' });
});

test("the client's own transaction in a pipeline", async () => {
  const { login, host } = await start();
  const raw = await login();
  const begin = await exchange(raw, ...run('begin'));
  expect(text(begin.at(-1))).toBe('T');
  const failed = await exchange(raw, ...run('insert 1'), ...run('fail 22012'));
  expect(text(failed.at(-1))).toBe('E');
  expect(fields((await exchange(raw, ...run('insert 2'))).at(-2))).toMatchObject({ C: '25P02' });
  expect(text((await exchange(raw, ...run('rollback'))).at(-1))).toBe('I');
  expect(host.last.calls).not.toContain('begin implicit');
});

test('a simple query in the middle of a pipeline settles it', async () => {
  const { login, host } = await start();
  const raw = await login();
  raw.send(...run('insert 1'), client.query('insert 2'));
  expect(letters(await raw.until('Z'))).toBe('12CCZ');
  expect(host.last.calls).toEqual(['begin implicit', 'execute insert 1', 'execute insert 2', 'end implicit done']);
});

test('two hundred executions in one segment, answered in order', async () => {
  const { login } = await start();
  const raw = await login();
  const messages = [client.parse('echo $1', { name: 's' })];
  for (let n = 0; n < 200; n++)
    messages.push(client.bind({ statement: 's', parameters: [String(n)] }), client.execute());
  const answer = await exchange(raw, ...messages);
  expect(answer.filter(({ type }) => type === 'D').map(({ body }) => body.subarray(6).toString())).toEqual(
    Array.from({ length: 200 }, (_, n) => String(n)),
  );
});

test('a client that leaves in the middle of a pipeline leaves nothing behind', async () => {
  const { login, host } = await start();
  const raw = await login();
  raw.send(
    ...run('insert 1'),
    client.parse('rows 9'),
    client.bind({ portal: 'c' }),
    client.execute('c', 1),
    client.flush(),
  );
  await raw.until('s');
  raw.destroy();
  await expect.poll(() => host.last.closed).toBe(true);
  expect(host.last.openResults).toBe(0);
  expect(host.last.calls).not.toContain('end implicit done');
});
