import { describe, expect, it } from 'vitest';
import { canCast, commonType, type Operand } from '../../../sql-dialect/types/coercion.js';
import type { RedshiftType } from '../../../sql-dialect/types/redshift-type.js';

const typed = (type: RedshiftType): Operand => ({ type, untyped: false });
const literal = (length: number): Operand => ({ type: { id: 'varchar', length }, untyped: true });
const nothing: Operand = { type: { id: 'unknown' }, untyped: true };

describe('common type', () => {
  it.each<[Operand[], RedshiftType | undefined]>([
    [[typed({ id: 'int2' }), typed({ id: 'int8' })], { id: 'int8' }],
    [
      [typed({ id: 'int4' }), typed({ id: 'numeric', precision: 8, scale: 2 })],
      { id: 'numeric', precision: 12, scale: 2 },
    ],
    [[typed({ id: 'int4' }), typed({ id: 'float4' })], { id: 'float8' }],
    [
      [typed({ id: 'numeric', precision: 18, scale: 4 }), typed({ id: 'numeric', precision: 18, scale: 0 })],
      { id: 'numeric', precision: 19, scale: 4 },
    ],
    [
      [typed({ id: 'numeric', precision: 38, scale: 4 }), typed({ id: 'int4' })],
      { id: 'numeric', precision: 38, scale: 4 },
    ],
    [[typed({ id: 'varchar', length: 3 }), typed({ id: 'varchar', length: 9 })], { id: 'varchar', length: 9 }],
    [[typed({ id: 'varchar', length: 3 }), literal(9)], { id: 'varchar', length: 9 }],
    [[typed({ id: 'char', length: 3 }), typed({ id: 'char', length: 5 })], { id: 'char', length: 5 }],
    [[typed({ id: 'date' }), typed({ id: 'timestamp' })], { id: 'timestamp' }],
    [[typed({ id: 'date' }), literal(10)], { id: 'date' }],
    [[nothing, typed({ id: 'int4' })], { id: 'int4' }],
    [[nothing, literal(2)], { id: 'varchar', length: 2 }],
    [[nothing], { id: 'unknown' }],
    [[typed({ id: 'super' }), typed({ id: 'int4' })], { id: 'super' }],
    [[typed({ id: 'super' }), typed({ id: 'date' })], undefined],
    [[typed({ id: 'int4' }), typed({ id: 'varchar', length: 3 })], undefined],
    [[typed({ id: 'bool' }), typed({ id: 'int4' })], undefined],
  ])('%j', (operands, expected) => {
    expect(commonType(operands)).toEqual(expected);
  });
});

describe('casts', () => {
  it.each([
    ['int4', 'bool', 'implicit', true],
    ['numeric', 'bool', 'explicit', false],
    ['bool', 'varchar', 'explicit', false],
    ['varchar', 'int4', 'implicit', false],
    ['varchar', 'int4', 'assignment', false],
    ['varchar', 'int4', 'explicit', true],
    ['numeric', 'int4', 'assignment', true],
    ['date', 'super', 'explicit', false],
    ['varchar', 'super', 'assignment', true],
    ['super', 'timestamp', 'implicit', true],
    ['varbyte', 'varchar', 'assignment', false],
    ['varbyte', 'varchar', 'explicit', true],
    ['int8', 'varbyte', 'explicit', true],
    ['timestamp', 'time', 'implicit', true],
    ['date', 'time', 'explicit', false],
    ['timestamp', 'varchar', 'implicit', true],
  ] as const)('%s to %s, %s: %s', (from, to, context, expected) => {
    expect(canCast({ id: from }, { id: to }, context)).toBe(expected);
  });
});
