import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { TypeId } from '../../sql-dialect/types/redshift-type.js';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { binaryFormatOf } from '../../src/wire/formats/type-formats.js';
import { cells, client, fields, letters, RawClient, type ServerMessage, text, textRows } from '../wire/raw-client.js';
import { noStreams } from './no-streams.js';

/** Messages that drivers send, one by one, against a whole server. */

let duckshift: Duckshift;
beforeAll(async () => {
  duckshift = await startDuckshift(noStreams);
});
afterAll(() => duckshift.stop());

function port(): number {
  return Number(new URL(duckshift.connectionString).port);
}

interface Login {
  readonly raw: RawClient;
  readonly processId: number;
  readonly secretKey: number;
}

async function login(): Promise<Login> {
  const raw = await RawClient.connect(port());
  onTestFinished(() => raw.destroy());
  raw.send(client.startup());
  const key = (await raw.until('Z')).find(({ type }) => type === 'K')?.body;
  return { raw, processId: key?.readInt32BE(0) ?? 0, secretKey: key?.readInt32BE(4) ?? 0 };
}

async function exchange(raw: RawClient, ...messages: Buffer[]): Promise<ServerMessage[]> {
  raw.send(...messages, client.sync());
  return raw.until('Z');
}

const run = (sql: string): Buffer[] => [client.parse(sql), client.bind(), client.execute()];

async function value(raw: RawClient, sql: string): Promise<string | null | undefined> {
  return textRows(await raw.query(sql))[0]?.[0];
}

test('a pipeline stands or falls as one', async () => {
  const { raw } = await login();
  await raw.query('CREATE TABLE piped (a int)');
  const failed = await exchange(raw, ...run('INSERT INTO piped VALUES (1)'), ...run('SELECT a / 0 FROM piped'));
  expect(letters(failed)).toMatch(/^12C12EZ$/);
  expect(await value(raw, 'SELECT count(*) FROM piped')).toBe('0');
  const done = await exchange(
    raw,
    ...run('INSERT INTO piped VALUES (1)'),
    ...run('INSERT INTO piped SELECT a + 1 FROM piped'),
  );
  expect(letters(done)).toBe('12C12CZ');
  expect(await value(raw, 'SELECT sum(a) FROM piped')).toBe('3');
  // BEGIN in the pipeline: what follows its Sync is still in the transaction.
  await exchange(raw, ...run('BEGIN'), ...run('INSERT INTO piped VALUES (10)'));
  expect(text((await exchange(raw, ...run('INSERT INTO piped VALUES (20)'))).at(-1))).toBe('T');
  await exchange(raw, ...run('ROLLBACK'));
  expect(await value(raw, 'SELECT sum(a) FROM piped')).toBe('3');
});

test('as AWS drivers do: every statement named and described first, Flush after each message', async () => {
  const { raw } = await login();
  await exchange(
    raw,
    client.parse('begin transaction', { name: 'b' }),
    client.flush(),
    client.describeStatement('b'),
    client.flush(),
  );
  const begun = await exchange(raw, client.bind({ statement: 'b' }), client.flush(), client.execute(), client.flush());
  expect(letters(begun)).toBe('2CZ');
  expect(text(begun.at(-1))).toBe('T');
  const described = await exchange(
    raw,
    client.parse('SELECT $1 + 1 AS next', { name: 'q', oids: [23] }),
    client.flush(),
    client.describeStatement('q'),
    client.flush(),
  );
  expect(letters(described)).toBe('1tTZ');
  const binary = { parameters: [Buffer.from([0, 0, 0, 41])], formats: [1], resultFormats: [1] };
  const answer = await exchange(
    raw,
    client.bind({ statement: 'q', ...binary }),
    client.flush(),
    client.execute(),
    client.flush(),
  );
  expect(letters(answer)).toBe('2DCZ');
  expect(answer[1] && cells(answer[1])).toEqual([Buffer.from([0, 0, 0, 42])]);
  expect(text((await exchange(raw, ...run('rollback'))).at(-1))).toBe('I');
});

test('rows by the portion, in a transaction', async () => {
  const { raw } = await login();
  await raw.query('CREATE TABLE portions (a int)');
  await raw.query('INSERT INTO portions VALUES (1),(2),(3),(4),(5),(6),(7)');
  await raw.query('BEGIN');
  const parts: (string | null | undefined)[][] = [];
  const first = await exchange(
    raw,
    client.parse('SELECT a FROM portions ORDER BY a'),
    client.bind({ portal: 'c' }),
    client.execute('c', 3),
  );
  parts.push(textRows(first).map(([a]) => a));
  // Other statements in between do not disturb it.
  await raw.query('INSERT INTO portions VALUES (0)');
  for (let n = 0; n < 2; n++) parts.push(textRows(await exchange(raw, client.execute('c', 3))).map(([a]) => a));
  expect(parts).toEqual([['1', '2', '3'], ['4', '5', '6'], ['7']]);
  await raw.query('COMMIT');
});

test('a value declared NUMERIC keeps its decimals', async () => {
  const { raw } = await login();
  const answer = await exchange(
    raw,
    client.parse('SELECT $1 + 1, $1 = 1.55', { oids: [1700] }),
    client.bind({ parameters: ['1.55'] }),
    client.execute(),
  );
  expect(textRows(answer)).toEqual([['2.55', 't']]);
});

test('binary results say what text results say', async () => {
  const { raw } = await login();
  const values: readonly (readonly [TypeId, string])[] = [
    ['bool', 'true'],
    ['int2', '(-2)::smallint'],
    ['int4', '123456'],
    ['int8', '9000000000::bigint'],
    ['numeric', '(-12345.678)::numeric(12,4)'],
    ['float4', '1.5::real'],
    ['float8', '0.1::float8'],
    ['varchar', "'ünï'::varchar"],
    ['char', "'ab'::char(4)"],
    ['date', "'2024-02-29'::date"],
    ['timestamp', "'1999-12-31 23:59:59.25'::timestamp"],
    ['timestamptz', "'2024-02-29 12:00:00+02'::timestamptz"],
    ['super', 'JSON_PARSE(\'{"a":1}\')'],
    ['varbyte', "to_varbyte('ff00', 'hex')"],
  ];
  const sql = `SELECT ${values.map(([id, expression]) => `${expression} AS c_${id}`).join(', ')}`;
  const asText = textRows(await exchange(raw, ...run(sql)))[0] ?? [];
  const binary = await exchange(raw, client.parse(sql), client.bind({ resultFormats: [1] }), client.execute());
  const row = binary.find(({ type }) => type === 'D');
  const decoded = (row === undefined ? [] : cells(row)).map((cell, index) => {
    const id = values[index]?.[0] ?? 'unknown';
    return cell && binaryFormatOf({ id })?.decode(cell);
  });
  expect(decoded).toEqual(asText);
  expect(asText).toHaveLength(values.length);
});

test('CancelRequest stops a statement, for its own session only', async () => {
  const { raw, processId, secretKey } = await login();
  const other = await login();
  await raw.query('CREATE TABLE ten (d int)');
  await raw.query('INSERT INTO ten VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)');
  const from = Array.from({ length: 14 }, (_, n) => `ten t${n}`).join(', ');
  raw.send(client.query(`SELECT count(*) FROM ${from} WHERE t0.d + t1.d < t2.d`));
  const cancel = async (): Promise<void> => {
    const request = await RawClient.connect(port());
    request.send(client.cancel(processId, secretKey));
    await request.next();
  };
  // It may not have begun when the first request comes.
  const again = setInterval(() => void cancel(), 100);
  const answer = await raw.until('Z');
  clearInterval(again);
  expect(fields(answer.find(({ type }) => type === 'E'))).toMatchObject({ C: '57014' });
  expect(await value(other.raw, 'SELECT 1')).toBe('1');
  await expect.poll(() => value(raw, 'SELECT 2')).toBe('2');
});

test('a client that vanishes in the middle of a long statement gives its session back', async () => {
  const { raw, processId } = await login();
  const { raw: other } = await login();
  await raw.query('CREATE TABLE many (d int)');
  await raw.query('INSERT INTO many VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)');
  const from = Array.from({ length: 14 }, (_, n) => `many t${n}`).join(', ');
  const sessions = (): Promise<string | null | undefined> =>
    value(other, `SELECT count(*) FROM stv_sessions WHERE process = ${processId}`);
  expect(await sessions()).toBe('1');
  raw.send(client.query(`SELECT count(*) FROM ${from} WHERE t0.d + t1.d < t2.d`));
  raw.destroy();
  await expect.poll(sessions, { timeout: 10_000 }).toBe('0');
});

test('a parameter type that nothing tells, and one the client tells wrongly', async () => {
  const { raw } = await login();
  const free = await exchange(
    raw,
    client.parse('SELECT $1 AS given'),
    client.describeStatement(),
    client.bind({ parameters: ['x'] }),
    client.execute(),
  );
  expect(textRows(free)).toEqual([['x']]);
  const wrong = await exchange(
    raw,
    client.parse('SELECT $1 + 1', { oids: [23] }),
    client.bind({ parameters: ['x'] }),
    client.execute(),
  );
  expect(fields(wrong.find(({ type }) => type === 'E'))).toMatchObject({ S: 'ERROR', C: '22P02' });
});
