import { describe, expect, it } from 'vitest';
import { ownStructure } from './own-structure.js';

/** The operators of an expression as nested calls, operands as `_`. */
function shape(expression: string): string {
  return ownStructure(`SELECT ${expression}`).operators.join(' ; ');
}

describe('operators bind as in PostgreSQL 9.5 and later', () => {
  const table: readonly (readonly [expression: string, shape: string])[] = [
    ['a OR b AND NOT c', 'or(_, and(_, not(_)))'],
    ['NOT a = b', 'not(=(_, _))'],
    ['NOT a IS NULL', 'not(is null(_))'],
    ['a + b * c ^ d', '+(_, *(_, ^(_, _)))'],
    ['a - b - c', '-(-(_, _), _)'],
    ['a ^ b ^ c', '^(^(_, _), _)'],
    ['- a ^ b', '^(-(_), _)'],
    ['a || b + c', '||(_, +(_, _))'],
    ['a || b < c', '<(||(_, _), _)'],
    ['a & b = c', '=(&(_, _), _)'],
    ['a # b | c', '|(#(_, _), _)'],
    ['~ a & b', '&(~(_), _)'],
    ['a = b LIKE c', '=(_, like(_, _))'],
    ['a LIKE b || c', 'like(_, ||(_, _))'],
    ['a BETWEEN b + 1 AND c + 1 AND d', 'and(between(_, +(_, _), +(_, _)), _)'],
    ['a NOT BETWEEN 1 AND 2 OR b', 'or(not between(_, _, _), _)'],
    ['a IN (b + c, 1) AND d', 'and(in(_, +(_, _), _), _)'],
    ['a + 1 IN (2)', 'in(+(_, _), _)'],
    ['a IN (1) = b', '=(in(_, _), _)'],
    ['a AND b IS NULL', 'and(_, is null(_))'],
    ['a IS NULL IS NOT NULL', 'is not null(is null(_))'],
    ['a + b IS DISTINCT FROM c + d', 'is distinct from(+(_, _), +(_, _))'],
    ['a < b AND b < c', 'and(<(_, _), <(_, _))'],
    ['a < (b < c)', '<(_, <(_, _))'],
    ['- a::int', '-(_)'],
    ['a * (b + c)', '*(_, +(_, _))'],
  ];
  it.each(table)('%s', (expression, expected) => {
    expect(shape(expression)).toBe(expected);
  });

  it('comparisons, LIKE and BETWEEN do not chain', () => {
    for (const chain of ['a != b <> c', 'a < b < c', 'a LIKE b ILIKE c', 'a BETWEEN 1 AND 2 BETWEEN 3 AND 4']) {
      expect(() => shape(chain)).toThrow(/syntax error at or near/);
    }
  });
});

describe('where PostgreSQL 8.0, the ancestor of Redshift, is thought to have bound differently', () => {
  it('IS bound tighter than comparisons: a = (b IS NULL)', () => {
    expect(shape('a = b IS NULL')).toBe('is null(=(_, _))');
  });
  it('<= and >= were operators like any other: (a <= b) < c was legal', () => {
    expect(() => shape('a <= b < c')).toThrow(/syntax error/);
  });
  it('= was right-associative: a = (b = c) was legal', () => {
    expect(() => shape('a = b = c')).toThrow(/syntax error/);
  });
});
