import { raisedErrorSql } from '../duckdb/raised-error.js';
import type { RedshiftType } from '../types/redshift-type.js';
import type { BoundArgument, CallContext, FunctionDefinition } from './contract.js';
import { scalar } from './entry.js';
import { commonType, decimalDigits, float8, int4, numeric, superType, typeOf } from './result-types.js';

const divisionByZero = raisedErrorSql('22012', 'Divide by zero');
const badPower = raisedErrorSql('2201F', 'invalid argument for power function');
/** A negative number has no fractional power. */
const power = `CASE WHEN $1 < 0 AND $2 <> floor($2) THEN ${badPower} ELSE power(CAST($1 AS DOUBLE), CAST($2 AS DOUBLE)) END`;

/** FLOAT8 in, FLOAT8 out, under DuckDB's name. */
const floatFunctions: readonly (readonly [name: string, duckdb: string, page: string])[] = [
  ['acos', 'acos', 'ACOS function'],
  ['asin', 'asin', 'ASIN function'],
  ['atan', 'atan', 'ATAN function'],
  ['cbrt', 'cbrt', 'CBRT function'],
  ['cos', 'cos', 'COS function'],
  ['cot', 'cot', 'COT function'],
  ['degrees', 'degrees', 'DEGREES function'],
  ['dexp', 'exp', 'DEXP function'],
  ['exp', 'exp', 'EXP function'],
  ['dlog1', 'ln', 'DLOG1 function'],
  ['dlog10', 'log10', 'DLOG10 function'],
  ['ln', 'ln', 'LN function'],
  ['log', 'log10', 'LOG function'],
  ['radians', 'radians', 'RADIANS function'],
  ['sin', 'sin', 'SIN function'],
  ['sqrt', 'sqrt', 'SQRT function'],
  ['tan', 'tan', 'TAN function'],
];

/** "Math functions". */
export const mathFunctions: readonly FunctionDefinition[] = [
  ...floatFunctions.map(([name, duckdb, page]) =>
    scalar(page, name, ['float'], float8, `${duckdb}(CAST($1 AS DOUBLE))`),
  ),
  scalar('ATAN2 function', 'atan2', ['float', 'float'], float8, 'atan2($1, $2)'),
  scalar('PI function', 'pi', [], float8, 'pi()'),
  scalar('POWER function', 'power', ['float', 'float'], float8, power),
  scalar('POWER function', 'pow', ['float', 'float'], float8, power, { label: 'power' }),
  scalar('RANDOM function', 'random', [], float8, 'random()', { volatility: 'volatile' }),

  scalar('ABS function', 'abs', ['number'], typeOf(0), 'abs($1)'),
  scalar('ABS function', 'abs', ['super'], superType, superRounding('abs')),
  scalar('SIGN function', 'sign', ['number'], signType, sign),
  scalar('MOD function', 'mod', ['bigint', 'bigint'], remainderType, remainder),
  scalar('MOD function', 'mod', ['numeric', 'numeric'], remainderType, remainder),
  scalar('MOD function', 'mod', ['float', 'float'], float8, remainder),
  ...['ceil', 'ceiling', 'floor'].flatMap(whole),

  scalar('ROUND function', 'round', ['number'], roundedType, round),
  scalar('ROUND function', 'round', ['number', 'integer'], roundedType, round),
  scalar('ROUND function', 'round', ['super'], superType, superRounding('round')),
  scalar('ROUND function', 'round', ['super', 'integer'], superType, superRounding('round', '$2')),
  scalar('TRUNC function', 'trunc', ['number'], roundedType, truncate),
  scalar('TRUNC function', 'trunc', ['number', 'integer'], roundedType, truncate),
  scalar('TRUNC function', 'trunc', ['super'], superType, superRounding('trunc')),
  scalar('TRUNC function', 'trunc', ['super', 'integer'], superType, superRounding('trunc', '$2')),
];

function argument(call: CallContext, index: number): BoundArgument {
  return call.args[index] ?? call.fail('42883', 'argument missing');
}

function duckdbNumeric(type: RedshiftType): string {
  return `DECIMAL(${type.precision ?? 18}, ${type.scale ?? 0})`;
}

function isInteger(type: RedshiftType | undefined): boolean {
  return type?.id === 'int2' || type?.id === 'int4' || type?.id === 'int8';
}

function signType(args: readonly BoundArgument[]): RedshiftType {
  const type = args[0]?.type;
  if (isInteger(type)) return int4;
  return type?.id === 'numeric' ? numeric(1, 0) : float8;
}

function sign(call: CallContext): string {
  const type = signType(call.args);
  const cast = type.id === 'int4' ? 'INTEGER' : type.id === 'numeric' ? 'DECIMAL(1, 0)' : 'DOUBLE';
  return `CAST(sign(${argument(call, 0).sql}) AS ${cast})`;
}

function remainderType(args: readonly BoundArgument[]): RedshiftType {
  const type = commonType(args.map((arg) => arg.type));
  return type.id === 'unknown' || type.id === 'varchar' ? int4 : type;
}

function remainder(call: CallContext): string {
  const divisor = argument(call, 1).sql;
  const type = remainderType(call.args);
  const whole = `(${argument(call, 0).sql} % ${divisor})`;
  const result = type.id === 'numeric' ? `CAST(${whole} AS ${duckdbNumeric(type)})` : whole;
  return `CASE WHEN ${divisor} = 0 THEN ${divisionByZero} ELSE ${result} END`;
}

/** A SUPER stays one: NULL unless it is a number ("Operators and functions with SUPER"). */
function superRounding(how: string, places = '0'): string {
  return `duckshift_super_round('${how}', $1, CAST(${places} AS INTEGER))`;
}

/** CEIL and FLOOR keep an integer's type, and a decimal's digits before the point. */
function whole(name: string): FunctionDefinition[] {
  const page = name === 'floor' ? 'FLOOR function' : 'CEILING (or CEIL) function';
  const returns = (args: readonly BoundArgument[]) => {
    const type = args[0]?.type;
    if (type === undefined || isInteger(type)) return type ?? float8;
    return type.id === 'numeric' ? numeric(type.precision ?? 18, 0) : float8;
  };
  return [
    scalar(page, name, ['number'], returns, (call) => {
      const { sql, type } = argument(call, 0);
      if (isInteger(type)) return sql;
      return type.id === 'numeric' ? `${name}(${sql})` : `${name}(CAST(${sql} AS DOUBLE))`;
    }),
    scalar(page, name, ['super'], superType, superRounding(name === 'floor' ? 'floor' : 'ceil')),
  ];
}

/** Decimals requested from ROUND and TRUNC; undefined when only known per row. */
function digits(args: readonly BoundArgument[]): number | undefined {
  const places = args[1];
  if (places === undefined) return 0;
  return typeof places.constant === 'string' && /^[+-]?\d+$/.test(places.constant)
    ? Number(places.constant)
    : undefined;
}

function roundedType(args: readonly BoundArgument[]): RedshiftType {
  const type = args[0]?.type ?? float8;
  if (type.id !== 'numeric') return type;
  const { precision, scale } = decimalDigits(type) ?? { precision: 18, scale: 0 };
  const places = digits(args);
  return places === undefined ? type : numeric(precision, Math.max(0, Math.min(places, scale)));
}

function round(call: CallContext): string {
  return toPlaces(call, 'round');
}

function truncate(call: CallContext): string {
  return toPlaces(call, 'trunc');
}

/** DuckDB rounds decimals to a constant number of places only; otherwise it is done in floating point. */
function toPlaces(call: CallContext, name: string): string {
  const { sql, type } = argument(call, 0);
  const places = digits(call.args);
  if (type.id === 'numeric') {
    const result = duckdbNumeric(roundedType(call.args));
    if (places !== undefined) return `CAST(${name}(${sql}${places === 0 ? '' : `, ${places}`}) AS ${result})`;
    return `CAST(${name}(CAST(${sql} AS DOUBLE), ${argument(call, 1).sql}) AS ${result})`;
  }
  const value = isInteger(type) || type.id === 'float4' ? sql : `CAST(${sql} AS DOUBLE)`;
  if (call.args.length === 1) return isInteger(type) ? sql : `${name}(${value})`;
  return `${name}(${value}, ${argument(call, 1).sql})`;
}
