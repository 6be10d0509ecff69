import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHost, type TestHost, type TestSession } from './open-test-host.js';

describe('what functions know of the session', () => {
  let host: TestHost;
  let test: TestSession;
  beforeAll(async () => {
    host = await openTestHost();
    test = await host.open();
  });
  afterAll(() => host.close());

  it('names user, database and schemas', async () => {
    expect(await test.value('SELECT current_user')).toBe('awsuser');
    expect(await test.value('SELECT current_database()')).toBe('dev');
    await test.all('CREATE SCHEMA app', 'SET search_path TO nowhere, app, public');
    expect(await test.value('SELECT current_schema()')).toBe('app');
    await test.run('RESET search_path');
    expect(await test.value('SELECT current_schema()')).toBe('public');
  });

  it('gives settings as they are now', async () => {
    await test.run("SET query_group TO 'reports'");
    expect(await test.value("SELECT current_setting('query_group')")).toBe('reports');
    await test.run("SET app.user_id TO 'Ann'");
    expect(await test.value("SELECT current_setting('app.user_id')")).toBe('Ann');
  });

  it('asks the session inside views too', async () => {
    await test.run('CREATE VIEW who AS SELECT pg_backend_pid() AS pid');
    const other = await host.open();
    expect(await test.value('SELECT pid FROM who')).toBe(String(test.session.processId));
    expect(await other.value('SELECT pid FROM who')).toBe(String(other.session.processId));
  });

  it('follows the test clock, in defaults as well', async () => {
    await test.run('CREATE TABLE t (n int, at timestamp DEFAULT getdate())');
    await test.run('INSERT INTO t (n) VALUES (1)');
    host.clock.advance(86_400_000);
    await test.run('INSERT INTO t (n) VALUES (2)');
    expect(await test.value('SELECT datediff(hour, min(at), max(at)) FROM t')).toBe('24');
    expect(await test.value('SELECT datediff(hour, max(at), getdate()) FROM t')).toBe('0');
  });

  it('knows the last query', async () => {
    const first = Number(await test.value('SELECT pg_last_query_id()'));
    expect(Number(await test.value('SELECT pg_last_query_id()'))).toBeGreaterThan(first);
  });
});
