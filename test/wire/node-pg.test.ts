import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { onePassword } from '../../src/wire/auth/authentication.js';
import { createServerIdentity } from '../../src/wire/tls/certificate.js';
import { startWireServer as start } from './wire-fixture.js';

async function connect(port: number, config: pg.ClientConfig = {}): Promise<pg.Client> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'awsuser',
    password: 'secret',
    database: 'dev',
    ...config,
  });
  onTestFinished(() => client.end());
  await client.connect();
  return client;
}

test('simple, parameterised, named and binary queries', async () => {
  const { port } = await start();
  const client = await connect(port);
  const simple = await client.query('rows 7');
  expect(simple.rowCount).toBe(7);
  expect(simple.rows[6]).toEqual({ n: 7, name: null });
  expect((await client.query('echo $1 $2', ['ü', null])).rows).toEqual([{ p1: 'ü', p2: null }]);
  for (const value of ['a', 'b']) {
    const named = await client.query({ name: 'q', text: 'echo $1', values: [value] });
    expect(named.rows).toEqual([{ p1: value }]);
  }
  const binary = await client.query({ text: 'rows 1', binary: true, values: [] } as pg.QueryConfig);
  expect(binary.rows).toEqual([{ n: 1, name: 'name 1' }]);
  expect((await client.query('echo $1', [Buffer.from('bytes')])).rows).toEqual([{ p1: 'bytes' }]);
  const several = (await client.query('insert; rows 2; insert')) as unknown as pg.QueryResult[];
  expect(several.map(({ command, rowCount }) => [command, rowCount])).toEqual([
    ['INSERT', 1],
    ['SELECT', 2],
    ['INSERT', 1],
  ]);
});

test('errors carry code and position; the client goes on; transactions fail and roll back', async () => {
  const { port } = await start();
  const client = await connect(port);
  await expect(client.query('fail 42703')).rejects.toMatchObject({ code: '42703', severity: 'ERROR', position: '6' });
  await expect(client.query('unheard $1', ['x'])).rejects.toMatchObject({ code: '42P01' });
  await client.query('begin');
  await expect(client.query('crash')).rejects.toMatchObject({ code: 'XX000' });
  await expect(client.query('rows 1')).rejects.toMatchObject({ code: '25P02' });
  await client.query('rollback');
  expect((await client.query('rows 1')).rowCount).toBe(1);
});

test('notices and many queries at once on one connection', async () => {
  const { port } = await start();
  const client = await connect(port);
  const notices: string[] = [];
  client.on('notice', ({ severity, message }) => notices.push(`${severity} ${message}`));
  const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => client.query('echo $1', [String(n)])));
  expect(answers.map(({ rows }) => rows[0].p1)).toEqual(Array.from({ length: 100 }, (_, n) => String(n)));
  await client.query('notice refreshed');
  expect(notices).toEqual(['INFO refreshed']);
});

test.each(['md5', 'scram-sha-256'] as const)('password by %s, TLS verified', async (method) => {
  const identity = createServerIdentity(new Date());
  const { port } = await start({
    tls: { mode: 'require', key: identity.privateKey, cert: identity.certificate },
    authenticate: onePassword('awsuser', 'secret', method),
  });
  const client = await connect(port, { host: 'localhost', ssl: { ca: identity.ca } });
  expect((await client.query('rows 1')).rowCount).toBe(1);
  await expect(connect(port, { host: 'localhost', ssl: { ca: identity.ca }, password: 'no' })).rejects.toMatchObject({
    code: '28000',
  });
});

test('a pool of clients, each its own session', async () => {
  const { port, host } = await start();
  const pool = new pg.Pool({ host: '127.0.0.1', port, user: 'awsuser', database: 'dev', max: 8 });
  const answers = await Promise.all(Array.from({ length: 80 }, (_, n) => pool.query('echo $1', [String(n)])));
  expect(answers.map(({ rows }) => rows[0].p1)).toEqual(Array.from({ length: 80 }, (_, n) => String(n)));
  expect(host.sessions.length).toBeGreaterThan(1);
  expect(host.sessions.length).toBeLessThanOrEqual(8);
  await pool.end();
});

test('the end of the server is told to a client that stays, and not to one that has just left', async () => {
  const { port, server } = await start();
  const client = await connect(port);
  const told: unknown[] = [];
  client.on('error', (error) => told.push(error));
  const pool = new pg.Pool({ host: '127.0.0.1', port, user: 'awsuser', database: 'dev', max: 4 });
  const errors: unknown[] = [];
  pool.on('error', (error) => errors.push(error));
  pool.on('connect', (connected) => connected.on('error', (error) => errors.push(error)));
  await Promise.all([pool.query('rows 1'), pool.query('rows 1'), pool.query('rows 1')]);
  await pool.end();
  await server.close(0);
  await expect.poll(() => told[0]).toMatchObject({ code: '57P01' });
  expect(errors).toEqual([]);
});
