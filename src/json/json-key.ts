import { jsonType, objectMembers, splitArray, unquoteJson } from './json-text.js';
import { canonicalNumber, compareNumbers, numberOrderKey } from './number-text.js';

/**
 * The one notion of equality and order of SUPER values ("Dynamic typing", "SUPER type"): numbers by value, strings
 * without regard to trailing blanks, arrays element by element, objects attribute by attribute in any order; booleans
 * before numbers, strings, arrays, objects, and JSON null last.
 *
 * @param json a value in stored form.
 * @returns a text that sorts, byte by byte in UTF-8, as the values do, equal for equal values.
 */
export function orderKey(json: string): string {
  switch (jsonType(json)) {
    case 'boolean':
      return json === 'true' ? '1t' : '1f';
    case 'number':
      return `2${numberOrderKey(json)}`;
    case 'string':
      return `3${delimited(unquoteJson(json).replace(/ +$/, ''))}`;
    case 'array':
      return `4${splitArray(json).map(orderKey).join('')}${end}`;
    case 'object':
      return `5${attributeKeys(json).join('')}${end}`;
    case 'null':
      return '6';
  }
}

/**
 * The same equality with a text that SQL can make by itself for strings, booleans and short numbers.
 * `rewrite/super-key.ts` writes that SQL: both must agree.
 *
 * @returns null for JSON null, which counts as NULL.
 */
export function equalityKey(json: string): string | null {
  switch (jsonType(json)) {
    case 'boolean':
      return json;
    case 'number':
      return canonicalNumber(json);
    case 'string':
      return `"${unquoteJson(json).replace(/ +$/, '')}`;
    case 'null':
      return null;
    default:
      return `[${orderKey(json)}`;
  }
}

/**
 * What sorts values that are of one type and, as numbers, of one DOUBLE. `rewrite/super-key.ts` gives `1` to the
 * numbers that are what their DOUBLE is written as.
 */
export function tieKey(json: string): string {
  if (jsonType(json) !== 'number') return orderKey(json);
  const nearest = Number(json);
  const side = Number.isFinite(nearest) ? compareNumbers(json, String(nearest)) : 1;
  if (side === 0) return '1';
  return `${side < 0 ? '0' : '2'}${numberOrderKey(json)}`;
}

const end = '\u0001';
const escapeMark = '\u0002';

/** Attributes by their names, which are compared as they are. */
function attributeKeys(json: string): string[] {
  return objectMembers(json)
    .map(([name, value]) => delimited(unquoteJson(name)) + orderKey(value))
    .sort();
}

/** A text that ends before any other that it begins. */
function delimited(text: string): string {
  return (
    text
      .replaceAll(escapeMark, `${escapeMark}\u0005`)
      .replaceAll(end, `${escapeMark}\u0004`)
      .replaceAll('\0', `${escapeMark}\u0003`) + end
  );
}
