import { describe, expect, it } from 'vitest';
import type { Relation, RelationKind } from '../../sql-dialect/catalog.js';
import type { QueryPlan } from '../../sql-dialect/plan.js';
import { checkDefinition, type FunctionTraits } from '../../src/refresh/definition-check.js';
import { queryOf } from './query-of.js';

const plain: FunctionTraits = { mutable: false, aggregate: false, incremental: false, leaderOnly: false };
const functions: Readonly<Record<string, FunctionTraits>> = {
  getdate: { ...plain, mutable: true },
  count: { ...plain, aggregate: true, incremental: true },
  median: { ...plain, aggregate: true },
  current_schema: { ...plain, leaderOnly: true },
};

function relation(kind: RelationKind, name: string): Relation {
  return {
    kind,
    name,
    schema: kind === 'stream' ? 'kds' : 'public',
    database: 'dev',
    duckdb: name,
    columns: undefined,
  };
}
function check(text: string, ...reads: Relation[]) {
  const compiled: QueryPlan = {
    kind: 'select',
    duckdb: '',
    columns: [],
    parameters: [],
    reads,
    positions: { toSource: () => undefined },
  };
  return checkDefinition('mv', queryOf(text), compiled, (name) => functions[name]);
}
const stream = relation('stream', 's');
const table = relation('table', 't');

describe('the definition of a streaming view', () => {
  it.each([
    'SELECT * FROM kds.s',
    'SELECT k.shard_id, lower(k.partition_key) AS p FROM kds.s AS k WHERE can_json_parse(kinesis_data)',
    'SELECT json_parse(kinesis_data).a.b[0]::int AS x FROM kds.s WHERE length(kinesis_data) < 65355',
  ])('may be %s', (text) => {
    expect(check(text, stream)).toEqual({ aggregated: false, mutable: false });
  });

  it.each([
    ['SELECT * FROM kds.s ORDER BY 1', 'ORDER BY is not allowed'],
    ['SELECT * FROM kds.s LIMIT 5', 'LIMIT is not allowed'],
    ['SELECT * FROM kds.s OFFSET 5', 'OFFSET is not allowed'],
    ['SELECT TOP 5 * FROM kds.s', 'TOP is not allowed'],
    ['SELECT current_schema() FROM kds.s', 'Leader-node function CURRENT_SCHEMA is not allowed'],
    ['SELECT DISTINCT shard_id FROM kds.s', 'DISTINCT is not supported'],
    ['SELECT * FROM kds.s UNION ALL SELECT * FROM kds.s', 'UNION, INTERSECT or EXCEPT are not supported'],
    ['WITH c AS (SELECT * FROM kds.s) SELECT * FROM c', 'WITH (a common table expression) is not supported'],
    ['SELECT * FROM (SELECT * FROM kds.s) AS q', 'A subquery is not supported'],
    ['SELECT * FROM kds.s WHERE shard_id IN (SELECT 1)', 'A subquery is not supported'],
    ['SELECT (SELECT 1) FROM kds.s', 'A subquery is not supported'],
    ['SELECT row_number() OVER (ORDER BY shard_id) FROM kds.s', 'A window function is not supported'],
    ['SELECT count(DISTINCT shard_id) FROM kds.s', 'A DISTINCT aggregate is not supported'],
    ['SELECT getdate() FROM kds.s', 'Mutable function GETDATE is not supported'],
    ['SELECT median(refresh_time) FROM kds.s', 'Aggregate MEDIAN is not supported'],
    ['SELECT * FROM kds.s, s.d AS e', 'Unnesting a SUPER value is not supported'],
    ['SELECT * FROM kds.s a JOIN kds.s b ON true', 'JOIN is not supported'],
  ])('may not be %s', (text, message) => {
    expect(() => check(text, stream)).toThrow(
      expect.objectContaining({ code: '0A000', message: expect.stringContaining(message) }),
    );
  });

  it('reads one stream and nothing else', () => {
    expect(() => check('SELECT * FROM kds.s, t', stream, table)).toThrow('JOIN of a stream with another relation');
    expect(() => check('SELECT * FROM kds.s, kds.r', stream, relation('stream', 'r'))).toThrow(
      'Reading more than one stream',
    );
  });

  it('may aggregate what can be maintained', () => {
    expect(check('SELECT shard_id, count(*) FROM kds.s GROUP BY 1', stream)).toEqual({
      aggregated: true,
      mutable: false,
    });
  });
});

describe('the definition of any view', () => {
  it('may join, group and call mutable functions', () => {
    expect(check('SELECT getdate(), count(DISTINCT a) FROM t JOIN u ON true GROUP BY b', table)).toEqual({
      aggregated: false,
      mutable: true,
    });
  });

  it.each([
    ['view', 'View "x" cannot be read'],
    ['late_binding_view', 'Late-binding view "x" cannot be read'],
    ['system_view', 'System view "x" cannot be read'],
  ] as const)('reads no %s', (kind, message) => {
    expect(() => check('SELECT * FROM x', relation(kind, 'x'))).toThrow(message);
  });

  it('reads no temporary table', () => {
    expect(() => check('SELECT * FROM x', { ...relation('table', 'x'), temporary: true })).toThrow(
      'Temporary table "x"',
    );
  });
});
