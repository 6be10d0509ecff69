import {
  asDecimal,
  booleanType,
  commonType,
  dateType,
  float4,
  float8,
  int4,
  intervalType,
  isDateLike,
  isInteger,
  isInterval,
  isNumber,
  isString,
  isSuper,
  isUnknown,
  numeric,
  type Operand,
  superType,
  timestampType,
  timestamptzType,
  unknownType,
  varchar,
} from './coercion.js';
import type { RedshiftType } from './redshift-type.js';
import { maximumLength, maximumPrecision } from './type-names.js';
import { typeCategory } from './type-table.js';

/** How an operator is carried out. */
export type OperatorFamily =
  | 'integer'
  | 'decimal'
  | 'float'
  | 'date difference'
  | 'date plus days'
  | 'days plus date'
  | 'timestamp plus days'
  | 'days plus timestamp'
  | 'datetime and interval'
  | 'datetime difference'
  | 'date plus time'
  | 'interval'
  | 'interval scale'
  | 'concat'
  | 'bytes concat'
  | 'bits'
  | 'byte bits'
  | 'compare'
  | 'super compare'
  | 'super arithmetic'
  | 'match'
  | 'unknown';

/** What an operator means for its operands' types: both are brought to `left` and `right` first. */
export interface OperatorUse {
  readonly family: OperatorFamily;
  readonly left: RedshiftType;
  readonly right: RedshiftType;
  readonly result: RedshiftType;
}

const arithmetic = new Set(['+', '-', '*', '/', '%', '^']);
const bitwise = new Set(['&', '|', '#', '<<', '>>']);
const comparison = new Set(['=', '<>', '<', '<=', '>', '>=']);
const matches = new Set(['~', '!~', '~*', '!~*']);

export function isComparison(operator: string): boolean {
  return comparison.has(operator);
}

/**
 * What `left operator right` does, or undefined when there is no such operator for these types. `and` and `or` are not
 * operators here.
 */
export function resolveBinary(operator: string, left: Operand, right: Operand): OperatorUse | undefined {
  if (comparison.has(operator)) return resolveComparison(left, right);
  if (operator === '||') return resolveConcat(left, right);
  if (arithmetic.has(operator)) return resolveArithmetic(operator, left, right);
  if (bitwise.has(operator)) return resolveBitwise(operator, left, right);
  if (matches.has(operator)) return resolveMatch(left, right);
  return undefined;
}

/** The type an untyped literal takes in arithmetic with an operand of type `other`. */
function adapted(operand: Operand, other: Operand, operator: string): RedshiftType {
  if (!operand.untyped) return operand.type;
  if (other.untyped || isUnknown(other.type)) return isUnknown(operand.type) ? unknownType : operand.type;
  if (isDateLike(other.type)) return operator === '-' ? other.type : intervalType;
  if (isSuper(other.type) && isUnknown(operand.type)) return unknownType;
  return other.type;
}

function resolveArithmetic(operator: string, leftOperand: Operand, rightOperand: Operand): OperatorUse | undefined {
  const left = adapted(leftOperand, rightOperand, operator);
  const right = adapted(rightOperand, leftOperand, operator);
  if (isSuper(left) || isSuper(right)) {
    const other = isSuper(left) ? right : left;
    if (!isSuper(other) && !isNumber(other) && !isUnknown(other)) return undefined;
    return { family: 'super arithmetic', left, right, result: superType };
  }
  if (isUnknown(left) || isUnknown(right)) {
    // Two parameters of unknown type: the operator is ambiguous.
    if (isOpen(leftOperand) && isOpen(rightOperand)) return undefined;
    return unknownUse(operator, left, right);
  }
  if (isNumber(left) && isNumber(right)) return numberArithmetic(operator, left, right);
  if (left.id === 'varbyte' && right.id === 'varbyte' && operator === '+') return bytesConcat(left, right);
  if (operator === '+' && isString(leftOperand.type) && isString(rightOperand.type))
    return resolveConcat(leftOperand, rightOperand);
  return dateArithmetic(operator, left, right);
}

function isOpen({ type, untyped }: Operand): boolean {
  return untyped && isUnknown(type);
}

/** A column of an unknown relation: what can be said without its type. */
function unknownUse(operator: string, left: RedshiftType, right: RedshiftType): OperatorUse {
  if (operator === '-' && (isDateLike(left) || isDateLike(right))) {
    return { family: 'unknown', left, right, result: unknownType };
  }
  if (operator === '^') return { family: 'float', left, right, result: float8 };
  return { family: 'unknown', left, right, result: unknownType };
}

function numberArithmetic(operator: string, left: RedshiftType, right: RedshiftType): OperatorUse {
  if (operator === '^') return { family: 'float', left: float8, right: float8, result: float8 };
  const a = typeCategory(left);
  const b = typeCategory(right);
  if (a === 'float' || b === 'float') {
    const result = left.id === 'float4' && right.id === 'float4' ? float4 : float8;
    return { family: 'float', left: result, right: result, result };
  }
  if (a === 'integer' && b === 'integer') {
    const result = commonType([
      { type: left, untyped: false },
      { type: right, untyped: false },
    ]);
    if (result !== undefined) return { family: 'integer', left: result, right: result, result };
  }
  const x = asDecimal(left);
  const y = asDecimal(right);
  return {
    family: 'decimal',
    left: numeric(x.precision, x.scale),
    right: numeric(y.precision, y.scale),
    result: decimalResult(operator, x, y),
  };
}

interface Decimal {
  readonly precision: number;
  readonly scale: number;
}

/**
 * Precision and scale of decimal arithmetic ("Numeric computations": "Computed precision and scale for DECIMAL
 * results").
 */
export function decimalResult(operator: string, a: Decimal, b: Decimal): RedshiftType {
  let scale: number;
  let precision: number;
  switch (operator) {
    case '*':
      scale = a.scale + b.scale;
      precision = a.precision + b.precision + 1;
      break;
    case '/':
      scale = Math.max(4, a.scale + b.precision - b.scale + 1);
      precision = a.precision - a.scale + b.scale + scale;
      if (precision > maximumPrecision) {
        return numeric(maximumPrecision, Math.max(maximumPrecision + scale - precision, 4));
      }
      break;
    case '%':
      scale = Math.max(a.scale, b.scale);
      precision = Math.max(a.precision - a.scale, b.precision - b.scale) + scale;
      break;
    default:
      scale = Math.max(a.scale, b.scale);
      precision = Math.max(a.precision - a.scale, b.precision - b.scale) + 1 + scale;
  }
  return numeric(Math.min(precision, maximumPrecision), Math.min(scale, maximumPrecision - 1));
}

function dateArithmetic(operator: string, left: RedshiftType, right: RedshiftType): OperatorUse | undefined {
  const use = (family: OperatorFamily, result: RedshiftType, l = left, r = right): OperatorUse => ({
    family,
    left: l,
    right: r,
    result,
  });
  if (isDateLike(left) && isDateLike(right)) {
    if (operator !== '-') return undefined;
    if (left.id === 'date' && right.id === 'date') return use('date difference', int4);
    const common = left.id === 'timestamptz' || right.id === 'timestamptz' ? timestamptzType : timestampType;
    return use('datetime difference', intervalType, common, common);
  }
  if (isDateLike(left) && isNumber(right) && (operator === '+' || operator === '-')) {
    return left.id === 'date' ? use('date plus days', dateType, left, int4) : use('timestamp plus days', left);
  }
  if (isNumber(left) && isDateLike(right) && operator === '+') {
    return right.id === 'date' ? use('days plus date', dateType, int4, right) : use('days plus timestamp', right);
  }
  if (isInterval(right) && (operator === '+' || operator === '-')) {
    if (isDateLike(left)) return use('datetime and interval', datePlusInterval(left, right));
    if (typeCategory(left) === 'time') return use('datetime and interval', left);
    if (isInterval(left)) return use('interval', left.id === right.id ? left : intervalType);
  }
  if (isInterval(left) && operator === '+') {
    if (isDateLike(right)) return use('datetime and interval', datePlusInterval(right, left));
    if (typeCategory(right) === 'time') return use('datetime and interval', right);
  }
  if (isInterval(left) && isNumber(right) && (operator === '*' || operator === '/')) {
    return use('interval scale', left, left, operator === '/' ? float8 : right);
  }
  if (isNumber(left) && isInterval(right) && operator === '*') return use('interval scale', right);
  if (operator === '+' && left.id === 'date' && typeCategory(right) === 'time') {
    return use('date plus time', right.id === 'timetz' ? timestamptzType : timestampType);
  }
  if (operator === '+' && typeCategory(left) === 'time' && right.id === 'date') {
    return use('date plus time', left.id === 'timetz' ? timestamptzType : timestampType);
  }
  if (operator === '-' && left.id === 'time' && right.id === 'time') return use('datetime difference', intervalType);
  return undefined;
}

/** A DATE stays one only with a year-to-month interval. */
function datePlusInterval(date: RedshiftType, interval: RedshiftType): RedshiftType {
  if (date.id !== 'date') return date;
  return interval.id === 'intervaly2m' ? dateType : timestampType;
}

function resolveComparison(left: Operand, right: Operand): OperatorUse | undefined {
  const use = (family: OperatorFamily, l: RedshiftType, r: RedshiftType = l): OperatorUse => ({
    family,
    left: l,
    right: r,
    result: booleanType,
  });
  if (isSuper(left.type) || isSuper(right.type)) return use('super compare', left.type, right.type);
  const common = commonType([left, right]);
  if (common !== undefined) {
    if (isNumber(common) && !left.untyped && !right.untyped) return use('compare', left.type, right.type);
    return use('compare', common);
  }
  const [a, b] = [left.type, right.type];
  const string = isString(a) ? a : isString(b) ? b : undefined;
  const other = isString(a) ? b : a;
  if (string !== undefined) {
    // A string compared with a DECIMAL becomes a DECIMAL; any other number, and a date, becomes a string.
    if (other.id === 'numeric') return use('compare', numeric(maximumPrecision, Math.max(other.scale ?? 0, 10)));
    if (isNumber(other) || isDateLike(other) || typeCategory(other) === 'time')
      return use('compare', varchar(undefined));
    return undefined;
  }
  if (a.id === 'bool' && isInteger(b)) return use('compare', booleanType);
  if (b.id === 'bool' && isInteger(a)) return use('compare', booleanType);
  return undefined;
}

function resolveConcat(left: Operand, right: Operand): OperatorUse | undefined {
  const [a, b] = [left.type, right.type];
  if (a.id === 'varbyte' || b.id === 'varbyte') {
    if ((a.id === 'varbyte' || left.untyped) && (b.id === 'varbyte' || right.untyped)) return bytesConcat(a, b);
    return undefined;
  }
  if (typeCategory(a) === 'array' && a.id === b.id) return { family: 'unknown', left: a, right: b, result: a };
  if (!concatenable(a) || !concatenable(b)) return undefined;
  if (!isString(a) && !isString(b) && !isUnknown(a) && !isUnknown(b) && !isSuper(a) && !isSuper(b)) return undefined;
  const length = concatLength(a, b);
  return { family: 'concat', left: varchar(textLength(a)), right: varchar(textLength(b)), result: varchar(length) };
}

function bytesConcat(a: RedshiftType, b: RedshiftType): OperatorUse {
  const length = Math.min((a.length ?? 0) + (b.length ?? 0), maximumLength.varbyte);
  return {
    family: 'bytes concat',
    left: { id: 'varbyte', length: a.length },
    right: { id: 'varbyte', length: b.length },
    result: { id: 'varbyte', length },
  };
}

function concatenable(type: RedshiftType): boolean {
  const category = typeCategory(type);
  return category !== 'boolean' && category !== 'spatial' && category !== 'array';
}

function concatLength(a: RedshiftType, b: RedshiftType): number | undefined {
  const [x, y] = [textLength(a), textLength(b)];
  if (x === undefined || y === undefined) return undefined;
  return Math.min(x + y, maximumLength.varcharExpression);
}

/** Longest text form in bytes, undefined when there is no bound. */
export function textLength(type: RedshiftType): number | undefined {
  switch (type.id) {
    case 'char':
    case 'varchar':
      return type.length;
    case 'name':
      return 128;
    case 'int2':
      return 6;
    case 'int4':
    case 'oid':
      return 11;
    case 'int8':
      return 20;
    case 'numeric':
      return (type.precision ?? 18) + 2;
    case 'float4':
    case 'float8':
      return 24;
    case 'date':
      return 10;
    case 'time':
      return 15;
    case 'timestamp':
      return 26;
    case 'timestamptz':
    case 'timetz':
      return 32;
    default:
      return undefined;
  }
}

function resolveBitwise(operator: string, left: Operand, right: Operand): OperatorUse | undefined {
  const a = left.untyped ? right.type : left.type;
  const b = right.untyped ? left.type : right.type;
  if (a.id === 'varbyte' && b.id === 'varbyte' && operator !== '<<' && operator !== '>>') {
    return { family: 'byte bits', left: a, right: b, result: (a.length ?? 0) >= (b.length ?? 0) ? a : b };
  }
  if (isUnknown(a) || isUnknown(b)) return { family: 'bits', left: a, right: b, result: isUnknown(a) ? b : a };
  if (isSuper(a) || isSuper(b)) {
    const bigint: RedshiftType = { id: 'int8' };
    return { family: 'bits', left: bigint, right: bigint, result: bigint };
  }
  if (!isInteger(a) || !isInteger(b)) return undefined;
  if (operator === '<<' || operator === '>>') return { family: 'bits', left: a, right: int4, result: a };
  const common = commonType([
    { type: a, untyped: false },
    { type: b, untyped: false },
  ]);
  return common === undefined ? undefined : { family: 'bits', left: common, right: common, result: common };
}

function resolveMatch(left: Operand, right: Operand): OperatorUse | undefined {
  const text = (operand: Operand) => operand.untyped || isString(operand.type) || isUnknown(operand.type);
  if (!(text(left) || isSuper(left.type)) || !(text(right) || isSuper(right.type))) return undefined;
  return { family: 'match', left: varchar(undefined), right: varchar(undefined), result: booleanType };
}
