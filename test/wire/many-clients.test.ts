import { expect, test } from 'vitest';
import { client, letters, textRows } from './raw-client.js';
import { startWireServer as start } from './wire-fixture.js';

test('200 clients at once, each with its own answers', async () => {
  const { login, host } = await start();
  const clients = await Promise.all(Array.from({ length: 200 }, () => login()));
  await Promise.all(
    clients.map(async (raw, index) => {
      for (let round = 0; round < 5; round++) {
        const values = [`client ${index}`, `round ${round}`];
        raw.send(client.parse('echo $1 $2'), client.bind({ parameters: values }), client.execute(), client.sync());
        expect(textRows(await raw.until('Z'))).toEqual([values]);
      }
    }),
  );
  for (const raw of clients) raw.send(client.terminate());
  await Promise.all(clients.map((raw) => raw.next()));
  await expect.poll(() => host.sessions.filter(({ closed }) => closed).length).toBe(200);
});

test('statements of one client do not wait for those of another', async () => {
  const { login, host } = await start();
  const waiting = await login();
  waiting.send(client.query('wait'));
  const other = await login();
  for (let n = 0; n < 10; n++) expect(letters(await other.query('rows 1'))).toBe('TDCZ');
  host.sessions[0]?.cancel();
  expect(letters(await waiting.until('Z'))).toBe('EZ');
});

test('clients that come and go leave nothing behind', async () => {
  const { login, host, server } = await start({ maxConnections: 5 });
  for (let n = 0; n < 100; n++) {
    const raw = await login();
    if (n % 3 === 0) raw.destroy();
    else raw.send(client.terminate());
    await expect.poll(() => host.last.closed, { interval: 1 }).toBe(true);
  }
  expect(host.sessions).toHaveLength(100);
  await server.close(0);
});
