import { describe, expect, it } from 'vitest';
import type { BoundArgument, CallContext, FunctionDefinition } from '../../../sql-dialect/functions/contract.js';
import { expandScalar, scalarFunctions } from '../../../sql-dialect/functions/index.js';
import { defaultDialectSettings } from '../../../sql-dialect/index.js';
import { useSession } from './calls.js';

const definitions = [...scalarFunctions.values()].flat();
const templates = definitions.filter(({ duckdb }) => typeof duckdb === 'string');
const repeating = templates.filter(({ duckdb }) =>
  [...String(duckdb).matchAll(/\$(\d+)/g)].some((match, i, all) => all.findIndex(([text]) => text === match[0]) < i),
);

/** A call whose n-th argument is `text(n)`; its type matters to code only, not to a template. */
function call({ parameters }: FunctionDefinition, text: (n: number) => string): CallContext {
  const args = parameters.map(
    (_, i): BoundArgument => ({
      sql: text(i + 1),
      type: { id: 'varchar' },
      node: { kind: 'null', start: 0, end: 1 },
      constant: undefined,
      word: undefined,
    }),
  );
  return {
    args,
    settings: defaultDialectSettings,
    fail: (_, message) => {
      throw new LiteralNeeded(message);
    },
  };
}

/** The form of `definition` over volatile arguments, `undefined` where it takes literals only. */
function volatileForm(definition: FunctionDefinition): string | undefined {
  try {
    return expandScalar(
      definition,
      call(definition, (n) => `(random() + ${n}00)`),
    );
  } catch (error) {
    if (error instanceof LiteralNeeded) return undefined;
    throw error;
  }
}

class LiteralNeeded extends Error {}

const count = (text: string, part: string): number => text.split(part).length - 1;

describe('an argument that the form of a scalar function repeats', () => {
  it('is a case that the tables hold', () => {
    expect(repeating.length).toBeGreaterThan(20);
  });

  it.each(definitions.map((definition): [string, FunctionDefinition] => [describeDefinition(definition), definition]))(
    'is evaluated once when it is volatile: %s',
    (_, definition) => {
      const text = volatileForm(definition) ?? '';
      for (const n of definition.parameters.keys()) {
        expect(count(text, `(random() + ${n + 1}00)`)).toBeLessThanOrEqual(1);
      }
    },
  );

  it.each(repeating.map((definition): [string, FunctionDefinition] => [describeDefinition(definition), definition]))(
    'stays in its place when it is a column: %s',
    (_, definition) => {
      expect(
        expandScalar(
          definition,
          call(definition, (n) => `t.c${n}`),
        ),
      ).not.toContain('lambda');
    },
  );
});

function describeDefinition({ name, parameters }: FunctionDefinition): string {
  return `${name}(${parameters.join(', ')})`;
}

describe('a volatile argument has one value in the whole call', () => {
  const session = useSession();
  const rows = 'FROM generate_series(1, 2000)';
  it.each([
    // Of two strings exactly one answer holds; comparing again for each lets all three fail.
    ['bpcharcmp', `SELECT count(bpcharcmp(random()::varchar(30), random()::varchar(30))) ${rows}`, '2000'],
    [
      'date_cmp',
      `SELECT count(date_cmp(('2024-01-01'::date + (random() * 2)::int)::date, '2024-01-02'::date)) ${rows}`,
      '2000',
    ],
    [
      'quote_ident',
      `SELECT count(*) FROM (SELECT quote_ident(CASE WHEN random() < 0.5 THEN 'a' ELSE 'A b' END) AS q ${rows}) x WHERE q IN ('A b', '"a"')`,
      '0',
    ],
    [
      'nested calls',
      `SELECT count(bpcharcmp(quote_ident(random()::varchar(30)), quote_ident(random()::varchar(30)))) ${rows}`,
      '2000',
    ],
    [
      'beside an aggregate',
      `SELECT count(*) FROM (SELECT bpcharcmp(random()::varchar(30), max(random())::varchar(30)) AS c ${rows}) x WHERE c IS NOT NULL`,
      '1',
    ],
    [
      'beside a subquery',
      `SELECT count(bpcharcmp(random()::varchar(30), (SELECT '0.5'::varchar(30)))) ${rows}`,
      '2000',
    ],
  ])('%s', async (_, sql, expected) => {
    expect((await session.run(sql)).rows).toEqual([[expected]]);
  });

  it('mod by zero fails by its own message, not by a second value', async () => {
    const failed = await session
      .run(`SELECT sum(mod(7, (random() * 2)::int)) ${rows}`)
      .catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: '22012' });
  });
});
