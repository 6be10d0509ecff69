import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '../tables.js';

/**
 * A SUPER value as JSON text next to what it is equal by, told apart by JavaScript: the model of one notion of
 * equality, against which every operator of SQL is held.
 */
interface Modelled {
  readonly json: string;
  /** Equal texts for equal values; undefined for JSON null. */
  readonly identity: string | undefined;
}

const number: fc.Arbitrary<Modelled> = fc.oneof(
  fc
    .tuple(fc.integer({ min: -3, max: 3 }), fc.constantFrom('', '.0', '.00', '.5', '.50', 'e0'))
    .map(([whole, rest]) => ({
      json: `${whole}${rest}`,
      identity: `n${whole}${rest.startsWith('.5') ? '.5' : ''}`,
    })),
  fc.constantFrom('9007199254740992', '9007199254740993').map((json) => ({ json, identity: `n${json}` })),
);
const text: fc.Arbitrary<Modelled> = fc
  .tuple(fc.constantFrom('', 'a', 'A', 'a b', '1', 'true', 'é', '\u0001', 'a"\\', "'"), fc.nat(2))
  .map(([word, blanks]) => ({ json: JSON.stringify(word + ' '.repeat(blanks)), identity: `s${word}` }));
const scalar: fc.Arbitrary<Modelled> = fc.oneof(
  number,
  text,
  fc.boolean().map((value) => ({ json: String(value), identity: `b${value}` })),
);
const nothing: Modelled = { json: 'null', identity: undefined };

const { value } = fc.letrec<{ value: Modelled; array: Modelled; object: Modelled }>((tie) => ({
  value: fc.oneof({ maxDepth: 2 }, scalar, scalar, tie('array'), tie('object')),
  array: fc.array(fc.oneof(fc.constant(nothing), tie('value')), { maxLength: 2 }).map((elements) => ({
    json: `[${elements.map(({ json }) => json).join(',')}]`,
    identity: JSON.stringify(elements.map(({ identity }) => identity ?? 'null')),
  })),
  object: fc
    .tuple(
      fc.uniqueArray(fc.constantFrom('x', 'y', 'x '), { maxLength: 2 }),
      fc.array(tie('value'), { minLength: 2, maxLength: 2 }),
    )
    .map(([names, values]) => {
      const members = names.map((name, i) => [name, values[i] ?? nothing] as const);
      return {
        json: `{${members.map(([name, { json }]) => `${JSON.stringify(name)}:${json}`).join(',')}}`,
        identity: `o${JSON.stringify(members.map(([name, { identity }]) => [name, identity ?? 'null']).sort())}`,
      };
    }),
}));

const database = useDatabase({ t: { columns: 'id int, d super' } });

const literal = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
const column = async (sql: string): Promise<(string | null)[]> =>
  (await database.query(sql)).rows.map((row) => row[0] ?? null);

/** The ids of the values in each class of equal ones. */
function classes(values: readonly Modelled[]): string[] {
  const ids = new Map<string, number[]>();
  values.forEach(({ identity }, id) => {
    ids.set(identity ?? 'null', [...(ids.get(identity ?? 'null') ?? []), id]);
  });
  return [...ids.values()].map((each) => each.join(',')).sort();
}

describe('equality of SUPER values', () => {
  it('is one by every route', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 9, arbitrary: value }, fc.constant(nothing)), { minLength: 2, maxLength: 8 }),
        async (values) => {
          const rows = values.map(({ json }, id) => `SELECT ${id} AS id, json_parse(${literal(`{"k":${json}}`)}) AS d`);
          const table = `(${rows.join(' UNION ALL ')})`;
          const expected = classes(values);
          const pairs = values.flatMap(({ identity }, a) =>
            values.flatMap((other, b) => (identity !== undefined && identity === other.identity ? [`${a}-${b}`] : [])),
          );
          const paired = (on: string): string =>
            `SELECT a.id || '-' || b.id FROM ${table} a, ${table} b WHERE ${on} ORDER BY a.id, b.id`;
          const partners = (a: string): string =>
            `SELECT a.id || '-' || b.id FROM ${table} a JOIN ${table} b ON ${a} ORDER BY a.id, b.id`;
          for (const sql of [
            paired('a.d.k = b.d.k'),
            paired('NOT a.d.k <> b.d.k'),
            paired('a.d.k IN (b.d.k)'),
            paired("CASE a.d.k WHEN b.d.k THEN 'same' END = 'same'"),
            paired('NULLIF(a.d.k, b.d.k) IS NULL AND a.d.k IS NOT NULL'),
            partners('a.d.k = b.d.k'),
          ]) {
            expect(await column(sql), sql).toEqual(pairs);
          }
          const groups = `SELECT LISTAGG(id::varchar, ',') WITHIN GROUP (ORDER BY id) FROM`;
          for (const sql of [
            `${groups} ${table} q GROUP BY d.k`,
            `${groups} (SELECT id, d.k AS k FROM ${table} q) p GROUP BY k`,
            `${groups} (SELECT id, dense_rank() OVER (ORDER BY d.k) AS r FROM ${table} q) p GROUP BY r`,
            `${groups} (SELECT id, rank() OVER (ORDER BY d.k DESC) AS r FROM ${table} q) p GROUP BY r`,
            `${groups} (SELECT id, min(id) OVER (PARTITION BY d.k) AS r FROM ${table} q) p GROUP BY r`,
          ]) {
            expect((await column(sql)).sort(), sql).toEqual(expected);
          }
          for (const sql of [
            `SELECT count(*) FROM (SELECT DISTINCT d.k FROM ${table} q) p`,
            `SELECT count(*) FROM (SELECT d.k FROM ${table} q UNION SELECT d.k FROM ${table} r) p`,
            `SELECT count(*) FROM (SELECT d.k FROM ${table} q INTERSECT SELECT d.k FROM ${table} r) p`,
            `SELECT count(DISTINCT d.k) + ${values.some(({ identity }) => identity === undefined) ? 1 : 0} FROM ${table} q`,
          ]) {
            expect(await column(sql), sql).toEqual([String(expected.length)]);
          }
          const first = `(SELECT d.k FROM ${table} z WHERE z.id = 0)`;
          const known = values[0]?.identity;
          const same = values.flatMap(({ identity }, id) =>
            known !== undefined && known === identity ? [String(id)] : [],
          );
          for (const test of [`IN ${first}`, `= ANY ${first}`]) {
            const sql = `SELECT id FROM ${table} q WHERE d.k ${test} ORDER BY id`;
            expect(await column(sql), sql).toEqual(same);
          }
          expect(await column(`SELECT d.k FROM ${table} q EXCEPT SELECT d.k FROM ${table} r`)).toEqual([]);
        },
      ),
      { numRuns: 12 },
    );
  });
});
