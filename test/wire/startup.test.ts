import { expect, test } from 'vitest';
import { client, fields, int32, letters, text } from './raw-client.js';
import { startWireServer as start } from './wire-fixture.js';

test('a session opens: parameters, key, ready', async () => {
  const { connect, host } = await start();
  const raw = await connect();
  raw.send(
    client.startup({
      user: 'awsuser',
      database: 'dev',
      application_name: 'test',
      client_protocol_version: '3',
      driver_version: 'Redshift JDBC Driver',
      options: '-c search_path=a\\ b --statement-timeout=5 -cquery_group=q',
    }),
  );
  const messages = await raw.until('Z');
  expect(letters(messages)).toMatch(/^RS+KZ$/);
  const parameters = Object.fromEntries(
    messages.filter(({ type }) => type === 'S').map(({ body }) => body.toString().split('\0').slice(0, 2)),
  );
  expect(parameters).toEqual({
    server_version: '8.0.2',
    server_encoding: 'UTF8',
    client_encoding: 'UTF8',
    DateStyle: 'ISO, MDY',
    TimeZone: 'UTC',
    integer_datetimes: 'on',
    standard_conforming_strings: 'on',
    is_superuser: 'on',
    session_authorization: 'awsuser',
    application_name: 'test',
    padb_revision: expect.any(String),
  });
  const key = messages.find(({ type }) => type === 'K')?.body;
  expect([key?.readInt32BE(0), key?.readInt32BE(4)]).toEqual([1, 0x7eadbeef]);
  expect(host.requests[0]).toEqual({
    user: 'awsuser',
    database: 'dev',
    clientAddress: '127.0.0.1',
    settings: {
      application_name: 'test',
      client_protocol_version: '3',
      driver_version: 'Redshift JDBC Driver',
      search_path: 'a b',
      statement_timeout: '5',
      query_group: 'q',
    },
  });
});

test('startup and a query byte by byte', async () => {
  const { connect } = await start();
  const raw = await connect();
  const bytes = Buffer.concat([client.sslRequest(), client.gssRequest(), client.startup(), client.query('rows 1')]);
  for (const byte of bytes) {
    raw.send(Buffer.from([byte]));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await raw.byte()).toBe('N');
  expect(await raw.byte()).toBe('N');
  await raw.until('Z');
  expect(letters(await raw.until('Z'))).toBe('TDCZ');
});

test('startup and queries in a single segment', async () => {
  const { connect } = await start();
  const raw = await connect();
  raw.send(client.startup(), client.query('rows 1'), client.query('rows 2'), client.terminate());
  await raw.until('Z');
  expect(letters(await raw.until('Z'))).toBe('TDCZ');
  expect(letters(await raw.until('Z'))).toBe('TDDCZ');
  expect(await raw.next()).toBeUndefined();
});

test('a later minor version and protocol options are negotiated away', async () => {
  const { connect } = await start();
  const raw = await connect();
  raw.send(client.startup({ user: 'u', '_pq_.compression': 'zstd', '_pq_.other': '1' }, 196610));
  const [first, ...rest] = await raw.until('Z');
  expect(first?.type).toBe('v');
  expect(first?.body.readInt32BE(0)).toBe(196608);
  expect(first?.body.readInt32BE(4)).toBe(2);
  expect(first?.body.subarray(8).toString()).toBe('_pq_.compression\0_pq_.other\0');
  expect(letters(rest)).toMatch(/^RS+KZ$/);
});

test('the database is named after the user when none is given', async () => {
  const { login, host } = await start();
  await login({ user: 'awsuser' });
  expect(host.requests[0]?.database).toBe('awsuser');
});

test.each([
  ['protocol 2', client.startup({ user: 'u' }, 131072), '0A000', 'unsupported frontend protocol 2.0'],
  ['no user', client.startup({ database: 'dev' }), '28000', 'no user name'],
  ['an unknown database', client.startup({ user: 'u', database: 'nowhere' }), '3D000', '"nowhere" does not exist'],
  ['a host that breaks', client.startup({ user: 'u', database: 'broken' }), 'XX000', 'the host is broken'],
  ['HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n'), '08P01', 'invalid length of startup packet'],
  ['parameters without an end', Buffer.concat([int32(12), int32(196608), Buffer.from('user')]), '08P01', 'invalid'],
  ['a second SSLRequest', Buffer.concat([client.sslRequest(), client.sslRequest()]), '08P01', 'duplicate SSL'],
])('%s: one FATAL, then the end', async (_name, bytes, code, message) => {
  const { connect } = await start();
  const raw = await connect();
  raw.send(bytes);
  if (message.includes('SSL')) expect(await raw.byte()).toBe('N');
  let answer = await raw.next();
  // Who the client is has been settled before the session is opened.
  if (answer?.type === 'R') answer = await raw.next();
  const error = fields(answer);
  expect(error).toMatchObject({ S: 'FATAL', V: 'FATAL', C: code });
  expect(error.M).toContain(message);
  expect(await raw.next()).toBeUndefined();
});

test('connections over the limit are refused in Redshift words, and a place that becomes free can be taken', async () => {
  const { login, connect, host } = await start({ maxConnections: 2 });
  const first = await login();
  await login();
  const third = await connect();
  third.send(client.startup());
  expect(fields(await third.next())).toMatchObject({
    S: 'FATAL',
    C: '53300',
    M: 'connection limit "2" exceeded for non-bootstrap users',
  });
  first.send(client.terminate());
  expect(await first.next()).toBeUndefined();
  await expect.poll(() => host.sessions[0]?.closed).toBe(true);
  const fourth = await login();
  expect(letters(await fourth.query('rows 1'))).toBe('TDCZ');
});

test('a client that does not finish its login is cut off', async () => {
  const { connect } = await start({ loginTimeoutMs: 20 });
  const raw = await connect();
  raw.send(client.startup().subarray(0, 10));
  expect(await raw.next()).toBeUndefined();
});

test('a silent client is sent away, a busy one is not', async () => {
  const { login, host } = await start({ idleTimeoutMs: 40 });
  const busy = await login();
  busy.send(client.query('wait'));
  const idle = await login();
  expect(fields(await idle.next())).toMatchObject({ S: 'FATAL', C: '57P05' });
  expect(await idle.next()).toBeUndefined();
  host.sessions[0]?.cancel();
  expect(letters(await busy.until('Z'))).toBe('EZ');
});

test('what a session reports is told at start, except what would change what drivers expect', async () => {
  const { connect, host } = await start();
  const opened = host.openSession.bind(host);
  host.openSession = async (request) => {
    const session = await opened(request);
    Object.assign(session, {
      reportedSettings: new Map([
        ['TimeZone', 'Europe/Paris'],
        ['show_discovery', '4'],
        ['server_protocol_version', '2'],
      ]),
    });
    return session;
  };
  const raw = await connect();
  raw.send(client.startup());
  const told = (await raw.until('Z')).filter(({ type }) => type === 'S').map(({ body }) => body.toString());
  expect(told).toContain('TimeZone\0Europe/Paris\0');
  expect(told.join()).not.toMatch(/show_discovery|server_protocol_version/);
  host.last.onSettingChanged?.('server_protocol_version', '2');
  host.last.onSettingChanged?.('TimeZone', 'UTC');
  const message = await raw.next();
  expect([message?.type, text(message)]).toEqual(['S', 'TimeZone\0UTC']);
});
