import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numeric } from '../../../sql-dialect/types/coercion.js';
import { numberLiteralType } from '../../../sql-dialect/types/literal-types.js';
import { decimalResult } from '../../../sql-dialect/types/operators.js';
import { useDatabase } from '../tables.js';

describe('precision and scale of decimal results', () => {
  it.each([
    ['+', [8, 2], [8, 4], [11, 4]],
    ['-', [10, 0], [5, 3], [14, 3]],
    ['*', [8, 2], [8, 2], [17, 4]],
    ['/', [8, 2], [5, 0], [14, 8]],
    ['/', [38, 10], [38, 10], [38, 4]],
    ['*', [38, 10], [20, 5], [38, 15]],
    ['+', [38, 2], [38, 2], [38, 2]],
  ] as const)('%s %j %j', (operator, [p1, s1], [p2, s2], [p, s]) => {
    const result = decimalResult(operator, { precision: p1, scale: s1 }, { precision: p2, scale: s2 });
    expect(result).toEqual(numeric(p, s));
  });

  it.each([
    ['1', { id: 'int4' }],
    ['2147483648', { id: 'int8' }],
    ['9223372036854775808', numeric(19, 0)],
    ['1.50', numeric(3, 2)],
    ['.5', numeric(1, 1)],
    ['10.', numeric(2, 0)],
    ['1e3', numeric(4, 0)],
    ['1.25e-2', numeric(4, 4)],
  ])('the literal %s', (text, type) => {
    expect(numberLiteralType(text)).toEqual(type);
  });
});

/** A decimal of `precision` digits as its text and its digits. */
const decimal = (precision: number, scale: number) =>
  fc.bigInt({ min: -(10n ** BigInt(precision)) + 1n, max: 10n ** BigInt(precision) - 1n }).map((digits) => {
    const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
    const point = text.length - scale;
    return {
      digits,
      text: `${digits < 0n ? '-' : ''}${text.slice(0, point)}${scale > 0 ? `.${text.slice(point)}` : ''}`,
    };
  });

describe('decimal arithmetic is exact', () => {
  const database = useDatabase({});
  const sizes = fc
    .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 14 }))
    .chain(([p1, p2]) => fc.tuple(fc.constant(p1), fc.nat(Math.min(p1, 9)), fc.constant(p2), fc.nat(Math.min(p2, 6))));

  it('division cuts what its scale cannot hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        sizes.chain(([p1, s1, p2, s2]) => fc.tuple(fc.constant({ p1, s1, p2, s2 }), decimal(p1, s1), decimal(p2, s2))),
        async ([{ p1, s1, p2, s2 }, a, b]) => {
          fc.pre(b.digits !== 0n);
          const result = decimalResult('/', { precision: p1, scale: s1 }, { precision: p2, scale: s2 });
          const scale = result.scale ?? 0;
          const shift = scale + s2 - s1;
          const quotient =
            shift >= 0 ? (a.digits * 10n ** BigInt(shift)) / b.digits : a.digits / 10n ** BigInt(-shift) / b.digits;
          fc.pre((quotient < 0n ? -quotient : quotient) < 10n ** 38n);
          const answer = await database.query(
            `SELECT '${a.text}'::numeric(${p1},${s1}) / '${b.text}'::numeric(${p2},${s2})`,
          );
          expect(answer.types).toEqual([result]);
          const shown = answer.rows[0]?.[0]?.replace('.', '') ?? '';
          expect(BigInt(shown)).toBe(quotient);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('sums, differences and products lose no digit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('+', '-', '*'), decimal(18, 4), decimal(18, 2), async (operator, a, b) => {
        const answer = await database.query(`SELECT '${a.text}'::numeric(18,4) ${operator} '${b.text}'::numeric(18,2)`);
        const digits = BigInt(answer.rows[0]?.[0]?.replace('.', '') ?? '');
        const scaled = b.digits * 100n;
        const expected =
          operator === '*' ? a.digits * b.digits : operator === '+' ? a.digits + scaled : a.digits - scaled;
        expect(digits).toBe(expected);
      }),
      { numRuns: 40 },
    );
  });
});
