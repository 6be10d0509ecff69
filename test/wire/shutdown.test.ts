import { expect, test } from 'vitest';
import { client, fields, letters, RawClient } from './raw-client.js';
import { startWireServer as start } from './wire-fixture.js';

test('idle clients are told and let go; nobody new comes in', async () => {
  const { login, server, port, host } = await start();
  const raw = await login();
  await server.close(1_000);
  expect(fields(await raw.next())).toMatchObject({ S: 'FATAL', C: '57P01' });
  expect(await raw.next()).toBeUndefined();
  expect(host.last.closed).toBe(true);
  await expect(RawClient.connect(port)).rejects.toThrow('ECONNREFUSED');
});

test('a running statement may finish within the grace time', async () => {
  let finish: (() => void) | undefined;
  const { login, server, host } = await start({}, (sql) =>
    sql === 'slow'
      ? {
          run: async () => {
            await new Promise<void>((resolve) => {
              finish = resolve;
            });
            return { tag: 'INSERT 0 1' };
          },
        }
      : undefined,
  );
  const raw = await login();
  raw.send(client.query('slow'));
  await expect.poll(() => finish).toBeDefined();
  const closed = server.close(60_000);
  finish?.();
  expect(letters(await raw.until('?'))).toBe('CZE');
  await closed;
  expect(host.last.cancels).toBe(0);
});

test('after the grace time what runs is cancelled', async () => {
  const { login, server, host } = await start();
  const raw = await login();
  raw.send(client.query('wait'));
  await expect.poll(() => host.last.calls.length).toBe(1);
  await server.close(0);
  const messages = await raw.until('?');
  expect(letters(messages)).toBe('EZE');
  expect(fields(messages[0])).toMatchObject({ C: '57014' });
  expect(host.last.closed).toBe(true);
});

test('neither a statement that cannot be stopped nor a client that does not read holds up the end', async () => {
  const { login, server, host } = await start({}, (sql) =>
    sql === 'forever' ? { run: () => new Promise(() => undefined) } : undefined,
  );
  const stuck = await login();
  stuck.send(client.query('forever'));
  const deaf = await login();
  deaf.pause();
  deaf.send(client.query('rows 1000000'));
  await expect.poll(() => host.sessions.map(({ calls }) => calls.length)).toEqual([1, 1]);
  await server.close(0);
  expect(await stuck.next()).toBeUndefined();
});

test('all clients can be sent away while the server goes on', async () => {
  const { login, server } = await start();
  const raw = await login();
  await server.disconnectAll();
  expect(fields(await raw.next())).toMatchObject({ C: '57P01' });
  const next = await login();
  expect(letters(await next.query('rows 1'))).toBe('TDCZ');
});

test('a client in the middle of its login is let go too', async () => {
  const { connect, server } = await start({ authenticate: async () => ({ method: 'md5', secret: undefined }) });
  const silent = await connect();
  const asked = await connect();
  asked.send(client.startup());
  expect((await asked.next())?.type).toBe('R');
  await server.close(0);
  expect(await silent.next()).toBeUndefined();
  expect(await asked.next()).toBeUndefined();
});

test('a port in use is an error of listen', async () => {
  const { port } = await start();
  await expect(start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
