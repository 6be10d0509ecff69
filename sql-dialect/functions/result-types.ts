import type { RedshiftType } from '../types/redshift-type.js';
import type { BoundArgument } from './contract.js';

/** Result types that many lines of the function tables share. */
export const bool: RedshiftType = { id: 'bool' };
export const int4: RedshiftType = { id: 'int4' };
export const int8: RedshiftType = { id: 'int8' };
export const float8: RedshiftType = { id: 'float8' };
export const varchar: RedshiftType = { id: 'varchar' };
export const date: RedshiftType = { id: 'date' };
export const time: RedshiftType = { id: 'time' };
export const timetz: RedshiftType = { id: 'timetz' };
export const timestamp: RedshiftType = { id: 'timestamp' };
export const timestamptz: RedshiftType = { id: 'timestamptz' };
export const superType: RedshiftType = { id: 'super' };
export const varbyte: RedshiftType = { id: 'varbyte' };
export const name: RedshiftType = { id: 'name' };
export const unknown: RedshiftType = { id: 'unknown' };

/** Greatest precision of NUMERIC. */
const MAX_PRECISION = 38;

export function varcharOf(length: number): RedshiftType {
  return { id: 'varchar', length };
}

export function numeric(precision: number, scale: number): RedshiftType {
  return { id: 'numeric', precision, scale };
}

/** The type of argument `index` (zero-based), a string literal being varchar. */
export function typeOf(index: number): (args: readonly BoundArgument[]) => RedshiftType {
  return (args) => asVarchar(args[index]?.type ?? unknown);
}

function asVarchar(type: RedshiftType): RedshiftType {
  return type.id === 'char' || type.id === 'name' || type.id === 'text' ? { ...type, id: 'varchar' } : type;
}

/** Decimal digits that hold every value of a number type ("Numeric types": the precision integers convert with). */
export function decimalDigits(type: RedshiftType): { precision: number; scale: number } | undefined {
  switch (type.id) {
    case 'int2':
      return { precision: 5, scale: 0 };
    case 'int4':
    case 'oid':
      return { precision: 10, scale: 0 };
    case 'int8':
      return { precision: 19, scale: 0 };
    case 'numeric':
      return { precision: type.precision ?? 18, scale: type.scale ?? 0 };
    default:
      return undefined;
  }
}

const numberOrder = ['int2', 'int4', 'int8', 'numeric', 'float4', 'float8'];
const dateOrder = ['date', 'timestamp', 'timestamptz'];

/**
 * The type that holds the values of all `types` ("UNION, CASE, and related constructs"): numbers widen, dates become
 * timestamps, a string among strings is varchar, anything beside SUPER is SUPER, an untyped NULL gives way.
 */
export function commonType(types: readonly RedshiftType[]): RedshiftType {
  const known = types.filter((type) => type.id !== 'unknown');
  const [first, ...others] = known;
  if (first === undefined) return unknown;
  return others.reduce(wider, asVarchar(first));
}

function wider(left: RedshiftType, right: RedshiftType): RedshiftType {
  if (left.id === 'super' || right.id === 'super') return superType;
  const leftNumber = numberOrder.indexOf(left.id);
  const rightNumber = numberOrder.indexOf(right.id);
  if (leftNumber >= 0 && rightNumber >= 0) {
    if (leftNumber > 3 || rightNumber > 3) return left.id === 'float4' && right.id === 'float4' ? left : float8;
    if (leftNumber < 3 && rightNumber < 3) return leftNumber >= rightNumber ? left : right;
    return widerNumeric(left, right);
  }
  const leftDate = dateOrder.indexOf(left.id);
  const rightDate = dateOrder.indexOf(right.id);
  if (leftDate >= 0 && rightDate >= 0) return leftDate >= rightDate ? left : right;
  if (left.id === 'varchar' && asVarchar(right).id === 'varchar') {
    if (left.length === undefined || right.length === undefined) return varchar;
    return varcharOf(Math.max(left.length, right.length));
  }
  return left;
}

function widerNumeric(left: RedshiftType, right: RedshiftType): RedshiftType {
  const a = decimalDigits(left) ?? { precision: 18, scale: 0 };
  const b = decimalDigits(right) ?? { precision: 18, scale: 0 };
  const scale = Math.max(a.scale, b.scale);
  const precision = Math.max(a.precision - a.scale, b.precision - b.scale) + scale;
  return numeric(Math.min(precision, MAX_PRECISION), scale);
}

/** `commonType` of all arguments from `first` on. */
export function commonOf(first = 0): (args: readonly BoundArgument[]) => RedshiftType {
  return (args) => commonType(args.slice(first).map((argument) => argument.type));
}
