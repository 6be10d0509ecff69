import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TestSession } from '../session/open-test-host.js';
import { openSessionFixture, type SessionFixture } from './session-fixture.js';

let fixture: SessionFixture;
let session: TestSession;

beforeEach(async () => {
  fixture = await openSessionFixture({ pace: { idle: [1, 2], failed: [1, 2] } });
  fixture.streams.create('clicks', 2);
  session = await fixture.open();
});
afterEach(() => fixture.close());

const stale = async (view: string): Promise<unknown> =>
  session.value(`SELECT is_stale FROM svv_mv_info WHERE trim(name) = '${view}'`);
const refresh = async (view: string): Promise<string[]> => {
  session.notices.length = 0;
  await session.run(`REFRESH MATERIALIZED VIEW ${view}`);
  return session.notices.map(({ message }) => message);
};

describe('a view that is made while others write', () => {
  it('knows that a transaction that was open then may have changed what it reads', async () => {
    await session.all('CREATE TABLE t (a int)', 'INSERT INTO t VALUES (1)');
    const writer = await fixture.open();
    await writer.all('BEGIN', 'INSERT INTO t VALUES (2)');
    await session.run('CREATE MATERIALIZED VIEW mv AS SELECT sum(a) AS s FROM t');
    await writer.run('COMMIT');
    expect(await session.value('SELECT s FROM mv')).toBe('1');
    expect(await stale('mv')).toBe('t');
    await refresh('mv');
    expect(await session.value('SELECT s FROM mv')).toBe('3');
    expect(await stale('mv')).toBe('f');
  });

  it('knows that what it was made from may be older than its transaction', async () => {
    await session.all('CREATE TABLE t (a int)', 'INSERT INTO t VALUES (1)', 'BEGIN');
    await session.run('SELECT * FROM t');
    const writer = await fixture.open();
    await writer.run('INSERT INTO t VALUES (2)');
    await session.all('CREATE MATERIALIZED VIEW mv AS SELECT sum(a) AS s FROM t', 'COMMIT');
    await refresh('mv');
    expect(await session.value('SELECT s FROM mv')).toBe('3');
  });

  it('is told of what is written before its own transaction ends', async () => {
    await session.all('CREATE TABLE t (a int)', 'BEGIN', 'CREATE MATERIALIZED VIEW mv AS SELECT sum(a) AS s FROM t');
    const writer = await fixture.open();
    await writer.run('INSERT INTO t VALUES (5)');
    await session.run('COMMIT');
    await refresh('mv');
    expect(await session.value('SELECT s FROM mv')).toBe('5');
  });

  it('leaves nothing behind when it is rolled back', async () => {
    await session.all('CREATE TABLE t (a int)', 'BEGIN', 'CREATE MATERIALIZED VIEW mv AS SELECT a FROM t', 'ROLLBACK');
    await session.run('INSERT INTO t VALUES (5)');
    const [notes] = await fixture.fixture.rows('SELECT count(*)::INTEGER AS n FROM dev.duckshift.mv_pending_changes');
    expect(notes).toEqual({ n: 0 });
  });
});

describe('a view over a view that only grows', () => {
  it('keeps the rows it has and adds those of what the parent gained', async () => {
    await session.run("CREATE MATERIALIZED VIEW mv AS SELECT from_varbyte(kinesis_data, 'utf-8') AS t FROM kds.clicks");
    await session.run('CREATE MATERIALIZED VIEW child AS SELECT upper(t) AS u FROM mv');
    for (let round = 0; round < 3; round++) {
      fixture.streams.put('clicks', [`a${round}`, `b${round}`], round % 2);
      await refresh('mv');
      expect(await refresh('child')).toEqual(['Materialized view child was incrementally updated successfully.']);
    }
    const added = await fixture.fixture.rows(
      'SELECT count(*)::INTEGER AS n FROM dev.public.mv_tbl__child__0 GROUP BY duckshift_refresh',
    );
    expect(added).toEqual([{ n: 2 }, { n: 2 }, { n: 2 }]);
  });

  it('keeps its notes few', async () => {
    await session.all('CREATE TABLE t (a int)', 'CREATE MATERIALIZED VIEW mv AS SELECT a FROM t');
    for (let n = 0; n < 1_100; n++) await session.run(`INSERT INTO t VALUES (${n})`);
    await vi.waitFor(async () => {
      const [notes] = await fixture.fixture.rows('SELECT count(*)::INTEGER AS n FROM dev.duckshift.mv_pending_changes');
      expect(notes?.n).toBeLessThan(200);
    });
    expect(await stale('mv')).toBe('t');
    await refresh('mv');
    expect(await session.value('SELECT count(*) FROM mv')).toBe('1100');
    expect(await stale('mv')).toBe('f');
  });
});

describe('views of one stream that are refreshed by themselves', () => {
  const text = (name: string, expression: string): string =>
    `CREATE MATERIALIZED VIEW ${name} AUTO REFRESH YES AS SELECT ${expression} AS n FROM kds.clicks`;
  const number = "from_varbyte(kinesis_data, 'utf-8')::int";

  it('share a reader while they agree, and go on without one that fails', async () => {
    await session.all(text('plain', number), text('inverse', `100 / ${number}`), text('negative', `-${number}`));
    fixture.streams.put('clicks', ['1', '2']);
    fixture.fixture.views.startScheduler();
    const count = async (view: string): Promise<unknown> => session.value(`SELECT count(*) FROM ${view}`);
    for (const view of ['plain', 'inverse', 'negative'])
      await vi.waitFor(async () => expect(await count(view)).toBe('2'));
    fixture.streams.put('clicks', ['3']);
    for (const view of ['plain', 'inverse', 'negative'])
      await vi.waitFor(async () => expect(await count(view)).toBe('3'));
    const [{ shared = 0 } = {}] = await fixture.fixture.rows(
      'SELECT max(n)::INTEGER AS shared FROM (SELECT count(*) AS n FROM dev.duckshift.mv_refresh_history GROUP BY transaction_id)',
    );
    expect(shared).toBeGreaterThan(1);

    fixture.streams.put('clicks', ['0', '4']);
    for (const view of ['plain', 'negative']) await vi.waitFor(async () => expect(await count(view)).toBe('5'));
    expect(await count('inverse')).toBe('3');
    await vi.waitFor(async () =>
      expect(
        await session.run(
          "SELECT trim(mv_name), count(*) FROM sys_mv_refresh_history WHERE status LIKE 'Refresh failed%' GROUP BY 1",
        ),
      ).toMatchObject({ rows: [['inverse', '1']] }),
    );
    fixture.streams.put('clicks', ['5']);
    for (const view of ['plain', 'negative']) await vi.waitFor(async () => expect(await count(view)).toBe('6'));
  });

  it('all wait out an outage, and one that is dropped holds up none', async () => {
    await session.all(text('one', number), text('two', number));
    fixture.fixture.views.startScheduler();
    fixture.streams.put('clicks', ['1']);
    const count = async (view: string): Promise<unknown> => session.value(`SELECT count(*) FROM ${view}`);
    for (const view of ['one', 'two']) await vi.waitFor(async () => expect(await count(view)).toBe('1'));
    fixture.streams.dead = true;
    fixture.streams.put('clicks', ['2']);
    await vi.waitFor(async () =>
      expect(
        await session.value(
          "SELECT count(DISTINCT mv_name) FROM sys_mv_refresh_history WHERE status LIKE 'Refresh failed%'",
        ),
      ).toBe('2'),
    );
    fixture.streams.dead = false;
    for (const view of ['one', 'two']) await vi.waitFor(async () => expect(await count(view)).toBe('2'));
    await session.run('DROP MATERIALIZED VIEW one');
    fixture.streams.put('clicks', ['3']);
    await vi.waitFor(async () => expect(await count('two')).toBe('3'));
  });
});
