import { describe, expect, it } from 'vitest';
import { decomposeAggregate } from '../../src/refresh/aggregate-definition.js';
import { kinesisSource } from '../../src/streams/kinesis/columns.js';
import { queryOf } from './query-of.js';

const aggregates = new Set(['count', 'sum', 'min', 'max', 'avg']);
const split = (text: string, scales: ReadonlyMap<string, number> = new Map()) => {
  const { finalQuery, ...parts } = decomposeAggregate(text, queryOf(text), {
    isAggregate: (name) => aggregates.has(name),
    columns: new Set(kinesisSource.columns.map(({ name }) => name)),
  });
  return { ...parts, finalQuery: finalQuery(scales) };
};

describe('an aggregating definition', () => {
  it('is taken apart into what a refresh stores and what the view shows', () => {
    const parts = split(
      'SELECT shard_id, count(*) AS n, AVG(length(kinesis_data)) avg_size, max(refresh_time) FROM kds.s AS s WHERE can_json_parse(kinesis_data) GROUP BY shard_id HAVING COUNT( * ) > 1',
    );
    expect(parts).toEqual({
      partialQuery:
        'SELECT shard_id AS key_1, COUNT(*) AS partial_1, SUM(length(kinesis_data)) AS partial_2, COUNT(length(kinesis_data)) AS partial_3, MAX(refresh_time) AS partial_4 FROM kds.s AS s WHERE can_json_parse(kinesis_data) GROUP BY 1',
      finalQuery:
        'SELECT key_1, COALESCE(SUM(partial_1), 0) AS n, (SUM(partial_2) / NULLIF(SUM(partial_3), 0)) AS avg_size, MAX(partial_4) FROM duckshift_partials GROUP BY key_1 HAVING COALESCE(SUM(partial_1), 0) > 1',
      keys: ['key_1'],
      partials: [
        { name: 'partial_1', merge: 'sum' },
        { name: 'partial_2', merge: 'sum' },
        { name: 'partial_3', merge: 'sum' },
        { name: 'partial_4', merge: 'max' },
      ],
    });
  });

  it('groups by ordinals, aliases and expressions alike', () => {
    const expected =
      "SELECT date_trunc('hour', approximate_arrival_timestamp) AS key_1, COUNT(*) AS partial_1 FROM kds.s GROUP BY 1";
    for (const key of ['1', 'h', "DATE_TRUNC('hour',  approximate_arrival_timestamp)"]) {
      const parts = split(
        `SELECT date_trunc('hour', approximate_arrival_timestamp) AS h, count(*) FROM kds.s GROUP BY ${key}`,
      );
      expect(parts.partialQuery.toLowerCase().replaceAll('  ', ' ')).toBe(expected.toLowerCase());
      expect(parts.finalQuery).toBe(
        'SELECT key_1 AS h, COALESCE(SUM(partial_1), 0) FROM duckshift_partials GROUP BY key_1',
      );
    }
  });

  it('may compute with keys and aggregates', () => {
    const parts = split(
      "SELECT upper(shard_id) || '-' || count(*), sum(a) / count(*) + 1 FROM kds.s GROUP BY upper(shard_id)",
    );
    expect(parts.finalQuery).toBe(
      "SELECT key_1 || '-' || COALESCE(SUM(partial_1), 0), SUM(partial_2) / COALESCE(SUM(partial_1), 0) + 1 FROM duckshift_partials GROUP BY key_1",
    );
  });

  it('cuts the average of decimals to their scale', () => {
    expect(split('SELECT avg(price) FROM kds.s', new Map([['partial_1', 2]])).finalQuery).toBe(
      'SELECT CAST(TRUNC(SUM(partial_1) / NULLIF(SUM(partial_2), 0), 2) AS DECIMAL(38, 2)) FROM duckshift_partials',
    );
  });

  it('sees that a qualified name and a bare one are the same column', () => {
    const parts = split(
      'SELECT s.shard_id, max(s.refresh_time) FROM kds.clicks AS s GROUP BY ("shard_id"), S.shard_id',
    );
    expect(parts.keys).toEqual(['key_1', 'key_2']);
    expect(split('SELECT s.shard_id, count(*) FROM kds.clicks AS s GROUP BY (shard_id)').finalQuery).toBe(
      'SELECT key_1, COALESCE(SUM(partial_1), 0) FROM duckshift_partials GROUP BY key_1',
    );
    expect(split('SELECT shard_id, count(*) FROM kds.clicks GROUP BY clicks.shard_id').keys).toEqual(['key_1']);
  });

  it('needs no GROUP BY', () => {
    const parts = split('SELECT count(*) AS n FROM kds.s');
    expect(parts.partialQuery).toBe('SELECT COUNT(*) AS partial_1 FROM kds.s');
    expect(parts.finalQuery).toBe('SELECT COALESCE(SUM(partial_1), 0) AS n FROM duckshift_partials');
  });

  it.each([
    'SELECT count(*) FROM kds.s GROUP BY ROLLUP (shard_id)',
    'SELECT count(*) FROM kds.s GROUP BY GROUPING SETS ((shard_id), ())',
  ])('refuses %s', (text) => {
    expect(() => split(text)).toThrow(expect.objectContaining({ code: '0A000' }));
  });
});
