import { jsonType, objectMembers, splitArray, unquoteJson } from './json-text.js';

/**
 * Whether two values in stored form are equal as SUPER compares them ("Dynamic typing"): numbers by value, strings
 * without regard to trailing blanks, arrays element by element, objects attribute by attribute in any order.
 */
export function equalJson(left: string, right: string): boolean {
  if (left === right) return true;
  const type = jsonType(left);
  if (type !== jsonType(right)) return false;
  switch (type) {
    case 'number':
      return compareNumbers(left, right) === 0;
    case 'string':
      return text(left) === text(right);
    case 'array': {
      const [a, b] = [splitArray(left), splitArray(right)];
      return a.length === b.length && a.every((element, i) => equalJson(element, b[i] ?? ''));
    }
    case 'object': {
      const [a, b] = [objectMembers(left), new Map(objectMembers(right))];
      return a.length === b.size && a.every(([name, value]) => equalJson(value, b.get(name) ?? ''));
    }
    default:
      return false;
  }
}

const ranks = ['boolean', 'number', 'string', 'array', 'object', 'null'];

/** Total order over values of all types: boolean, number, string, array, object, null. */
export function compareJson(left: string, right: string): number {
  const type = jsonType(left);
  const rank = ranks.indexOf(type) - ranks.indexOf(jsonType(right));
  if (rank !== 0) return rank;
  switch (type) {
    case 'number':
      return compareNumbers(left, right);
    case 'string':
      return Buffer.compare(Buffer.from(text(left)), Buffer.from(text(right)));
    case 'array':
      return compareLists(splitArray(left), splitArray(right));
    case 'object':
      return compareLists(objectMembers(left).flat(), objectMembers(right).flat());
    default:
      return left < right ? -1 : left > right ? 1 : 0;
  }
}

function compareLists(left: readonly string[], right: readonly string[]): number {
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = compareJson(left[i] ?? '', right[i] ?? '');
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function text(json: string): string {
  return unquoteJson(json).replace(/ +$/, '');
}

/** Integers of any size exactly, others in floating point. */
function compareNumbers(left: string, right: string): number {
  if (/^-?\d+$/.test(left) && /^-?\d+$/.test(right)) {
    const [a, b] = [BigInt(left), BigInt(right)];
    return a < b ? -1 : a > b ? 1 : 0;
  }
  return Number(left) - Number(right);
}
