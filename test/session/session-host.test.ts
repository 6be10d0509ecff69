import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestHost, type TestHost, TestSession } from './open-test-host.js';

const endless = 'SELECT count(*) FROM (SELECT 1 FROM big a, big b, big c, big d) AS x';

describe('the session host', () => {
  let host: TestHost;
  beforeEach(async () => {
    host = await openTestHost({ maxConnections: 3 });
  });
  afterEach(() => host.close());

  async function withBigTable() {
    const test = await host.open();
    await test.run('CREATE TABLE big (n int)');
    await test.run('INSERT INTO big VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)');
    for (let doubling = 0; doubling < 8; doubling++) await test.run('INSERT INTO big SELECT n FROM big');
    return test;
  }

  it('refuses unknown databases and too many sessions', async () => {
    const request = { user: 'awsuser', settings: {}, clientAddress: undefined };
    await expect(host.host.openSession({ ...request, database: 'nowhere' })).rejects.toMatchObject({
      code: '3D000',
      severity: 'FATAL',
    });
    const sessions = [await host.open(), await host.open(), await host.open()];
    await expect(host.open()).rejects.toMatchObject({ code: '53300', severity: 'FATAL' });
    await sessions[0]?.session.close();
    await host.open();
  });

  it('gives each session a process id of its own', async () => {
    const [a, b] = [await host.open(), await host.open()];
    expect(a.session.processId).not.toBe(b.session.processId);
    expect(await a.value('SELECT pg_backend_pid()')).toBe(String(a.session.processId));
  });

  it('cancels by process id and secret key, and the session goes on', async () => {
    const test = await withBigTable();
    const { processId, secretKey } = test.session;
    const running = test.run(endless);
    expect(host.host.cancel(processId, secretKey + 1)).toBe(false);
    const timer = setInterval(() => host.host.cancel(processId, secretKey), 20);
    await expect(running).rejects.toMatchObject({ code: '57014' });
    clearInterval(timer);
    expect(await test.value('SELECT 1')).toBe('1');
  });

  it('stops a statement at statement_timeout', async () => {
    const test = await withBigTable();
    await test.run('SET statement_timeout TO 50');
    await expect(test.run(endless)).rejects.toMatchObject({
      code: '57014',
      message: 'canceling statement due to statement timeout',
    });
    await test.run('SET statement_timeout TO 0');
    expect(await test.value('SELECT 1')).toBe('1');
  });

  it('a cancelled statement fails its transaction', async () => {
    const test = await withBigTable();
    await test.all('BEGIN', 'INSERT INTO big VALUES (1)', 'SET statement_timeout TO 50');
    await expect(test.run(endless)).rejects.toMatchObject({ code: '57014' });
    expect(test.session.transactionStatus).toBe('E');
    expect(await test.tag('COMMIT')).toBe('ROLLBACK');
    expect(await test.value('SELECT count(*) FROM big')).toBe('2560');
  });

  it('cancels a statement that waits for another transaction', async () => {
    const [a, b] = [await host.open(), await host.open()];
    await a.all('BEGIN', 'CREATE TABLE t (n int)');
    const waiting = b.run('CREATE TABLE t (n int)');
    const timer = setInterval(() => b.session.cancel(), 5);
    await expect(waiting).rejects.toMatchObject({ code: '57014' });
    clearInterval(timer);
    await b.run('SET statement_timeout TO 200');
    await expect(b.run('CREATE TABLE t (n int)')).rejects.toMatchObject({
      message: 'canceling statement due to statement timeout',
    });
    await b.run('RESET statement_timeout');
    await a.run('ROLLBACK');
    expect(await b.tag('CREATE TABLE t (n int)')).toBe('CREATE TABLE');
  });

  it('reads other databases by three-part names and changes none', async () => {
    await host.engine.attachDatabase('sales');
    await host.catalog.load('sales', 'awsuser');
    const sales = new TestSession(
      await host.host.openSession({ user: 'awsuser', database: 'sales', settings: {}, clientAddress: undefined }),
    );
    await sales.all('CREATE TABLE t (n int)', 'INSERT INTO t VALUES (7)', 'CREATE VIEW v AS SELECT n FROM t');
    const test = await host.open();
    await test.run('CREATE TABLE t (n int)');
    expect(await test.value('SELECT n FROM sales.public.t')).toBe('7');
    expect(await test.value('SELECT v.n FROM sales.public.v, t RIGHT JOIN sales.public.t s ON true')).toBe('7');
    await test.run('INSERT INTO t SELECT n FROM sales.public.t');
    expect(await test.value('SELECT count(*) FROM dev.public.t')).toBe('1');
    for (const sql of [
      'INSERT INTO sales.public.t VALUES (1)',
      'DELETE FROM sales.public.t',
      'TRUNCATE sales.public.t',
      'CREATE TABLE sales.public.u (n int)',
      'DROP TABLE sales.public.t',
      'ALTER TABLE sales.public.t ADD COLUMN m int',
    ])
      await expect(test.run(sql), sql).rejects.toMatchObject({ code: '0A000' });
    await expect(test.run('SELECT * FROM nowhere.public.t')).rejects.toMatchObject({ code: '3D000' });
    expect((await test.run('SHOW TABLES FROM SCHEMA sales.public')).rows.map((row) => row[2])).toEqual(['t', 'v']);
  });

  it('closing a session rolls back and lets others go on', async () => {
    const [a, b] = [await host.open(), await host.open()];
    await a.all('BEGIN', 'CREATE TABLE t (n int)');
    const waiting = b.run('CREATE TABLE t (n int)');
    await a.session.close();
    expect((await waiting).tag).toBe('CREATE TABLE');
  });

  it('lists the sessions, with their users', async () => {
    const test = await host.open();
    await host.open();
    const answer = await test.run('SELECT process, trim(user_name), trim(db_name) FROM stv_sessions');
    expect(answer.rows).toHaveLength(2);
    expect(answer.rows).toContainEqual([String(test.session.processId), 'awsuser', 'dev']);
  });

  it('keeps plans only as long as they fit', async () => {
    const test = await host.open();
    await test.run('CREATE TABLE t (a int)');
    await test.run('INSERT INTO t VALUES (1)');
    expect((await test.run('SELECT * FROM t')).labels).toEqual(['a']);
    await test.run('ALTER TABLE t ADD COLUMN b int');
    expect((await test.run('SELECT * FROM t')).labels).toEqual(['a', 'b']);
    await test.run('CREATE TEMP TABLE t (c int)');
    expect((await test.run('SELECT * FROM t')).labels).toEqual(['c']);
    await test.run('DROP TABLE t');
    await test.run('SET enable_case_sensitive_identifier TO on');
    await expect(test.run('SELECT * FROM "T"')).rejects.toMatchObject({ code: '42P01' });
    await test.run('RESET enable_case_sensitive_identifier');
    expect((await test.run('SELECT * FROM "T"')).labels).toEqual(['a', 'b']);
  });

  it('refuses a prepared statement whose columns changed under the client', async () => {
    const { session, ...test } = await host.open();
    const other = await host.open();
    await other.run('CREATE TABLE t (a int)');
    const [statement] = session.parse('SELECT * FROM t').statements;
    if (statement === undefined) throw new Error('no statement');
    const prepared = await session.prepare(statement, []);
    await other.run('ALTER TABLE t ADD COLUMN b int');
    await expect(session.execute(prepared, [])).rejects.toMatchObject({
      code: '0A000',
      message: 'cached plan must not change result type',
    });
    expect(test.notices).toEqual([]);
  });
});
