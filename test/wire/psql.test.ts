import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onePassword } from '../../src/wire/auth/authentication.js';
import { createServerIdentity } from '../../src/wire/tls/certificate.js';
import { startWireServer as start } from './wire-fixture.js';

const identity = createServerIdentity(new Date());
const tls = { mode: 'on', key: identity.privateKey, cert: identity.certificate } as const;
let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'duckshift-psql-'));
  await writeFile(join(directory, 'ca.crt'), identity.ca);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

function psql(port: number, settings: string, ...args: string[]): Promise<Outcome> {
  const connection = `host=localhost hostaddr=127.0.0.1 port=${port} user=awsuser dbname=dev ${settings}`;
  const env = { ...process.env, PGPASSWORD: 'secret', PGSSLROOTCERT: join(directory, 'ca.crt') };
  return new Promise((resolve) => {
    execFile('psql', ['-X', '-At', connection, ...args], { env, maxBuffer: 1 << 28 }, (error, out, err) => {
      resolve({ status: error === null ? 0 : Number(error.code), out, err });
    });
  });
}

test('rows, tags, notices, positions and a new start after an error', async () => {
  const { port } = await start();
  const commands = ['rows 8', 'insert', 'notice hello', 'fail 42703', 'rows 1'].flatMap((sql) => ['-c', sql]);
  const { out, err } = await psql(port, '', ...commands);
  expect(out).toBe(
    '1|name 1\n2|name 2\n3|name 3\n4|name 4\n5|name 5\n6|name 6\n7|\n8|name 8\nINSERT 0 1\nREFRESH\n1|name 1\n',
  );
  expect(err).toBe('INFO:  hello\nERROR:  failed with 42703\nLINE 1: fail 42703\n             ^\n');
});

test.each(['disable', 'prefer', 'require', 'verify-full'])('sslmode=%s', async (mode) => {
  const { port } = await start({ tls });
  const { status, out } = await psql(port, `sslmode=${mode}`, '-c', '\\conninfo', '-c', 'rows 1');
  expect(status).toBe(0);
  expect(out).toContain('1|name 1');
  expect(out.includes('SSL connection')).toBe(mode !== 'disable');
});

test('--tls require and --tls off, each told plainly', async () => {
  const required = await start({ tls: { ...tls, mode: 'require' } });
  expect((await psql(required.port, 'sslmode=disable', '-c', 'rows 1')).err).toContain(
    'FATAL:  SSL connection is required',
  );
  expect((await psql(required.port, 'sslmode=require', '-c', 'rows 1')).out).toBe('1|name 1\n');
  const off = await start();
  expect((await psql(off.port, 'sslmode=require', '-c', 'rows 1')).err).toContain('server does not support SSL');
  expect((await psql(off.port, 'sslmode=prefer', '-c', 'rows 1')).out).toBe('1|name 1\n');
});

test.each(['md5', 'scram-sha-256'] as const)('password by %s', async (method) => {
  const right = await start({ authenticate: onePassword('awsuser', 'secret', method) });
  expect((await psql(right.port, '', '-c', 'rows 1')).out).toBe('1|name 1\n');
  const wrong = await start({ authenticate: onePassword('awsuser', 'other', method) });
  const { status, err } = await psql(wrong.port, '', '-c', 'rows 1');
  expect(status).toBe(2);
  expect(err).toContain('FATAL:  password authentication failed for user "awsuser"');
});

test('a hundred thousand rows, over TLS', async () => {
  const { port } = await start({ tls });
  const { out } = await psql(port, 'sslmode=require', '-c', 'rows 100000');
  const lines = out.trimEnd().split('\n');
  expect(lines).toHaveLength(100_000);
  expect(lines[99_999]).toBe('100000|name 100000');
});

test('\\gdesc asks for a description without running anything', async () => {
  const { port, host } = await start({}, (sql) =>
    sql.startsWith('SELECT name AS "Column"')
      ? {
          columns: [
            { label: 'Column', type: { id: 'name' } },
            { label: 'Type', type: { id: 'text' } },
          ],
          run: () => ({ tag: 'SELECT', rows: [['n', 'integer']] }),
        }
      : undefined,
  );
  await writeFile(join(directory, 'gdesc.sql'), 'rows 3 \\gdesc\n');
  const { out } = await psql(port, '', '-f', join(directory, 'gdesc.sql'));
  expect(out).toBe('n|integer\n');
  expect(host.last.calls.filter((call) => call.startsWith('execute rows'))).toEqual([]);
});
