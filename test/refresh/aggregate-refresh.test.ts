import { describe, expect, it, vi } from 'vitest';
import { compileQueryText, parseQueryText } from '../../src/refresh/defining-query.js';
import { describeFunction } from '../../src/refresh/function-traits.js';
import { openFixture } from './open-fixture.js';
import type { FixtureDialect } from './refresh-fixture.js';

const dialect: FixtureDialect = { compile: compileQueryText, parse: parseQueryText, describeFunction };

const events = (from: number, to: number): object[] =>
  Array.from({ length: to - from }, (_unused, index) => {
    const n = from + index;
    return { kind: ['view', 'cart', 'buy'][n % 3], price: (n % 100) / 4, n };
  });

const text = `SELECT json_extract_path_text(from_varbyte(kinesis_data, 'utf-8'), 'kind') AS kind, count(*) AS n,
  sum(json_extract_path_text(from_varbyte(kinesis_data, 'utf-8'), 'n')::int) AS total,
  avg(json_extract_path_text(from_varbyte(kinesis_data, 'utf-8'), 'n')::int) AS mean,
  avg(json_extract_path_text(from_varbyte(kinesis_data, 'utf-8'), 'price')::decimal(8,2)) AS price,
  min(sequence_number) AS first, max(approximate_arrival_timestamp) AS last
FROM kds.clicks WHERE can_json_parse(kinesis_data) GROUP BY 1`;
const columns = {
  kind: 'varchar',
  n: 'int8',
  total: 'int8',
  mean: 'int8',
  price: { id: 'numeric', precision: 38, scale: 2 },
  first: 'varchar',
  last: 'timestamp',
} as const;

/** The same figures from the records themselves. */
function expected(records: readonly object[]): object[] {
  const groups = new Map<string, { n: number; total: number; price: number }>();
  for (const record of records as { kind: string; n: number; price: number }[]) {
    const group = groups.get(record.kind) ?? { n: 0, total: 0, price: 0 };
    groups.set(record.kind, { n: group.n + 1, total: group.total + record.n, price: group.price + record.price });
  }
  return [...groups].sort().map(([kind, { n, total, price }]) => ({
    kind,
    n: BigInt(n),
    total: BigInt(total),
    mean: BigInt(Math.trunc(total / n)),
    price: expect.closeTo(price / n, 1),
  }));
}
const figures = 'SELECT kind, n, total, mean, price::DOUBLE AS price FROM dev.public.mv ORDER BY kind';

describe('an aggregating streaming view', () => {
  it('shows what its query over all records would show, refresh after refresh', async () => {
    const g = await openFixture({ dialect });
    g.streams.create('clicks', 2);
    g.streams.batchRows = 500;
    const mv = await g.createView('mv', text, columns);
    const all: object[] = [];
    for (let round = 0; round < 4; round++) {
      const some = events(round * 1_000, round * 1_000 + 1_000);
      all.push(...some);
      g.streams.put('clicks', some, round % 2);
      expect(await g.refresh(mv)).toEqual(['Materialized view mv was incrementally updated successfully.']);
      expect(await g.rows(figures)).toEqual(expected(all));
    }
    expect(
      await g.rows('SELECT count(*) FILTER (last IS NOT NULL AND first IS NOT NULL)::INTEGER AS n FROM dev.public.mv'),
    ).toEqual([{ n: 3 }]);
  });

  it('counts nothing as 0 when it has no groups', async () => {
    const g = await openFixture({ dialect });
    g.streams.create('clicks');
    const mv = await g.createView('mv', 'SELECT count(*) AS n, max(sequence_number) AS last FROM kds.clicks', {
      n: 'int8',
      last: 'varchar',
    });
    expect(await g.rows('SELECT * FROM dev.public.mv')).toEqual([{ n: 0n, last: null }]);
    g.streams.put('clicks', [{}, {}, {}, {}]);
    await g.refresh(mv);
    expect(await g.rows('SELECT n FROM dev.public.mv')).toEqual([{ n: 4n }]);
  });

  it('adds its partial rows up when they have become many', async () => {
    const g = await openFixture({ dialect });
    g.streams.create('clicks');
    g.streams.batchRows = 5_000;
    const mv = await g.createView(
      'mv',
      "SELECT json_extract_path_text(from_varbyte(kinesis_data, 'utf-8'), 'u') AS u, count(*) AS n FROM kds.clicks GROUP BY 1",
      { u: 'varchar', n: 'int8' },
    );
    for (let round = 0; round < 6; round++) {
      g.streams.put(
        'clicks',
        Array.from({ length: 5_000 }, (_unused, n) => ({ u: n })),
      );
      await g.refresh(mv);
    }
    await vi.waitFor(async () => {
      const [stored] = await g.rows('SELECT count(*)::INTEGER AS n FROM dev.public.mv_tbl__mv__0');
      expect(stored?.n).toBeLessThan(25_000);
    });
    expect(await g.rows('SELECT count(*)::INTEGER AS u, min(n) AS lo, max(n) AS hi FROM dev.public.mv')).toEqual([
      { u: 5_000, lo: 6n, hi: 6n },
    ]);
  });

  it('refuses what cannot be maintained', async () => {
    const g = await openFixture({ dialect });
    g.streams.create('clicks');
    await expect(
      g.createView('v', 'SELECT kinesis_data, count(*) AS n FROM kds.clicks GROUP BY 1', { d: 'varbyte', n: 'int8' }),
    ).rejects.toMatchObject({
      code: '0A000',
      message: expect.stringContaining('VARBYTE'),
    });
    await expect(
      g.createView('v', 'SELECT median(length(kinesis_data)) AS m FROM kds.clicks', { m: 'float8' }),
    ).rejects.toMatchObject({
      code: '0A000',
      message: expect.stringContaining('MEDIAN'),
    });
  });
});
