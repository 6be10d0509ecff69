import { describe, expect, it } from 'vitest';
import { raisedErrorSql } from '../../sql-dialect/duckdb/raised-error.js';
import { openFixture } from './open-fixture.js';
import type { RefreshFixture } from './refresh-fixture.js';

/** As the dialect rewrites `JSON_PARSE(kinesis_data)` without and with a guard. */
const unguarded = `SELECT CASE WHEN duckshift_json_valid THEN decode(kinesis_data)::JSON ELSE ${raisedErrorSql('XX000', 'JSON parsing error')} END, shard_id, sequence_number, refresh_time FROM {kds.clicks}`;
const guarded = `${unguarded} WHERE duckshift_json_valid`;
const columns = {
  d: 'super',
  shard_id: { id: 'char', length: 20 },
  sequence_number: 'varchar',
  refresh_time: 'timestamp',
} as const;
const stored = 'SELECT d FROM dev.public.mv ORDER BY shard_id, sequence_number';

async function fixture(options = {}): Promise<RefreshFixture> {
  const made = await openFixture(options);
  made.streams.create('clicks', 2);
  return made;
}

describe('a refresh of a streaming view', () => {
  it('stores what is new, once, and says so', async () => {
    const g = await fixture();
    const mv = await g.createView('mv', unguarded, columns);
    expect(await g.count('mv')).toBe(0);
    g.streams.put('clicks', [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
    g.streams.put('clicks', [{ n: 5 }], 1);
    expect(await g.refresh(mv)).toEqual(['Materialized view mv was incrementally updated successfully.']);
    g.streams.put('clicks', [{ n: 6 }], 1);
    await g.refresh(mv);
    expect(await g.refresh(mv)).toEqual([
      'Materialized view mv was incrementally updated successfully. Stream returned no new data.',
    ]);
    expect((await g.rows(stored)).map(({ d }) => d)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `{"n":${n}}`));
    expect(await g.statuses()).toEqual([
      'Refresh successfully updated MV incrementally',
      'Refresh successfully updated MV incrementally',
      'Refresh successfully updated MV incrementally. Stream returned no new data',
    ]);
    const [times] = await g.rows('SELECT count(DISTINCT refresh_time)::INTEGER AS n FROM dev.public.mv');
    expect(times).toEqual({ n: 2 });
  });

  it('says when it ended before the stream did', async () => {
    const g = await fixture();
    const mv = await g.createView('mv', unguarded, columns);
    g.streams.put(
      'clicks',
      Array.from({ length: 8 }, (_unused, n) => ({ n })),
    );
    g.streams.batchesPerDrain = 2;
    expect(await g.refresh(mv)).toEqual([
      'Materialized view mv was incrementally updated successfully. The stream may contain more data.',
    ]);
    expect(await g.refresh(mv)).toEqual(['Materialized view mv was incrementally updated successfully.']);
    expect(await g.statuses()).toEqual([
      'Refresh successfully updated MV incrementally. The stream may contain more data',
      'Refresh successfully updated MV incrementally',
    ]);
    expect(await g.count('mv')).toBe(8);
  });

  it('leaves scan states behind', async () => {
    const g = await fixture();
    const mv = await g.createView('mv', guarded, columns);
    g.streams.put('clicks', ['{"n":1}', '{bad', '{"n":3}', '{"n":4}']);
    await g.refresh(mv);
    expect(
      await g.rows(
        'SELECT external_schema_name AS s, stream_name AS t, mv_name AS m, partition_id AS p, scanned_rows AS n, scanned_bytes AS b, stream_record_time_min <= stream_record_time_max AS ok FROM dev.duckshift.stream_scan_states',
      ),
    ).toEqual([{ s: 'kds', t: 'clicks', m: 'mv', p: 'shardId-000000000000', n: 4n, b: 25n, ok: true }]);
    expect(await g.count('mv')).toBe(3);
  });

  it('changes nothing when a record cannot be parsed, and tells every time', async () => {
    const g = await fixture();
    const mv = await g.createView('mv', unguarded, columns);
    g.streams.put('clicks', [{ n: 1 }]);
    await g.refresh(mv);
    g.streams.put('clicks', [{ n: 2 }, { n: 3 }, { n: 4 }, '{bad']);
    for (let attempt = 0; attempt < 2; attempt++)
      await expect(g.refresh(mv)).rejects.toMatchObject({ code: 'XX000', message: 'JSON parsing error' });
    expect(await g.count('mv')).toBe(1);
    expect(await g.statuses()).toEqual([
      'Refresh successfully updated MV incrementally',
      'Refresh failed. JSON parsing error',
      'Refresh failed. JSON parsing error',
    ]);
  });

  it('fails with the name of a stream that is not there, and of its endpoint', async () => {
    const g = await fixture();
    await expect(
      g.createView('other', 'SELECT kinesis_data FROM {kds.nowhere}', { d: 'varbyte' }),
    ).rejects.toMatchObject({
      code: '42P01',
      message: 'Kinesis stream "nowhere" does not exist at memory:',
    });
    expect(g.catalog.snapshot('dev')?.relation('public', 'other')).toBeUndefined();
    const mv = await g.createView('mv', unguarded, columns);
    g.streams.remove('clicks');
    await expect(g.refresh(mv)).rejects.toMatchObject({ code: '42P01' });
  });

  it('loses nothing while the endpoint is dead', async () => {
    const g = await fixture();
    const mv = await g.createView('mv', unguarded, columns);
    g.streams.put('clicks', [{ n: 1 }]);
    await g.refresh(mv);
    g.streams.put('clicks', [{ n: 2 }, { n: 3 }, { n: 4 }, { n: 5 }]);
    let batches = 0;
    g.streams.beforeBatch = () => {
      g.streams.dead = ++batches === 2;
    };
    await expect(g.refresh(mv)).rejects.toMatchObject({ code: '58030' });
    expect(await g.count('mv')).toBe(1);
    g.streams.beforeBatch = undefined;
    g.streams.dead = false;
    await g.refresh(mv);
    expect(await g.count('mv')).toBe(5);
  });

  it('reads a recreated stream from its beginning, keeps the rows, and says so', async () => {
    const g = await fixture();
    const mv = await g.createView('mv', unguarded, columns);
    g.streams.put('clicks', [{ n: 1 }, { n: 2 }]);
    await g.refresh(mv);
    g.streams.create('clicks');
    g.streams.put('clicks', [{ n: 3 }]);
    const notices = await g.refresh(mv);
    expect(notices[0]).toContain('Stream clicks was deleted and created again');
    expect(notices[1]).toBe('Materialized view mv was incrementally updated successfully.');
    expect(await g.count('mv')).toBe(3);
    expect((await g.refresh(mv)).length).toBe(1);
    expect(await g.count('mv')).toBe(3);
  });

  it('remembers shards that have ended', async () => {
    const g = await fixture();
    const mv = await g.createView('mv', unguarded, columns);
    g.streams.put('clicks', [{ n: 1 }]);
    g.streams.end('clicks');
    await g.refresh(mv);
    expect(
      await g.rows(
        "SELECT split_id, position LIKE '% ended' AS ended FROM dev.duckshift.stream_checkpoints ORDER BY split_id",
      ),
    ).toEqual([{ split_id: 'shardId-000000000000', ended: true }]);
  });

  it('can be cancelled', async () => {
    const g = await fixture();
    const mv = await g.createView('mv', unguarded, columns);
    g.streams.put(
      'clicks',
      Array.from({ length: 20 }, (_unused, n) => ({ n })),
    );
    const abort = new AbortController();
    g.streams.beforeBatch = () => abort.abort();
    await expect(g.refresh(mv, { signal: abort.signal })).rejects.toMatchObject({ code: '57014' });
    g.streams.beforeBatch = undefined;
    expect(await g.count('mv')).toBe(0);
    await g.refresh(mv);
    expect(await g.count('mv')).toBe(20);
  });

  it('is not started twice at once for one view', async () => {
    const g = await fixture();
    const mv = await g.createView('mv', unguarded, columns);
    g.streams.put(
      'clicks',
      Array.from({ length: 50 }, (_unused, n) => ({ n })),
    );
    await Promise.all(Array.from({ length: 8 }, () => g.refresh(mv)));
    expect(await g.count('mv')).toBe(50);
    const other = await g.createView('second', unguarded, columns);
    await Promise.all([g.refresh(other), g.refresh(mv), g.refresh(other)]);
    expect(await g.count('second')).toBe(50);
    expect(await g.count('mv')).toBe(50);
  });

  it('gives a view that was dropped and created again all records', async () => {
    const g = await fixture();
    g.streams.put('clicks', [{ n: 1 }, { n: 2 }]);
    const first = await g.createView('mv', unguarded, columns);
    await g.refresh(first);
    await g.dropView(first);
    await expect(g.refresh(first)).rejects.toMatchObject({ code: '42P01' });
    const second = await g.createView('mv', unguarded, columns);
    await g.refresh(second);
    expect(await g.count('mv')).toBe(2);
  });

  it('may be dropped while it refreshes: the drop waits', async () => {
    const g = await fixture();
    const mv = await g.createView('mv', unguarded, columns);
    g.streams.put(
      'clicks',
      Array.from({ length: 10 }, (_unused, n) => ({ n })),
    );
    let begun: () => void = () => undefined;
    const running = new Promise<void>((resolve) => {
      begun = resolve;
    });
    g.streams.beforeBatch = () => {
      begun();
      return new Promise((resolve) => setTimeout(resolve, 5));
    };
    const refresh = g.refresh(mv);
    await running;
    await g.dropView(mv);
    expect(await refresh).toEqual(['Materialized view mv was incrementally updated successfully.']);
    expect(g.catalog.snapshot('dev')?.relation('public', 'mv')).toBeUndefined();
  });

  it('writes nothing when an automatic poll finds nothing', async () => {
    const g = await fixture();
    const mv = await g.createView('mv', unguarded, columns);
    for (let poll = 0; poll < 3; poll++) await g.refresh(mv, { type: 'Auto' });
    expect(await g.statuses()).toEqual([]);
    expect(await g.rows('SELECT * FROM dev.duckshift.stream_checkpoints')).toEqual([]);
    g.streams.dead = true;
    for (let poll = 0; poll < 3; poll++) await expect(g.refresh(mv, { type: 'Auto' })).rejects.toThrow();
    expect((await g.statuses()).length).toBe(1);
  });

  it('sees one stored copy although a reader looks while it runs', async () => {
    const g = await fixture();
    const mv = await g.createView('mv', unguarded, columns);
    g.streams.put(
      'clicks',
      Array.from({ length: 30 }, (_unused, n) => ({ n })),
    );
    const seen = new Set<number>();
    g.streams.beforeBatch = async () => {
      seen.add(await g.count('mv'));
    };
    await g.refresh(mv);
    expect([...seen]).toEqual([0]);
    expect(await g.count('mv')).toBe(30);
  });
});

describe('a view of tables', () => {
  it('is filled when it is created and recomputed by a refresh', async () => {
    const g = await fixture();
    await g.connection.run('CREATE TABLE dev.public.t AS SELECT range::INTEGER AS a FROM range(10)');
    const mv = await g.createView('sums', 'SELECT a % 2 AS k, sum(a) AS s FROM dev.public.t GROUP BY a % 2', {
      k: 'int4',
      s: 'int8',
    });
    expect(await g.rows('SELECT * FROM dev.public.sums ORDER BY k')).toEqual([
      { k: 0, s: 20n },
      { k: 1, s: 25n },
    ]);
    expect(await g.refresh(mv)).toEqual(['Materialized view sums is already up to date.']);
    await g.connection.run('DELETE FROM dev.public.t WHERE a > 2');
    await g.noteRows(mv);
    expect(await g.refresh(mv)).toEqual(['Materialized view sums was incrementally updated successfully.']);
    expect(await g.rows('SELECT * FROM dev.public.sums ORDER BY k')).toEqual([
      { k: 0, s: 2n },
      { k: 1, s: 1n },
    ]);
    expect(await g.refresh(mv)).toEqual(['Materialized view sums is already up to date.']);
    expect(await g.statuses()).toEqual([
      'MV was already updated',
      'Refresh successfully updated MV incrementally',
      'MV was already updated',
    ]);
  });

  it('refreshes what it is built on first with CASCADE, all or nothing', async () => {
    const g = await fixture();
    const base = await g.createView('mv', unguarded, columns);
    const child = await g.createView(
      'child',
      `SELECT count(*) AS n, ${'sum'}(CASE WHEN (d->>'n')::INTEGER = 99 THEN ${raisedErrorSql('22012', 'division by zero')} ELSE 1 END) AS s FROM dev.public.mv`,
      { n: 'int8', s: 'int8' },
      { dependsOn: [base.oid] },
    );
    g.streams.put('clicks', [{ n: 1 }, { n: 2 }]);
    expect(await g.refresh(child, { mode: 'restrict' })).toEqual([
      'Materialized view child is already up to date.  However, it depends on another materialized view that is not up to date.',
    ]);
    expect(await g.refresh(child, { mode: 'cascade' })).toEqual([
      'Materialized view child was incrementally updated successfully.',
    ]);
    expect(await g.rows('SELECT n FROM dev.public.child')).toEqual([{ n: 2n }]);
    g.streams.put('clicks', [{ n: 99 }]);
    await expect(g.refresh(child, { mode: 'cascade' })).rejects.toMatchObject({ code: '22012' });
    expect(await g.count('mv')).toBe(2);
    expect((await g.statuses()).slice(-2).sort()).toEqual([
      'Cascade refresh failed because materialized view public.child was not refreshed.',
      'Refresh failed. division by zero',
    ]);
  });
});

describe('duplicate column names', () => {
  it('are refused', async () => {
    const g = await fixture();
    await g.connection.run('CREATE TABLE dev.public.t AS SELECT 1 AS a');
    await expect(g.createView('v', 'SELECT a, a FROM dev.public.t', { a: 'int4', A: 'int4' })).rejects.toMatchObject({
      code: '42701',
    });
  });
});
