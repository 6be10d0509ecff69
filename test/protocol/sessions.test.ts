import { expect, test } from 'vitest';
import {
  client,
  fields,
  letters,
  RawClient as Raw,
  type RawClient,
  type ServerMessage,
  text,
  textRows,
} from '../wire/raw-client.js';
import { exchange, failure, run, value, wholeServer } from './whole-server.js';

/** What belongs to a session alone, from its startup packet to its end, and what the system views tell of it. */

const server = wholeServer();

const parameters = (messages: readonly ServerMessage[]): Record<string, string> =>
  Object.fromEntries(
    messages.filter(({ type }) => type === 'S').map(({ body }) => body.toString().split('\0').slice(0, 2)),
  );

const endless =
  'SELECT count(*) FROM generate_series(1, 1000000) a(x), generate_series(1, 1000000) b(y) WHERE x + y = -1';

test('who the server says it is', async () => {
  const { raw, greeting } = await server.raw();
  expect(parameters(greeting)).toEqual({
    server_version: '8.0.2',
    server_encoding: 'UTF8',
    client_encoding: 'UTF8',
    DateStyle: 'ISO, MDY',
    TimeZone: 'UTC',
    integer_datetimes: 'on',
    standard_conforming_strings: 'off',
    is_superuser: 'on',
    session_authorization: 'awsuser',
    application_name: '',
    padb_revision: expect.stringMatching(/^1\.0\.\d+$/),
    padb_version: expect.stringMatching(/^1\.0\.\d+$/),
  });
  const version = await value(raw, 'SELECT version()');
  expect(version).toMatch(/^PostgreSQL 8\.0\.2 on i686-pc-linux-gnu, compiled by GCC .*, Redshift 1\.0\.\d+$/);
  expect(version).toContain(`Redshift ${parameters(greeting).padb_revision}`);
  expect(await value(raw, 'SHOW server_version')).toBe('8.0.2');
});

test.each([
  ['pgjdbc', { client_encoding: 'UTF8', DateStyle: 'ISO', TimeZone: 'Europe/Paris', extra_float_digits: '2' }],
  ['lib/pq', { client_encoding: 'UTF8', datestyle: 'ISO, MDY', extra_float_digits: '2' }],
  ['asyncpg', { client_encoding: "'utf-8'" }],
  ['Tcl', { client_encoding: 'UNICODE' }],
  ['postgres.js', { client_encoding: 'UTF8', application_name: 'postgres.js' }],
  [
    "AWS's JDBC driver",
    {
      client_encoding: 'UTF8',
      application_name: '[main]Sample.main',
      driver_version: 'Redshift JDBC Driver 2.1.0.30',
      os_version: 'Linux 6.1 amd64',
      client_protocol_version: '3',
      '_pq_.compression': 'zstd:1',
    },
  ],
  [
    'redshift_connector',
    {
      application_name: 'sample',
      client_protocol_version: '2',
      driver_version: 'Redshift Python Driver 2.1.15',
      os_version: 'Linux',
      driver_discovery_version: '1',
      plugin_name: 'x',
    },
  ],
])('startup keys of %s', async (_name, keys) => {
  const { raw, greeting } = await server.raw({ user: 'awsuser', database: 'dev', ...keys });
  expect(letters(greeting)).toMatch(/^v?RS+KZ$/);
  const told = parameters(greeting);
  expect(told.client_encoding).toBe('UTF8');
  expect(told.application_name).toBe('application_name' in keys ? keys.application_name : '');
  expect(told.server_protocol_version).toBeUndefined();
  expect(await value(raw, 'SELECT 1')).toBe('1');
});

test('settings are of one session: SET, SHOW, RESET, and what they do', async () => {
  const [{ raw: a }, { raw: b }] = [await server.raw(), await server.raw()];
  await a.query(
    'CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.things (n int); INSERT INTO elsewhere.things VALUES (7)',
  );
  const changed = await a.query(
    "SET search_path TO elsewhere, public; SET TimeZone TO 'America/New_York'; SET statement_timeout TO 86400000; SET query_group TO 'mine'; SET application_name TO 'first'",
  );
  expect(parameters(changed)).toEqual({ TimeZone: 'America/New_York', application_name: 'first' });
  const shown = async (raw: RawClient) =>
    Promise.all(
      ['search_path', 'TimeZone', 'statement_timeout', 'query_group', 'application_name'].map(async (name) => name),
    ).then(async (names) => {
      const values: (string | null | undefined)[] = [];
      for (const name of names) values.push(await value(raw, `SHOW ${name}`));
      return values;
    });
  expect(await shown(a)).toEqual(['elsewhere, public', 'America/New_York', '86400000', 'mine', 'first']);
  expect(await shown(b)).toEqual(['$user, public', 'UTC', '0', 'unset', '']);
  expect(await value(a, 'SELECT n FROM things')).toBe('7');
  expect(await failure(b, 'SELECT n FROM things')).toMatch(/^42P01/);
  const noon = "SELECT timestamptz '2026-01-15 12:00:00+00'";
  expect([await value(a, noon), await value(b, noon)]).toEqual(['2026-01-15 07:00:00-05', '2026-01-15 12:00:00+00']);
  await a.query('SET statement_timeout TO 100');
  expect(await failure(a, endless)).toBe('57014 canceling statement due to statement timeout');
  await a.query('RESET statement_timeout');
  expect(await value(a, 'SHOW statement_timeout')).toBe('0');
  expect(parameters(await a.query('RESET ALL'))).toEqual({ TimeZone: 'UTC', application_name: '' });
  expect(await shown(a)).toEqual(await shown(b));
  // A statement prepared before is planned again for another path.
  await exchange(b, client.parse('SELECT n FROM elsewhere.things', { name: 's' }));
  await b.query("SET search_path TO ''");
  expect(textRows(await exchange(b, client.bind({ statement: 's' }), client.execute()))).toEqual([['7']]);
});

test('settings at startup, in options too, are what RESET does not take away from other sessions', async () => {
  const { raw } = await server.raw({
    user: 'awsuser',
    database: 'dev',
    options: '-c query_group=from\\ options -c statement_timeout=1500',
    TimeZone: 'Asia/Tokyo',
  });
  expect(await value(raw, 'SHOW query_group')).toBe('from options');
  expect(await value(raw, 'SHOW TimeZone')).toBe('Asia/Tokyo');
  expect(await failure(raw, endless)).toMatch(/^57014/);
});

test('temporary tables and prepared statements are of one session, and end with it', async () => {
  const [{ raw: a }, { raw: b }] = [await server.raw(), await server.raw()];
  for (const [raw, n] of [
    [a, 1],
    [b, 2],
  ] as const) {
    await raw.query(`CREATE TEMP TABLE scratch (n int); INSERT INTO scratch VALUES (${n}); CREATE TABLE #hash (n int)`);
    await raw.query(`PREPARE look(int) AS SELECT n + $1 FROM scratch`);
  }
  expect([await value(a, 'EXECUTE look(10)'), await value(b, 'EXECUTE look(20)')]).toEqual(['11', '22']);
  a.destroy();
  const { raw: c } = await server.raw();
  expect(await failure(c, 'SELECT * FROM scratch')).toMatch(/^42P01/);
  expect(await failure(c, 'SELECT * FROM #hash')).toMatch(/^42P01/);
  expect(await failure(c, 'EXECUTE look(1)')).toMatch(/^26000/);
  expect(await value(b, 'SELECT n FROM scratch')).toBe('2');
  await b.query('DEALLOCATE look');
  expect(await failure(b, 'EXECUTE look(1)')).toMatch(/^26000/);
  expect(await failure(b, 'DEALLOCATE look')).toMatch(/^26000/);
});

test('sessions in STV_SESSIONS, and the end of one by pg_terminate_backend, idle or busy', async () => {
  const { raw: admin, processId: own } = await server.raw();
  expect(await value(admin, 'SELECT pg_backend_pid()')).toBe(String(own));
  const listed = async (pid: number) =>
    value(admin, `SELECT trim(user_name) || '@' || trim(db_name) FROM stv_sessions WHERE process = ${pid}`);
  const idle = await server.raw({ user: 'somebody', database: 'dev' });
  expect(await listed(idle.processId)).toBe('somebody@dev');
  expect(await value(admin, `SELECT pg_terminate_backend(${idle.processId})`)).toBe('t');
  expect(fields(await idle.raw.next())).toMatchObject({ S: 'FATAL', C: '57P01' });
  expect(await idle.raw.next()).toBeUndefined();
  const busy = await server.raw();
  busy.raw.send(client.query(endless));
  await expect
    .poll(() =>
      value(
        admin,
        `SELECT count(*) FROM sys_query_history WHERE session_id = ${busy.processId} AND trim(status) = 'running'`,
      ),
    )
    .toBe('1');
  expect(await value(admin, `SELECT pg_terminate_backend(${busy.processId})`)).toBe('t');
  const last = (await busy.raw.until('never')).at(-1);
  expect(fields(last)).toMatchObject({ S: 'FATAL', C: '57P01' });
  await expect.poll(() => listed(busy.processId)).toBeUndefined();
  expect(await value(admin, 'SELECT pg_terminate_backend(1)')).toBe('f');
  expect(await value(admin, 'SELECT pg_cancel_backend(1)')).toBe('f');
});

test('the histories tell what ran, as what, with which outcome, and pg_last_query_id is the session’s own', async () => {
  const { raw: admin } = await server.raw();
  const { raw, processId } = await server.raw();
  const pid = String(processId);
  await raw.query("SET query_group TO 'report'");
  await raw.query('CREATE TABLE told (n int)');
  await raw.query('INSERT INTO told VALUES (1)');
  await exchange(raw, ...run('SELECT n FROM told'));
  const id = await value(raw, 'SELECT pg_last_query_id()');
  await raw.query('SELECT n / 0 FROM told');
  await raw.query('SET statement_timeout TO 100');
  await raw.query(endless);
  await raw.query('RESET statement_timeout');
  expect(await value(admin, 'SELECT pg_last_query_id()')).not.toBe(id);
  const rows = async (sql: string) => textRows(await admin.query(sql));
  const history = await rows(
    `SELECT trim(query_type), trim(status), trim(query_label), trim(query_text) FROM sys_query_history WHERE session_id = ${pid} AND query_text LIKE '%told%' ORDER BY query_id`,
  );
  expect(history).toEqual([
    ['DDL', 'success', 'report', 'CREATE TABLE told (n int)'],
    ['INSERT', 'success', 'report', 'INSERT INTO told VALUES (1)'],
    ['SELECT', 'success', 'report', 'SELECT n FROM told'],
    ['SELECT', 'failed', 'report', 'SELECT n / 0 FROM told'],
  ]);
  expect(
    await rows(`SELECT trim(status) FROM sys_query_history WHERE session_id = ${pid} AND query_text LIKE '%1000000%'`),
  ).toEqual([['canceled']]);
  expect(await rows(`SELECT trim(querytxt), trim(label), pid FROM stl_query WHERE query = ${id}`)).toEqual([
    ['SELECT n FROM told', 'report', pid],
  ]);
  expect(await rows(`SELECT trim(text), sequence FROM stl_ddltext WHERE pid = ${pid}`)).toEqual([
    ['CREATE TABLE told (n int)', '0'],
  ]);
  expect(
    await rows(
      `SELECT trim(type), trim(text) FROM svl_statementtext WHERE pid = ${pid} AND text LIKE '%told%' ORDER BY xid`,
    ),
  ).toEqual([
    ['DDL', 'CREATE TABLE told (n int)'],
    ['QUERY', 'INSERT INTO told VALUES (1)'],
    ['QUERY', 'SELECT n FROM told'],
    ['QUERY', 'SELECT n / 0 FROM told'],
  ]);
});

test('CancelRequest over TLS, over plain sockets, with a wrong key', async () => {
  const { raw, processId, secretKey } = await server.raw();
  const ca = await import('node:fs/promises').then(({ readFile }) => readFile(server.duckshift.ca ?? '', 'utf8'));
  const cancel = async (tls: boolean, key: number): Promise<void> => {
    const request = await Raw.connect(server.port);
    if (tls) {
      request.send(client.sslRequest());
      expect(await request.byte()).toBe('S');
      await request.startTls(ca);
    }
    request.send(client.cancel(processId, key));
    expect(await request.next()).toBeUndefined();
  };
  for (const tls of [true, false]) {
    raw.send(client.query(endless));
    await cancel(tls, secretKey ^ 1);
    let over = false;
    const answer = raw.until('Z').finally(() => {
      over = true;
    });
    // It may not have begun when the first request comes.
    while (!over) await cancel(tls, secretKey);
    expect(fields((await answer).find(({ type }) => type === 'E'))).toMatchObject({ C: '57014' });
    expect(text((await raw.query('SELECT 1')).at(-2))).toBe('SELECT 1');
  }
});
