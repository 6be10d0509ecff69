import type { RedshiftType, TypeId } from './redshift-type.js';
import { maximumPrecision } from './type-names.js';
import { type TypeCategory, typeCategory } from './type-table.js';

export const booleanType: RedshiftType = { id: 'bool' };
export const int2: RedshiftType = { id: 'int2' };
export const int4: RedshiftType = { id: 'int4' };
export const int8: RedshiftType = { id: 'int8' };
export const float4: RedshiftType = { id: 'float4' };
export const float8: RedshiftType = { id: 'float8' };
export const dateType: RedshiftType = { id: 'date' };
export const timestampType: RedshiftType = { id: 'timestamp' };
export const timestamptzType: RedshiftType = { id: 'timestamptz' };
export const intervalType: RedshiftType = { id: 'interval' };
export const superType: RedshiftType = { id: 'super' };
export const unknownType: RedshiftType = { id: 'unknown' };

export function numeric(precision: number, scale: number): RedshiftType {
  return { id: 'numeric', precision, scale };
}

export function varchar(length: number | undefined): RedshiftType {
  return { id: 'varchar', length };
}

/** Types that are not known before execution: an untyped NULL, a column of an unknown relation. */
export function isUnknown(type: RedshiftType): boolean {
  return type.id === 'unknown';
}
export function isString(type: RedshiftType): boolean {
  return typeCategory(type) === 'string';
}
export function isInteger(type: RedshiftType): boolean {
  return typeCategory(type) === 'integer';
}
export function isNumber(type: RedshiftType): boolean {
  const category = typeCategory(type);
  return category === 'integer' || category === 'decimal' || category === 'float';
}
export function isSuper(type: RedshiftType): boolean {
  return type.id === 'super';
}
/** DATE, TIMESTAMP, TIMESTAMPTZ. */
export function isDateLike(type: RedshiftType): boolean {
  return typeCategory(type) === 'date';
}
export function isInterval(type: RedshiftType): boolean {
  return typeCategory(type) === 'interval';
}
export function sameType(a: RedshiftType, b: RedshiftType): boolean {
  return a.id === b.id && a.length === b.length && a.precision === b.precision && a.scale === b.scale;
}

/**
 * The decimal an integer or decimal counts as in decimal arithmetic ("Numeric computations": INT2 (5,0), INT4 (10,0),
 * INT8 (19,0)).
 */
export function asDecimal(type: RedshiftType): { readonly precision: number; readonly scale: number } {
  switch (type.id) {
    case 'int2':
      return { precision: 5, scale: 0 };
    case 'int4':
    case 'oid':
      return { precision: 10, scale: 0 };
    case 'int8':
      return { precision: 19, scale: 0 };
    default:
      return { precision: type.precision ?? 18, scale: type.scale ?? 0 };
  }
}

/** How a cast from one type to another may come about. */
export type CastContext = 'implicit' | 'assignment' | 'explicit';

type Reach = 'i' | 'a' | 'e';
/**
 * Allowed casts between groups, by source: i implicit, a on assignment, e explicit only ("Data type conversion", AWS
 * developer guide; PostgreSQL 8.0 `pg_cast` for what that page leaves open). A pair that is missing cannot be cast.
 * Within a group every cast is implicit.
 */
const groupCasts: Partial<Record<TypeCategory, Partial<Record<TypeCategory, Reach>>>> = {
  boolean: { integer: 'e', super: 'a' },
  integer: { boolean: 'i', decimal: 'i', float: 'i', string: 'i', super: 'a', binary: 'e', object: 'i' },
  decimal: { integer: 'i', float: 'i', string: 'i', super: 'a' },
  float: { integer: 'i', decimal: 'i', string: 'i', super: 'a' },
  string: {
    boolean: 'e',
    integer: 'e',
    decimal: 'e',
    float: 'e',
    date: 'e',
    time: 'e',
    interval: 'e',
    super: 'a',
    binary: 'e',
    object: 'e',
    spatial: 'e',
    array: 'e',
  },
  date: { string: 'i' },
  time: { string: 'i', interval: 'e' },
  interval: { string: 'e', time: 'e' },
  super: {
    boolean: 'i',
    integer: 'i',
    decimal: 'i',
    float: 'i',
    string: 'i',
    date: 'i',
    time: 'i',
    spatial: 'e',
  },
  binary: { string: 'e', spatial: 'e' },
  spatial: { string: 'e', binary: 'e' },
  object: { string: 'e', integer: 'e' },
  array: { string: 'e' },
};

/** Pairs inside the date and time groups that need more than an implicit cast, or have none. */
const refused: readonly (readonly [TypeId, TypeId])[] = [
  ['date', 'time'],
  ['date', 'timetz'],
  ['hllsketch', 'geometry'],
  ['geometry', 'hllsketch'],
  ['geography', 'hllsketch'],
  ['hllsketch', 'geography'],
];

const order: Readonly<Record<CastContext, string>> = { implicit: 'i', assignment: 'ia', explicit: 'iae' };

/** Whether a value of type `from` may become `to` in `context`. `unknown` becomes anything. */
export function canCast(from: RedshiftType, to: RedshiftType, context: CastContext): boolean {
  if (from.id === to.id || isUnknown(from) || isUnknown(to)) return true;
  if (refused.some(([a, b]) => a === from.id && b === to.id)) return false;
  const source = typeCategory(from);
  const target = typeCategory(to);
  if (source === target) return true;
  // TIMESTAMP and TIMESTAMPTZ give their time of day.
  if (source === 'date' && target === 'time') return from.id !== 'date';
  const reach = groupCasts[source]?.[target];
  return reach !== undefined && order[context].includes(reach);
}

/** Types a common type is sought for: an untyped literal adapts to the others. */
export interface Operand {
  readonly type: RedshiftType;
  /** A bare string literal, NULL or parameter: takes the type of the other operand. */
  readonly untyped: boolean;
}

/**
 * The type that UNION, CASE, COALESCE, IN, VALUES and the like give to values of `operands` (PostgreSQL: "UNION, CASE,
 * and Related Constructs"; decimals: "Numeric computations"). Undefined when the types do not go together.
 */
export function commonType(operands: readonly Operand[]): RedshiftType | undefined {
  let common: RedshiftType | undefined;
  for (const operand of operands) {
    if (operand.untyped || isUnknown(operand.type)) continue;
    if (common === undefined) common = operand.type;
    else {
      const merged = commonOfTwo(common, operand.type);
      if (merged === undefined) return undefined;
      common = merged;
    }
  }
  if (common === undefined) return commonOfUntyped(operands);
  if (common.id === 'varchar' || common.id === 'char') {
    for (const operand of operands) {
      if (operand.untyped && (operand.type.length ?? 0) > (common.length ?? Number.POSITIVE_INFINITY)) {
        common = varchar(operand.type.length);
      }
    }
  }
  return common;
}

/** Literals among themselves are VARCHAR; NULL and unknown columns alone stay unknown. */
function commonOfUntyped(operands: readonly Operand[]): RedshiftType {
  let length = -1;
  for (const { type } of operands) {
    if (type.id === 'varchar') length = Math.max(length, type.length ?? 0);
    else if (!isUnknown(type)) return type;
  }
  return length < 0 ? unknownType : varchar(Math.max(length, 1));
}

const integerRank: Partial<Record<TypeId, number>> = { int2: 1, int4: 2, int8: 3 };
const dateRank: Partial<Record<TypeId, number>> = { date: 1, timestamp: 2, timestamptz: 3 };

function commonOfTwo(a: RedshiftType, b: RedshiftType): RedshiftType | undefined {
  if (sameType(a, b)) return a;
  const ca = typeCategory(a);
  const cb = typeCategory(b);
  if (isNumber(a) && isNumber(b)) return commonNumber(a, b);
  if (ca === 'string' && cb === 'string') return commonString(a, b);
  if (ca === 'date' && cb === 'date') return (dateRank[a.id] ?? 0) >= (dateRank[b.id] ?? 0) ? a : b;
  if (ca === 'time' && cb === 'time') return { id: 'timetz' };
  if (ca === 'interval' && cb === 'interval') return a.id === b.id ? a : intervalType;
  if (ca === 'binary' && cb === 'binary') return { id: 'varbyte', length: Math.max(a.length ?? 0, b.length ?? 0) };
  if (ca === 'super' && canCast(b, a, 'assignment')) return a;
  if (cb === 'super' && canCast(a, b, 'assignment')) return b;
  if (ca === 'object' && (cb === 'object' || cb === 'integer')) return a;
  if (cb === 'object' && ca === 'integer') return b;
  return undefined;
}

function commonNumber(a: RedshiftType, b: RedshiftType): RedshiftType {
  const ca = typeCategory(a);
  const cb = typeCategory(b);
  if (ca === 'float' || cb === 'float') return a.id === 'float4' && b.id === 'float4' ? float4 : float8;
  if (ca === 'integer' && cb === 'integer') return (integerRank[a.id] ?? 0) >= (integerRank[b.id] ?? 0) ? a : b;
  const x = asDecimal(a);
  const y = asDecimal(b);
  const scale = Math.max(x.scale, y.scale);
  const precision = Math.max(x.precision - x.scale, y.precision - y.scale) + scale;
  // Redshift caps the common precision at 19; a wider input keeps its precision.
  const cap = Math.max(19, x.precision, y.precision);
  return numeric(Math.min(precision, cap, maximumPrecision), scale);
}

function commonString(a: RedshiftType, b: RedshiftType): RedshiftType {
  const length = a.length === undefined || b.length === undefined ? undefined : Math.max(a.length, b.length);
  if (a.id === 'char' && b.id === 'char') return { id: 'char', length };
  return varchar(length);
}

const elements: Partial<Record<TypeId, TypeId>> = {
  bool_array: 'bool',
  int2_array: 'int2',
  int4_array: 'int4',
  int8_array: 'int8',
  text_array: 'text',
  int2vector: 'int2',
  oidvector: 'oid',
};

/** The lists of the catalogs whose elements count from 0 (PostgreSQL: int2vector, oidvector). */
export function isVector(type: RedshiftType): boolean {
  return type.id === 'int2vector' || type.id === 'oidvector';
}

/** The type of an array's elements; undefined for a type that is not an array. */
export function elementType(type: RedshiftType): RedshiftType | undefined {
  const id = elements[type.id];
  return id === undefined ? undefined : { id };
}
