import { expect, test } from 'vitest';
import { client, fields, letters } from './raw-client.js';
import { column, numberedRows } from './session-double.js';
import { startWireServer as start } from './wire-fixture.js';

const secret = 0x7eadbeef;

test('the running statement fails with 57014, the session goes on', async () => {
  const { login, connect } = await start();
  const raw = await login();
  raw.send(client.query('wait'));
  const other = await connect();
  other.send(client.cancel(1, secret));
  expect(await other.next()).toBeUndefined();
  const answer = await raw.until('Z');
  expect(fields(answer[0])).toMatchObject({ S: 'ERROR', C: '57014', M: "Query cancelled on user's request" });
  expect(letters(await raw.query('rows 1'))).toBe('TDCZ');
});

test('a wrong secret or process changes nothing, and is told nothing', async () => {
  const { login, connect, host } = await start();
  const raw = await login();
  raw.send(client.query('wait'));
  for (const request of [client.cancel(1, secret + 1), client.cancel(99, secret), client.cancel(1, 0)]) {
    const other = await connect();
    other.send(request);
    expect(await other.next()).toBeUndefined();
  }
  expect(host.last.cancels).toBe(0);
  host.last.cancel();
  await raw.until('Z');
});

test('a late request does not hit the next statement', async () => {
  const { login, connect, host } = await start();
  const raw = await login();
  await raw.query('rows 1');
  const other = await connect();
  other.send(client.cancel(1, secret));
  expect(await other.next()).toBeUndefined();
  expect(host.last.cancels).toBe(0);
  expect(letters(await raw.query('rows 1'))).toBe('TDCZ');
});

test('rows under way to a client that does not read can be cancelled', async () => {
  const { login, connect, host } = await start({}, (sql) =>
    sql === 'many'
      ? {
          columns: [column('n', 'int4'), column('name', 'varchar')],
          run: () => ({ tag: 'SELECT', rows: numberedRows(10_000_000), chunkRows: 2048 }),
        }
      : undefined,
  );
  const raw = await login();
  raw.pause();
  raw.send(client.query('many'));
  await expect.poll(() => host.last.openResults).toBe(1);
  const other = await connect();
  other.send(client.cancel(1, secret));
  await other.next();
  raw.resume();
  let last = await raw.next();
  while (last?.type === 'T' || last?.type === 'D') last = await raw.next();
  expect(fields(last)).toMatchObject({ C: '57014' });
  expect(letters(await raw.until('Z'))).toBe('Z');
  expect(host.last.openResults).toBe(0);
});

test('a client that leaves stops what it was reading, not what it was writing', async () => {
  const { login, host } = await start();
  const reader = await login();
  reader.send(client.query('wait'));
  const writer = await login();
  writer.send(client.query('write-and-wait'));
  await expect.poll(() => host.sessions.map(({ calls }) => calls.length)).toEqual([1, 1]);
  reader.destroy();
  writer.destroy();
  await expect.poll(() => host.sessions[0]?.closed).toBe(true);
  expect(host.sessions.map(({ cancels }) => cancels)).toEqual([1, 0]);
  host.sessions[1]?.cancel();
  await expect.poll(() => host.sessions[1]?.closed).toBe(true);
});

test('the session can end its own connection', async () => {
  const { login, host } = await start();
  const idle = await login();
  const reason = { code: '57P01', message: 'terminating connection due to administrator command' };
  host.last.onTerminate?.(reason);
  expect(fields(await idle.next())).toMatchObject({ S: 'FATAL', C: '57P01' });
  expect(await idle.next()).toBeUndefined();
  const busy = await login();
  busy.send(client.query('wait'));
  await expect.poll(() => host.last.calls.length).toBe(1);
  host.last.onTerminate?.(reason);
  expect((await busy.until('?')).map(({ type }) => type).join('')).toBe('EZE');
});
