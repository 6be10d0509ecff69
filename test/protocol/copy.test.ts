import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { client, fields, letters } from '../wire/raw-client.js';
import { exchange, value, wholeServer } from './whole-server.js';

/**
 * COPY FROM STDIN is refused, and every client can go on afterwards, whatever it sends in the belief that it was not.
 */

const server = wholeServer();
const message = 'LOAD source is not supported. (Hint: only S3 or DynamoDB or EMR based load is allowed)';

const forms = [
  'COPY loaded FROM STDIN',
  'COPY loaded (a) FROM STDIN',
  'COPY loaded FROM STDIN WITH (FORMAT csv, HEADER true)',
  'COPY loaded FROM STDIN (FORMAT BINARY)',
  'COPY loaded FROM STDIN WITH BINARY',
  "COPY loaded FROM STDIN WITH CSV DELIMITER ';' QUOTE '\"'",
  'COPY loaded FROM stdin;',
];

test.each(forms)('%s', async (sql) => {
  const { raw } = await server.raw();
  const simple = await raw.query(sql);
  expect(letters(simple)).toBe('EZ');
  expect(fields(simple[0])).toMatchObject({ S: 'ERROR', C: '0A000', M: message });
  // What clients send who do not wait for CopyInResponse.
  raw.send(client.message('d', Buffer.from('1\n2\n')), client.message('c'), client.query('SELECT 1'));
  expect(letters(await raw.until('Z'))).toBe('TDCZ');
  raw.send(client.message('d', Buffer.from('1\n')), client.message('f', Buffer.from('no\0')), client.query('SELECT 1'));
  expect(letters(await raw.until('Z'))).toBe('TDCZ');
});

test('in the extended protocol: one error, the data is skipped, and Sync ends it', async () => {
  const { raw } = await server.raw();
  const copy = [client.parse(forms[0] ?? ''), client.bind(), client.describePortal(), client.execute()];
  expect(letters(await exchange(raw, ...copy))).toBe('EZ');
  raw.send(...copy, client.flush());
  expect(fields(await raw.next())).toMatchObject({ C: '0A000', M: message });
  const rest = await exchange(raw, client.message('d', Buffer.alloc(100_000, '1\n')), client.message('c'));
  expect(letters(rest)).toBe('Z');
  expect(await value(raw, 'SELECT 1')).toBe('1');
});

test('it fails the transaction it is in, and the text it is part of', async () => {
  const { raw } = await server.raw();
  await raw.query('CREATE TABLE loaded (a int)');
  await raw.query('BEGIN');
  expect(fields((await raw.query('COPY loaded FROM STDIN'))[0])).toMatchObject({ C: '0A000' });
  expect(fields((await raw.query('SELECT 1'))[0])).toMatchObject({ C: '25P02' });
  await raw.query('ROLLBACK');
  expect(letters(await raw.query('INSERT INTO loaded VALUES (1); COPY loaded FROM STDIN; SELECT 1'))).toBe('CEZ');
  expect(await value(raw, 'SELECT count(*) FROM loaded')).toBe('0');
});

test('COPY from S3 names itself', async () => {
  const { raw } = await server.raw();
  const answer = await raw.query("COPY loaded FROM 's3://bucket/key' IAM_ROLE default");
  expect(fields(answer[0])).toMatchObject({ C: '0A000', M: 'COPY is not supported' });
});

test('psql: \\copy and COPY with data in the script say so, and the script goes on', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'duckshift-copy-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const data = join(directory, 'rows.csv');
  await writeFile(data, '1\n2\n3\n');
  const script = `CREATE TABLE copied (a int);\n\\copy copied FROM '${data}' WITH CSV\nCOPY copied FROM STDIN;\nSELECT count(*) FROM copied;\n`;
  const { out, err } = await psql(script);
  expect(out).toBe('CREATE TABLE\n0\n');
  expect(err.match(/ERROR: {2}LOAD source is not supported/g)).toHaveLength(2);
});

function psql(script: string): Promise<{ readonly out: string; readonly err: string }> {
  const connection = `host=127.0.0.1 port=${server.port} user=awsuser dbname=dev`;
  return new Promise((resolve) => {
    const child = execFile('psql', ['-X', '-At', connection], (_error, out, err) => resolve({ out, err }));
    child.stdin?.end(script);
  });
}
