import { expect, test } from 'vitest';
import { client, letters, RawClient, textRows } from '../wire/raw-client.js';
import { liveMemory } from './live-memory.js';
import { exchange, failure, value, wholeServer } from './whole-server.js';

/** Many clients of one whole server. WIRE_CYCLES asks for more comings and goings than a test run has time for. */

const server = wholeServer();
const cycles = Number(process.env.WIRE_CYCLES ?? 10_000);

test('two hundred clients at once: each has its own settings, tables, statements, transaction and answers', async () => {
  const clients = await Promise.all(Array.from({ length: 200 }, () => server.raw()));
  const { raw: admin } = await server.raw();
  await admin.query('CREATE TABLE common (n int)');
  await Promise.all(
    clients.map(async ({ raw, processId }, n) => {
      await raw.query(`CREATE TEMP TABLE mine (n int); INSERT INTO mine VALUES (${n})`);
      await raw.query(`SET query_group TO 'group ${n}'`);
      await exchange(raw, client.parse(`SELECT n, ${n}, $1 FROM mine`, { name: 'same' }));
      expect(letters(await raw.query(`BEGIN; INSERT INTO common VALUES (${n})`))).toBe('CCZ');
      for (let round = 0; round < 3; round++) {
        const answer = await exchange(
          raw,
          client.bind({ statement: 'same', parameters: [`round ${round}`] }),
          client.execute(),
        );
        expect(textRows(answer)).toEqual([[String(n), String(n), `round ${round}`]]);
      }
      expect(await value(raw, 'SELECT count(*) FROM common')).toBe('1');
      expect(await value(raw, 'SHOW query_group')).toBe(`group ${n}`);
      expect(await value(raw, 'SELECT pg_backend_pid()')).toBe(String(processId));
      await raw.query(n % 2 === 0 ? 'COMMIT' : 'ROLLBACK');
    }),
  );
  expect(new Set(clients.map(({ processId }) => processId)).size).toBe(200);
  expect(await value(admin, 'SELECT count(*) FROM stv_sessions')).toBe('201');
  expect(await value(admin, 'SELECT count(*) || $$ $$ || count(DISTINCT n) || $$ $$ || sum(n % 2) FROM common')).toBe(
    '100 100 0',
  );
  for (const { raw } of clients) raw.send(client.terminate());
  await expect.poll(() => value(admin, 'SELECT count(*) FROM stv_sessions'), { timeout: 60_000 }).toBe('1');
}, 120_000);

test('at the limit the next client is told 53300, and CancelRequest still gets through', async () => {
  const { raw: first, processId, secretKey } = await server.raw();
  const held = [first];
  for (;;) {
    const raw = await server.connect();
    raw.send(client.startup());
    const greeting = await raw.until('Z');
    if (greeting.at(-1)?.type === 'Z') {
      held.push(raw);
      continue;
    }
    const error = greeting.find(({ type }) => type === 'E')?.body.toString();
    expect(error).toContain('C53300\0Mconnection limit "500" exceeded for non-bootstrap users');
    expect(greeting.map(({ type }) => type).join('')).toBe('E');
    break;
  }
  expect(held.length).toBe(500);
  first.send(
    client.query(
      'SELECT count(*) FROM generate_series(1, 1000000) a(x), generate_series(1, 1000000) b(y) WHERE x + y = -1',
    ),
  );
  const again = setInterval(() => {
    void RawClient.connect(server.port).then((request) => request.send(client.cancel(processId, secretKey)));
  }, 50);
  expect(letters(await first.until('Z'))).toMatch(/EZ$/);
  clearInterval(again);
  for (const raw of held.slice(1)) raw.send(client.terminate());
  // A place that became free can be taken.
  await expect.poll(() => value(first, 'SELECT count(*) FROM stv_sessions'), { timeout: 60_000 }).toBe('1');
  expect(await failure((await server.raw()).raw, 'SELECT 1')).toBeUndefined();
}, 120_000);

test(`${cycles.toLocaleString('en')} clients come and go, in every way: memory stays where it is`, async () => {
  const share = Math.ceil(cycles / 10);
  await comeAndGo(share);
  const samples = [liveMemory()];
  for (let part = 1; part < 10; part++) {
    await comeAndGo(share);
    samples.push(liveMemory());
  }
  const { raw } = await server.raw();
  await expect.poll(() => value(raw, 'SELECT count(*) FROM stv_sessions'), { timeout: 60_000 }).toBe('1');
  // What a client leaves behind, by the median of the later samples against that of the earlier ones, so that no single
  // sample decides.
  const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
  const later = samples.slice(-3);
  const earlier = samples.slice(3, 6);
  for (const measure of ['heap', 'resident'] as const) {
    const grown = median(later.map((sample) => sample[measure])) - median(earlier.map((sample) => sample[measure]));
    expect(grown / (share * 4), measure).toBeLessThan(measure === 'heap' ? 600 : 8_000);
  }
}, 600_000);

/** Clients that say goodbye, that just go, that go in the middle of a result, and that never log in. */
async function comeAndGo(count: number): Promise<void> {
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < count) {
      const way = next++ % 5;
      const raw = await RawClient.connect(server.port);
      if (way === 4) {
        raw.send(client.startup().subarray(0, 12));
        raw.destroy();
        continue;
      }
      raw.send(client.startup());
      await raw.until('Z');
      if (way === 1) await raw.query('CREATE TEMP TABLE mine (n int); BEGIN; INSERT INTO mine VALUES (1)');
      if (way === 2) {
        raw.send(client.query('SELECT n FROM generate_series(1, 4000) AS g(n)'));
        await raw.next();
      }
      if (way === 3) {
        raw.send(client.terminate());
        await raw.until('never');
      }
      raw.destroy();
    }
  };
  await Promise.all(Array.from({ length: 8 }, one));
}
