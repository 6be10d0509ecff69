import { execFile, spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';

/** What `duckshift start` prints is what clients need: the printed settings are used as they are. */

const launcher = join(import.meta.dirname, '../../dist/src/cli/launcher.cjs');

async function start(...flags: readonly string[]): Promise<string> {
  const child = spawn(
    process.execPath,
    [launcher, 'start', '--port', '0', '--http-port', '0', '--kinesis-endpoint', 'http://127.0.0.1:1', ...flags],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = new Promise((resolve) => child.once('exit', resolve));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await exited;
  });
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes('SSL_CERT_FILE')) resolve();
    });
    child.once('exit', () => reject(new Error(`the server ended: ${printed}`)));
  });
  return printed;
}

const after = (printed: string, label: string): string =>
  new RegExp(`^ +${label} +(.*)$`, 'm').exec(printed)?.[1] ?? `nothing for ${label}`;

function psql(settings: string): Promise<{ readonly out: string; readonly err: string }> {
  return new Promise((resolve) => {
    execFile(
      'psql',
      ['-X', '-At', '-c', 'SELECT 7', settings],
      { env: { ...process.env, PGPASSWORD: 'Secret-1' } },
      (_e, out, err) => resolve({ out, err }),
    );
  });
}

test('the certificate file and the settings of each client; --tls require, --user, --password, --auth', async () => {
  const printed = await start(
    '--tls',
    'require',
    '--user',
    'awsuser',
    '--password',
    'Secret-1',
    '--auth',
    'scram-sha-256',
  );
  const port = /-p (\d+)/.exec(after(printed, 'SQL'))?.[1] ?? '';
  const [, ca = ''] = /^ +TLS +required; the certificate to trust is (.*)$/m.exec(printed) ?? [];
  expect(new X509Certificate(await readFile(ca)).ca).toBe(true);
  expect(after(printed, 'psql, libpq')).toBe(`sslmode=verify-full sslrootcert=${ca}`);
  expect(after(printed, 'node pg')).toBe(`ssl: { ca: readFileSync('${ca}') }`);
  expect(after(printed, 'PostgreSQL JDBC')).toBe(
    `jdbc:postgresql://127.0.0.1:${port}/dev?sslmode=verify-full&sslrootcert=${ca}`,
  );
  expect(after(printed, 'Redshift JDBC')).toBe(
    `jdbc:redshift://127.0.0.1:${port}/dev?ssl=true&sslmode=verify-full&sslRootCert=${ca}`,
  );
  expect(after(printed, 'redshift_connector')).toBe(`environment: SSL_CERT_FILE=${ca}`);

  const login = `host=127.0.0.1 port=${port} user=awsuser dbname=dev`;
  expect((await psql(`${login} ${after(printed, 'psql, libpq')}`)).out).toBe('7\n');
  expect((await psql(`${login} sslmode=disable`)).err).toContain('SSL connection is required');
  const options = { host: '127.0.0.1', port: Number(port), user: 'awsuser', database: 'dev' };
  const client = new pg.Client({ ...options, password: 'Secret-1', ssl: { ca: await readFile(ca, 'utf8') } });
  await client.connect();
  expect((await client.query('SELECT 7 AS n')).rows).toEqual([{ n: 7 }]);
  await client.end();
  const wrong = new pg.Client({ ...options, password: 'wrong', ssl: { ca: await readFile(ca, 'utf8') } });
  await expect(wrong.connect()).rejects.toMatchObject({ code: '28000' });
}, 60_000);

test('without flags TLS is an offer', async () => {
  const printed = await start();
  expect(printed).toMatch(/^ +TLS +offered; the certificate to trust is \/.*ca\.crt$/m);
  const line = after(printed, 'SQL');
  const [, port = ''] = /^psql -h 127\.0\.0\.1 -p (\d+) -U awsuser dev$/.exec(line) ?? [];
  for (const mode of ['disable', 'prefer', 'require'])
    expect((await psql(`host=127.0.0.1 port=${port} user=awsuser dbname=dev sslmode=${mode}`)).out).toBe('7\n');
}, 60_000);
