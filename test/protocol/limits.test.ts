import { expect, test } from 'vitest';
import { client, fields, letters } from '../wire/raw-client.js';
import { exchange, value, wholeServer } from './whole-server.js';

/** How much a client may send at once. */

const server = wholeServer();
const most = 16 * 1024 * 1024;

test('a statement of more than 16 MiB is refused in Redshift’s words, one of just that size is not', async () => {
  const { raw } = await server.raw();
  const sized = (bytes: number): string => `SELECT 1 -- ${'ü'.repeat((bytes - 12) >> 1)}`;
  expect(Buffer.byteLength(sized(most))).toBe(most);
  expect(letters(await raw.query(sized(most)))).toBe('TDCZ');
  const over = {
    C: '42601',
    M: `Statement is too large. Statement Size: ${most + 2} bytes. Maximum Allowed: ${most} bytes`,
  };
  expect(fields((await raw.query(sized(most + 2)))[0])).toMatchObject({ S: 'ERROR', ...over });
  expect(fields((await exchange(raw, client.parse(sized(most + 2))))[0])).toMatchObject(over);
  expect(await value(raw, 'SELECT 2')).toBe('2');
}, 60_000);

test('values may be larger than statements, up to 64 MiB a message; what is longer ends the connection', async () => {
  const { raw } = await server.raw();
  const long = Buffer.alloc(20 * 1024 * 1024, 'x');
  const answer = await exchange(
    raw,
    client.parse("SELECT len($1) > 0, $1 LIKE 'xx%'"),
    client.bind({ parameters: [long] }),
    client.execute(),
  );
  expect(letters(answer)).toBe('12DCZ');
  raw.send(Buffer.concat([Buffer.from('B'), Buffer.from([0x04, 0, 0, 1])]));
  expect(fields(await raw.next())).toMatchObject({ S: 'FATAL', C: '54000' });
  expect(await raw.next()).toBeUndefined();
}, 60_000);

test('names of statements and portals, and the number of parameters', async () => {
  const { raw } = await server.raw();
  const name = 'n'.repeat(5_000);
  const long = await exchange(
    raw,
    client.parse('SELECT 1', { name }),
    client.bind({ statement: name, portal: name }),
    client.describePortal(name),
    client.execute(name),
    client.closeStatement(name),
  );
  expect(letters(long)).toBe('12TDC3Z');
  const many = 2_000;
  const list = Array.from({ length: many }, (_, n) => `$${n + 1}`).join(', ');
  const answer = await exchange(
    raw,
    client.parse(`SELECT count(*) FROM generate_series(1, 5) AS g(n) WHERE n IN (${list})`),
    client.bind({ parameters: Array.from({ length: many }, (_, n) => String(n)) }),
    client.execute(),
  );
  expect(letters(answer)).toBe('12DCZ');
}, 60_000);
