import { int4, int8, numeric, varchar } from './coercion.js';
import type { RedshiftType } from './redshift-type.js';
import { maximumPrecision } from './type-names.js';

const int4Limit = 2_147_483_647n;
const int8Limit = 9_223_372_036_854_775_807n;

/**
 * The type of a number as written: INT4, INT8 or NUMERIC by size for digits alone, NUMERIC with the written digits and
 * scale for a decimal point or an exponent.
 */
export function numberLiteralType(text: string): RedshiftType {
  if (/^\d+$/.test(text)) {
    if (text.length <= 9) return int4;
    const value = BigInt(text);
    if (value <= int4Limit) return int4;
    if (value <= int8Limit) return int8;
    return numeric(Math.min(value.toString().length, maximumPrecision), 0);
  }
  const match = /^(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text);
  const whole = (match?.[1] ?? '').replace(/^0+/, '');
  const fraction = match?.[2] ?? '';
  const exponent = Number(match?.[3] ?? 0);
  const scale = Math.max(0, fraction.length - exponent);
  const digits = Math.max(whole.length + exponent, 0) + scale;
  if (scale > maximumPrecision - 1 || digits > maximumPrecision) return { id: 'float8' };
  return numeric(Math.max(digits, scale, 1), scale);
}

/**
 * A decimal number without its exponent: `0.00001` for `1e-5`. DuckDB reads an exponent only where the number before it
 * fits the type as it stands. An exponent beyond what any decimal holds is left.
 */
export function withoutExponent(text: string): string {
  const match = /^([+-]?)(\d*)\.?(\d*)[eE]([+-]?\d+)$/.exec(text);
  const exponent = Number(match?.[4]);
  if (match === null || Math.abs(exponent) > 2 * maximumPrecision) return text;
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = `${whole}${fraction}`;
  const point = whole.length + exponent;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** The type of a string literal: VARCHAR of its length in bytes. */
export function stringLiteralType(value: string): RedshiftType {
  return varchar(Math.max(utf8Length(value), 1));
}

/** Length of `text` in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    // A surrogate pair is two units and four bytes.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}
