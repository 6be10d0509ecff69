import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NumberLiteral } from '../../../sql-dialect/ast/expression.js';
import { compile, defaultDialectSettings, parseStatements, translateCatalog } from '../../../sql-dialect/index.js';
import { Emitter } from '../../../sql-dialect/rewrite/emitter.js';
import { orderRules, type Rule, rule } from '../../../sql-dialect/rewrite/rule.js';
import { useDatabase } from '../tables.js';

const statements = [
  'select 1',
  "SELECT a.b , -- a comment\n  'it''s' || E'x\\n' FROM s.t AS a /* nested /* comment */ */ WHERE a.b[0].c = $1",
  'select top 3 *, t.* from t, t.items as i at idx left join u using (a) where x between 1 and 2 order by 1 desc nulls last',
  'with recursive q(n) as (select 1 union all select n+1 from q) select * from q minus select 2 limit 5 offset 1',
  "insert into t (a, b) values (1, default), ('x', null)",
  'update t set a = a + 1 from u where t.id = u.id',
  'delete t where a in (select 1)',
  'merge into t using s on t.a = s.a when matched then update set b = s.b when not matched then insert values (s.a)',
  "create table t (a int encode zstd, b varchar(10) default 'x') diststyle key distkey(a) sortkey(a)",
  'select * from (select a, b from t) pivot (sum(b) for a in (1 as one, 2)) unpivot (v for k in (one))',
  "select listagg(a, ',') within group (order by b) over (partition by c) from t group by grouping sets ((a), ())",
  'select case a when 1 then 2 else 3 end::int, cast(a as varchar(max)), extract(day from b), x similar to y from t',
];

const parsed = (sql: string) => {
  const [statement] = parseStatements(sql);
  if (statement === undefined) throw new Error('no statement');
  return statement;
};

describe('the emitter without rules', () => {
  it.each(statements)('gives %s back byte for byte', (sql) => {
    const statement = parsed(sql);
    const emitter = new Emitter(statement.source, orderRules([]), () => undefined);
    expect(emitter.emit(statement.node)).toBe(statement.text);
  });

  it('gives back text padded with any white space and comments', () => {
    const gap = fc.constantFrom(' ', '\n', '\t  ', ' /* c */ ', ' -- c\n', '/* a /* b */ */');
    fc.assert(
      fc.property(fc.array(gap, { minLength: 12, maxLength: 12 }), (gaps) => {
        const words = ['select', 'a', ',', 'b', '+', '1', 'from', 't', 'where', 'c', '=', "'x'"];
        const sql = words.map((word, i) => word + (gaps[i] ?? ' ')).join('');
        const statement = parsed(sql);
        const emitter = new Emitter(sql, orderRules([]), () => undefined);
        expect(emitter.emit(statement.node)).toBe(statement.text);
        expect(emitter.emit(statement.node)).toBe(statement.text);
      }),
    );
  });

  it('puts the text of a rule in the place of its node', () => {
    const doubled = rule<NumberLiteral, undefined>({
      name: 'double',
      kinds: ['number'],
      apply: (node) => String(Number(node.text) * 2),
    });
    const statement = parsed('select 1 + 20 -- 1\n, f( 3 )');
    const emitter = new Emitter(statement.source, orderRules([doubled]), () => undefined);
    expect(emitter.emit(statement.node)).toBe('select 2 + 40 -- 1\n, f( 6 )');
  });
});

describe('the order of rules', () => {
  const named = (name: string, needs: readonly string[]): Rule<undefined> => ({
    name,
    kinds: ['number'],
    needs,
    apply: () => undefined,
  });

  it('follows what rules need, whatever the order they are listed in', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 4 }), (names) => {
        const needs: Record<string, string[]> = { a: ['c'], b: ['a'], c: [], d: ['a', 'b'] };
        const order = orderRules(names.map((name) => named(name, needs[name] ?? []))).get('number') ?? [];
        const place = new Map(order.map((each, i) => [each.name, i]));
        for (const each of order) {
          for (const need of each.needs) expect(place.get(need)).toBeLessThan(place.get(each.name) ?? -1);
        }
      }),
    );
  });

  it.each([
    [[named('a', ['b']), named('b', ['a'])], 'rewrite rules need each other: a -> b -> a'],
    [[named('a', ['nowhere'])], 'rewrite rule a needs nowhere, which does not exist'],
    [[named('a', []), named('a', [])], 'two rewrite rules are named a'],
  ])('refuses circles, missing and doubled names', (rules, message) => {
    expect(() => orderRules(rules)).toThrow(message);
  });
});

describe('positions', () => {
  it.each([
    ['select a, bcd from t', '"bcd"', 'bcd'],
    ['select top 2 a + 1, upper(xyz) from t where k = 5', '"xyz"', 'xyz'],
    ['select a from t where k = 12345', '12345', '12345'],
    ['select x::int from t order by zzz', '"zzz"', 'zzz'],
  ])('%s: %s comes from %s', (sql, emitted, source) => {
    const plan = compile(parsed(sql), { catalog: translateCatalog, settings: defaultDialectSettings });
    if (!('positions' in plan) || plan.kind !== 'select') throw new Error('not a query');
    const text = 'duckdb' in plan && typeof plan.duckdb === 'string' ? plan.duckdb : '';
    expect(plan.positions).toHaveProperty('toSource');
    const map = plan.positions as { toSource(offset: number): number | undefined };
    const found = map.toSource(text.indexOf(emitted));
    expect(found === undefined ? undefined : Math.abs(found - sql.indexOf(source))).toBeLessThanOrEqual(1);
  });
});

describe('white space and comments', () => {
  const database = useDatabase({ t: { columns: 'id int, name varchar(20)', rows: ["1, 'a'", "2, 'b'"] } });

  it('change nothing', async () => {
    const tight = await database.query('SELECT name,count(*)n FROM t WHERE id IN(1,2)GROUP BY name ORDER BY name');
    const loose = await database.query(
      'SELECT /* x */ name -- y\n , count ( * ) AS n\nFROM t -- z\nWHERE id IN ( 1 , /* 3, */ 2 )\n GROUP  BY name ORDER BY name -- end',
    );
    expect(loose.rows).toEqual(tight.rows);
    expect(loose.labels).toEqual(tight.labels);
  });
});
