import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestHost, type TestHost, type TestSession } from './open-test-host.js';

describe('transactions', () => {
  let host: TestHost;
  let a: TestSession;
  let b: TestSession;
  beforeEach(async () => {
    host = await openTestHost();
    a = await host.open();
    b = await host.open();
    await a.run('CREATE TABLE t (n int)');
  });
  afterEach(() => host.close());

  const count = (session: TestSession, table = 't') => session.value(`SELECT count(*) FROM ${table}`);

  it('tells its status and answers tags by spelling', async () => {
    expect(a.session.transactionStatus).toBe('I');
    expect(await a.tag('START TRANSACTION')).toBe('START TRANSACTION');
    expect(a.session.transactionStatus).toBe('T');
    await expect(a.run('SELECT * FROM nowhere')).rejects.toMatchObject({ code: '42P01' });
    expect(a.session.transactionStatus).toBe('E');
    await expect(a.run('SELECT 1')).rejects.toMatchObject({ code: '25P02' });
    expect(await a.tag('END')).toBe('ROLLBACK');
    expect(a.session.transactionStatus).toBe('I');
    expect(await a.tag('BEGIN')).toBe('BEGIN');
    expect(await a.tag('ABORT')).toBe('ROLLBACK');
  });

  it('never commits what came before an error', async () => {
    await a.all('BEGIN', 'INSERT INTO t VALUES (1)');
    await expect(a.run('SELECT 1/0')).rejects.toMatchObject({ code: '22012' });
    await a.run('COMMIT');
    expect(await count(b)).toBe('0');
  });

  it('undoes DDL, temporary tables and settings with the rest', async () => {
    await a.all(
      'BEGIN',
      'CREATE TABLE made (n int)',
      'CREATE TEMP TABLE scratch (n int)',
      "SET query_group TO 'inside'",
      'INSERT INTO made VALUES (1)',
    );
    expect(await count(a, 'made')).toBe('1');
    await expect(b.run('SELECT * FROM made')).rejects.toMatchObject({ code: '42P01' });
    await a.run('ROLLBACK');
    for (const table of ['made', 'scratch'])
      await expect(a.run(`SELECT * FROM ${table}`)).rejects.toMatchObject({ code: '42P01' });
    expect(await a.value('SHOW query_group')).toBe('unset');
  });

  it('takes its snapshot at the first statement, not at BEGIN', async () => {
    await a.run('BEGIN');
    await b.run('INSERT INTO t VALUES (1)');
    expect(await count(a)).toBe('1');
    await b.run('INSERT INTO t VALUES (2)');
    expect(await count(a)).toBe('1');
    await a.run('COMMIT');
    expect(await count(a)).toBe('2');
  });

  it('lets TRUNCATE commit the transaction', async () => {
    await a.all('CREATE TABLE u (n int)', 'BEGIN', 'INSERT INTO u VALUES (1)', 'TRUNCATE t');
    expect(a.session.transactionStatus).toBe('I');
    await a.run('ROLLBACK');
    expect(a.notices.at(-1)).toMatchObject({ severity: 'WARNING', code: '25P01' });
    expect(await count(b, 'u')).toBe('1');
  });

  it('runs a failed autocommit statement not at all', async () => {
    await expect(a.run('CREATE TABLE c AS SELECT 1/0 AS n')).rejects.toMatchObject({ code: '22012' });
    await expect(a.run('SELECT * FROM c')).rejects.toMatchObject({ code: '42P01' });
    await a.run('CREATE TABLE c (n int)');
  });

  it('puts the statements of an implicit block together', async () => {
    const { session } = a;
    await session.beginImplicitBlock();
    await a.run('INSERT INTO t VALUES (1)');
    expect(session.transactionStatus).toBe('I');
    expect(await count(b)).toBe('0');
    await session.endImplicitBlock(false);
    expect(await count(b)).toBe('1');

    await session.beginImplicitBlock();
    await a.run('INSERT INTO t VALUES (2)');
    await session.endImplicitBlock(true);
    expect(await count(b)).toBe('1');
  });

  it('lets BEGIN turn an implicit block into a regular transaction', async () => {
    const { session } = a;
    await session.beginImplicitBlock();
    await a.all('INSERT INTO t VALUES (1)', 'BEGIN', 'INSERT INTO t VALUES (2)');
    await session.endImplicitBlock(false);
    expect(session.transactionStatus).toBe('T');
    expect(await count(b)).toBe('0');
    await a.run('COMMIT');
    expect(await count(b)).toBe('2');
  });

  it('starts another implicit transaction after COMMIT within the block', async () => {
    const { session } = a;
    await session.beginImplicitBlock();
    await a.all('BEGIN', 'INSERT INTO t VALUES (1)', 'COMMIT', 'INSERT INTO t VALUES (2)');
    await session.endImplicitBlock(true);
    expect(await count(b)).toBe('1');
  });

  it('makes two sessions that create the same table wait for each other', async () => {
    await a.all('BEGIN', 'CREATE TABLE same (n int)');
    const waiting = b.run('CREATE TABLE IF NOT EXISTS same (n int)');
    await a.run('COMMIT');
    await waiting;
    expect(b.notices.at(-1)?.message).toBe('Relation "same" already exists and will be skipped');

    const c = await host.open();
    await a.all('BEGIN', 'CREATE TABLE other (n int)');
    const second = c.run('CREATE TABLE other (n int)');
    await a.run('ROLLBACK');
    expect((await second).tag).toBe('CREATE TABLE');
  });

  it('keeps no temporary table of another session', async () => {
    await a.run('CREATE TEMP TABLE mine (n int)');
    await expect(b.run('SELECT * FROM mine')).rejects.toMatchObject({ code: '42P01' });
    await b.run('CREATE TEMP TABLE mine (m varchar(3))');
    expect((await a.run('SELECT * FROM mine')).labels).toEqual(['n']);
  });
});
