import { compareJson, equalJson } from '../../json/json-order.js';
import { jsonType, objectMembers, splitArray, unquoteJson } from '../../json/json-text.js';
import { floatText } from '../../json/number-arithmetic.js';
import { nullableUserFunction, type UserFunction, userFunction } from './definition.js';
import { objectTransform } from './object-transform.js';

/**
 * "Array functions" and "Object functions" on SUPER values in stored form: element texts are moved, never read and
 * printed anew.
 */
export const superFunctions: readonly UserFunction[] = [
  userFunction('duckshift_float_to_super', ['float8'], 'json', (value) => floatText(value) ?? null),
  userFunction('duckshift_array_concat', ['json', 'json'], 'json', (left, right) =>
    bothArrays(left, right, (a, b) => arrayText([...a, ...b])),
  ),
  userFunction('duckshift_array_flatten', ['json'], 'json', (json) => {
    const elements = elementsOf(json);
    return elements && arrayText(flattened(elements));
  }),
  userFunction('duckshift_object_transform', ['json', 'text', 'text', 'json'], 'json', objectTransform),
  nullableUserFunction('duckshift_subarray', ['json', 'int4', 'int4'], 'json', subarray),
  nullableUserFunction('duckshift_array_contains', ['json', 'json', 'bool'], 'bool', (array, value, nullMatch) => {
    const found = positions(array, value, nullMatch);
    return found === null ? null : found.length > 0;
  }),
  nullableUserFunction('duckshift_array_position', ['json', 'json', 'bool'], 'int4', (array, value, nullMatch) => {
    const found = positions(array, value, nullMatch);
    return found === null ? null : (found[0] ?? -1);
  }),
  nullableUserFunction('duckshift_array_positions', ['json', 'json', 'bool'], 'json', (array, value, nullMatch) => {
    const found = positions(array, value, nullMatch);
    return found === null ? null : arrayText(found.map(String));
  }),
  nullableUserFunction('duckshift_arrays_overlap', ['json', 'json', 'bool'], 'bool', overlap),
  userFunction('duckshift_array_distinct', ['json'], 'json', (json) => {
    const elements = elementsOf(json);
    return elements && arrayText(distinct(elements));
  }),
  userFunction('duckshift_array_except', ['json', 'json', 'bool'], 'json', (left, right, unique) =>
    bothArrays(left, right, (a, b) => arrayText(unique ? distinct(without(a, b, true)) : without(a, b, false))),
  ),
  userFunction('duckshift_array_intersection', ['json', 'json', 'bool'], 'json', (left, right, unique) =>
    bothArrays(left, right, (a, b) => {
      const common = shared(a, b);
      return arrayText(unique ? distinct(common) : common);
    }),
  ),
  userFunction('duckshift_array_union', ['json', 'json', 'bool'], 'json', (left, right, unique) =>
    bothArrays(left, right, (a, b) => arrayText(unique ? distinct([...a, ...b]) : [...a, ...without(b, a, false)])),
  ),
  userFunction('duckshift_array_sort', ['json', 'bool', 'bool'], 'json', sort),
  userFunction('duckshift_attribute_names', ['json', 'bool'], 'json', (json, upper) => renameAttributes(json, upper)),
];

function elementsOf(json: string): string[] | null {
  return jsonType(json) === 'array' ? splitArray(json) : null;
}

function arrayText(elements: readonly string[]): string {
  return `[${elements.join(',')}]`;
}

/** Arrays at every depth ("ARRAY_FLATTEN function"). */
function flattened(elements: readonly string[]): string[] {
  return elements.flatMap((element) => {
    const inner = elementsOf(element);
    return inner === null ? [element] : flattened(inner);
  });
}

function bothArrays(left: string, right: string, combine: (left: string[], right: string[]) => string): string | null {
  const [a, b] = [elementsOf(left), elementsOf(right)];
  return a === null || b === null ? null : combine(a, b);
}

/** Zero-based; a negative start counts from the end. Without a length: to the end. */
function subarray(json: string | null, start: number | null, length: number | null): string | null {
  const elements = json === null ? null : elementsOf(json);
  if (elements === null || start === null) return null;
  const from = start < 0 ? Math.max(elements.length + start, 0) : start;
  return arrayText(elements.slice(from, length === null ? undefined : from + Math.max(length, 0)));
}

function isNull(json: string | null): boolean {
  return json === null || jsonType(json) === 'null';
}

/**
 * Where `value` stands in `array`. Without `nullMatch` NULL is unknown: looking for it, or finding nothing in an array
 * that holds one, gives NULL.
 */
function positions(array: string | null, value: string | null, nullMatch: boolean | null): number[] | null {
  const elements = array === null ? null : elementsOf(array);
  if (elements === null || nullMatch === null) return null;
  const sought = value ?? 'null';
  if (!nullMatch && isNull(sought)) return null;
  const found: number[] = [];
  elements.forEach((element, i) => {
    if (equalJson(element, sought)) found.push(i);
  });
  return !nullMatch && found.length === 0 && elements.some(isNull) ? null : found;
}

function overlap(left: string | null, right: string | null, nullMatch: boolean | null): boolean | null {
  const a = left === null ? null : elementsOf(left);
  const b = right === null ? null : elementsOf(right);
  if (a === null || b === null || nullMatch === null) return null;
  const values = nullMatch ? a : a.filter((element) => !isNull(element));
  if (shared(values, b).length > 0) return true;
  const unknown = !nullMatch && a.length > 0 && b.length > 0 && (a.some(isNull) || b.some(isNull));
  return unknown ? null : false;
}

function indexOf(elements: readonly string[], value: string): number {
  return elements.findIndex((element) => equalJson(element, value));
}

function distinct(elements: readonly string[]): string[] {
  const seen: string[] = [];
  for (const element of elements) if (indexOf(seen, element) === -1) seen.push(element);
  return seen;
}

/** Elements of `from` that are not in `remove`; each of these takes away one equal element, or `all` of them. */
function without(from: readonly string[], remove: readonly string[], all: boolean): string[] {
  const left = [...remove];
  return from.filter((element) => {
    const at = indexOf(left, element);
    if (at !== -1 && !all) left.splice(at, 1);
    return at === -1;
  });
}

/** Elements that both have, as often as both have them, in the order of the first. */
function shared(first: readonly string[], second: readonly string[]): string[] {
  const left = [...second];
  return first.filter((element) => {
    const at = indexOf(left, element);
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  });
}

function sort(json: string, ascending: boolean, nullsFirst: boolean): string | null {
  const elements = elementsOf(json);
  if (elements === null) return null;
  const nulls = elements.filter(isNull);
  const values = elements.filter((element) => !isNull(element)).sort(compareJson);
  if (!ascending) values.reverse();
  return arrayText(nullsFirst ? [...nulls, ...values] : [...values, ...nulls]);
}

/** Every attribute name at every level. */
function renameAttributes(json: string, upper: boolean): string {
  switch (jsonType(json)) {
    case 'array':
      return arrayText(splitArray(json).map((element) => renameAttributes(element, upper)));
    case 'object': {
      const members = objectMembers(json).map(([name, value]) => {
        const text = unquoteJson(name);
        return `${JSON.stringify(upper ? text.toUpperCase() : text.toLowerCase())}:${renameAttributes(value, upper)}`;
      });
      return `{${members.join(',')}}`;
    }
    default:
      return json;
  }
}
