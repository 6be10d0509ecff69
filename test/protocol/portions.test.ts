import { expect, test } from 'vitest';
import { client, fields, letters, RawClient as Raw, type RawClient, text, textRows } from '../wire/raw-client.js';
import { liveMemory } from './live-memory.js';
import { exchange, failure, run, value, wholeServer } from './whole-server.js';

/** Rows in portions: portals and cursors, what ends them, and what a client that does not read costs. */

const server = wholeServer();
const series = (count: number): string =>
  `SELECT n, 'row ' || n::varchar AS label FROM generate_series(1, ${count}) AS g(n)`;
const numbers = (messages: Awaited<ReturnType<typeof exchange>>) => textRows(messages).map(([n]) => Number(n));
const upTo = (low: number, high: number) => Array.from({ length: high - low + 1 }, (_, n) => low + n);

test('several portals side by side, each at its own place', async () => {
  const { raw } = await server.raw();
  await raw.query('BEGIN');
  await exchange(raw, client.parse(series(10), { name: 's' }));
  await exchange(raw, client.bind({ portal: 'a', statement: 's' }), client.bind({ portal: 'b', statement: 's' }));
  expect(numbers(await exchange(raw, client.execute('a', 3)))).toEqual([1, 2, 3]);
  expect(numbers(await exchange(raw, client.execute('b', 2)))).toEqual([1, 2]);
  expect(numbers(await exchange(raw, client.execute('a', 4)))).toEqual([4, 5, 6, 7]);
  // The statement may go: its portals keep what they have.
  await exchange(raw, client.closeStatement('s'));
  const rest = await exchange(raw, client.execute('b', 0));
  expect(numbers(rest)).toEqual(upTo(3, 10));
  expect(text(rest.at(-2))).toBe('SELECT 8');
  expect(letters(await exchange(raw, client.closePortal('a')))).toBe('3Z');
  expect(fields((await exchange(raw, client.execute('a', 1)))[0])).toMatchObject({ C: '34000' });
});

test('an exact number of rows: suspended once more, then complete with none', async () => {
  const { raw } = await server.raw();
  const answer = await exchange(
    raw,
    client.parse(series(4)),
    client.bind(),
    client.execute('', 4),
    client.execute('', 4),
  );
  expect(letters(answer)).toBe('12DDDDsCZ');
  expect(text(answer.at(-2))).toBe('SELECT 0');
});

test('a simple Query ends the unnamed portal, a named one goes on', async () => {
  const { raw } = await server.raw();
  await raw.query('BEGIN');
  await exchange(raw, client.parse(series(9), { name: 's' }));
  await exchange(raw, client.bind({ statement: 's' }), client.execute('', 1));
  await exchange(raw, client.bind({ portal: 'kept', statement: 's' }), client.execute('kept', 1));
  await raw.query('SELECT 1');
  expect(numbers(await exchange(raw, client.execute('kept', 1)))).toEqual([2]);
  expect(fields((await exchange(raw, client.execute('', 1)))[0])).toMatchObject({ C: '34000' });
});

test('an error ends the portals of its transaction', async () => {
  const { raw } = await server.raw();
  await raw.query('BEGIN');
  await exchange(raw, client.parse(series(9)), client.bind({ portal: 'c' }), client.execute('c', 1));
  await raw.query('SELECT 1/0');
  expect(letters(await exchange(raw, client.execute('c', 1)))).toBe('EZ');
  await raw.query('ROLLBACK');
});

test('DECLARE and FETCH as portals: described, by the portion, in binary', async () => {
  const { raw } = await server.raw();
  await exchange(raw, ...run('BEGIN'), ...run(`DECLARE c CURSOR FOR ${series(20)}`));
  const first = await exchange(
    raw,
    client.parse('FETCH 5 FROM c'),
    client.describeStatement(),
    client.bind({ resultFormats: [1, 0] }),
    client.execute('', 2),
    client.execute('', 2),
    client.execute('', 0),
  );
  expect(letters(first)).toBe('1tT2DDsDDsDCZ');
  // 8 bytes each: the column is a bigint.
  expect(first.filter(({ type }) => type === 'D').map(({ body }) => Number(body.readBigInt64BE(6)))).toEqual(
    upTo(1, 5),
  );
  expect(numbers(await raw.query('FETCH FORWARD 3 FROM c'))).toEqual([6, 7, 8]);
  expect(numbers(await raw.query('FETCH NEXT FROM c'))).toEqual([9]);
  expect(numbers(await raw.query('FETCH ALL FROM c'))).toEqual(upTo(10, 20));
  const none = await raw.query('FETCH 1 FROM c');
  expect(letters(none)).toBe('TCZ');
  expect(text(none[1])).toBe('FETCH 0');
});

test('a FETCH that is still being read keeps its rows from the next one, and from CLOSE', async () => {
  const { raw } = await server.raw();
  await raw.query('BEGIN');
  await raw.query(`DECLARE c CURSOR FOR ${series(5000)}`);
  await exchange(raw, client.parse('FETCH 3000 FROM c'), client.bind({ portal: 'first' }), client.execute('first', 2));
  expect(numbers(await raw.query('FETCH 2 FROM c'))).toEqual([3001, 3002]);
  expect(numbers(await exchange(raw, client.execute('first', 2)))).toEqual([3, 4]);
  await exchange(raw, client.parse('FETCH ALL FROM c'), client.bind({ portal: 'rest' }), client.execute('rest', 1));
  await raw.query('CLOSE c');
  expect(numbers(await exchange(raw, client.execute('rest', 0)))).toEqual(upTo(3004, 5000));
  expect(numbers(await exchange(raw, client.execute('first', 0)))).toEqual(upTo(5, 3000));
  // Rows that nobody reads are skipped all the same.
  await raw.query(`DECLARE d CURSOR FOR ${series(100)}`);
  await exchange(raw, client.parse('FETCH 50 FROM d'), client.bind({ portal: 'left' }), client.execute('left', 1));
  await exchange(raw, client.closePortal('left'));
  expect(numbers(await raw.query('FETCH 1 FROM d'))).toEqual([51]);
  await raw.query('COMMIT');
});

test('a cursor ends with its transaction, one WITH HOLD when it is rolled back', async () => {
  const { raw } = await server.raw();
  expect(await failure(raw, 'DECLARE c CURSOR FOR SELECT 1')).toMatch(/^25P01/);
  await raw.query('BEGIN');
  await raw.query(`DECLARE c CURSOR FOR ${series(9)}`);
  expect(await failure(raw, 'DECLARE c CURSOR FOR SELECT 1')).toMatch(/^42P03/);
  await raw.query('ROLLBACK');
  expect(await failure(raw, 'FETCH 1 FROM c')).toMatch(/^34000/);
  await raw.query('BEGIN');
  await raw.query(`DECLARE h CURSOR WITH HOLD FOR ${series(9)}`);
  await raw.query('FETCH 2 FROM h');
  await raw.query('COMMIT');
  expect(numbers(await raw.query('FETCH 2 FROM h'))).toEqual([3, 4]);
  await raw.query('CLOSE h');
  expect(await failure(raw, 'CLOSE h')).toMatch(/^34000/);
});

const big = 1_500_000;
const reads: readonly (readonly [string, (raw: RawClient) => Promise<void>])[] = [
  ['a simple query', async (raw) => raw.send(client.query(series(big)))],
  ['a portal', async (raw) => raw.send(...run(series(big)), client.sync())],
  [
    'FETCH ALL from a cursor',
    async (raw) => {
      await raw.query('BEGIN');
      await raw.query(`DECLARE c CURSOR FOR ${series(big)}`);
      raw.send(client.query('FETCH ALL FROM c'));
    },
  ],
];

test.each(reads)(
  '%s whose client does not read: little is buffered, others go on, and it can be cancelled',
  async (_name, start) => {
    const { raw, processId, secretKey } = await server.raw();
    const { raw: other } = await server.raw();
    const before = liveMemory().buffers;
    await start(raw);
    // The first row shows that the engine is done and the sending has begun.
    await raw.next();
    raw.pause();
    for (let n = 0; n < 200; n++) expect(await value(other, 'SELECT 1')).toBe('1');
    // The rows are about 40 MB; the sockets and the server may hold a few.
    expect(liveMemory().buffers - before).toBeLessThan(16 * 1024 * 1024);
    const request = await Raw.connect(server.port);
    request.send(client.cancel(processId, secretKey));
    await request.next();
    raw.resume();
    const error = (await raw.until('Z')).find(({ type }) => type === 'E');
    expect(fields(error)).toMatchObject({ C: '57014', M: "Query cancelled on user's request" });
    await raw.query('ROLLBACK');
    expect(await value(raw, 'SELECT 2')).toBe('2');
  },
  120_000,
);

test.each([
  ['pg_cancel_backend', "Query cancelled on user's request"],
  ['statement_timeout', 'canceling statement due to statement timeout'],
])(
  '%s reaches a statement whose rows are on their way',
  async (how, message) => {
    const { raw, processId } = await server.raw();
    const { raw: other } = await server.raw();
    if (how === 'statement_timeout') await raw.query('SET statement_timeout TO 1500');
    raw.send(client.query(series(big)));
    const first = await raw.next();
    raw.pause();
    if (how === 'pg_cancel_backend') expect(await value(other, `SELECT pg_cancel_backend(${processId})`)).toBe('t');
    else await new Promise((resolve) => setTimeout(resolve, 1_700));
    raw.resume();
    const error = [...(first === undefined ? [] : [first]), ...(await raw.until('Z'))].find(({ type }) => type === 'E');
    expect(fields(error)).toMatchObject({ C: '57014', M: message });
    await raw.query('RESET statement_timeout');
    expect(await value(raw, 'SELECT 2')).toBe('2');
  },
  120_000,
);
