import { expect, test } from 'vitest';
import { client, letters } from './raw-client.js';
import { column, type Script } from './session-double.js';
import { startWireServer as start } from './wire-fixture.js';

/** Counts the rows taken from the result, which is far larger than any buffer. */
function wideRows(count: number): { script: Script; taken: () => number } {
  let taken = 0;
  function* rows(): Generator<readonly string[]> {
    const text = 'x'.repeat(1_000);
    for (; taken < count; taken++) yield [text];
  }
  return {
    script: { columns: [column('x', 'varchar')], run: () => ({ tag: 'SELECT', rows: rows(), chunkRows: 100 }) },
    taken: () => taken,
  };
}

test('a client that does not read holds up its own result only, and memory stays bounded', async () => {
  const { script, taken } = wideRows(200_000);
  const { login } = await start({}, (sql) => (sql === 'wide' ? script : undefined));
  const slow = await login();
  slow.pause();
  slow.send(client.query('wide'));
  const quick = await login();
  let before = -1;
  while (taken() !== before) {
    before = taken();
    for (let n = 0; n < 20; n++) expect(letters(await quick.query('rows 1'))).toBe('TDCZ');
  }
  // What fits into the sockets' buffers and ours: a few megabytes of the 200.
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(20_000);
  slow.resume();
  let rows = 0;
  for (let message = await slow.next(); message?.type !== 'Z'; message = await slow.next()) {
    if (message?.type === 'D') rows++;
  }
  expect(rows).toBe(200_000);
});

test('input that cannot be handled yet waits in the client', async () => {
  const { login, host } = await start();
  const raw = await login();
  raw.send(client.query('wait'));
  const insert = client.query(`insert ${'x'.repeat(50_000)}`);
  for (let n = 0; n < 400; n++) raw.send(insert);
  await expect.poll(() => host.last.calls.length).toBe(1);
  const quick = await login();
  for (let n = 0; n < 50; n++) await quick.query('rows 1');
  expect(raw.unsent).toBeGreaterThan(5_000_000);
  host.sessions[0]?.cancel();
  expect(letters(await raw.until('Z'))).toBe('EZ');
  for (let n = 0; n < 400; n++) expect(letters(await raw.until('Z'))).toBe('CZ');
});
