import { jsonType, objectMembers, splitArray, unquoteJson } from '../../json/json-text.js';

/**
 * OBJECT_TRANSFORM on stored JSON texts: an object with the values at the paths to keep, in the input's order, and
 * values set at further paths. An input that is not an object is returned as it is ("OBJECT_TRANSFORM function").
 *
 * @param kept JSON array of paths, each an array of attribute names
 * @param paths as `kept`: where the values go
 * @param values JSON array, a value for each of `paths`
 */
export function objectTransform(input: string, kept: string, paths: string, values: string): string {
  if (jsonType(input) !== 'object') return input;
  let result = keep(input, pathList(kept));
  const given = splitArray(values);
  for (const [i, path] of pathList(paths).entries()) result = withValue(result, path, given[i] ?? 'null');
  return result;
}

/** The attributes of an object that paths lead to or through. */
function keep(object: string, paths: readonly (readonly string[])[]): string {
  const members = objectMembers(object).flatMap(([name, value]) => {
    const further = paths.filter(([first]) => first === unquoteJson(name)).map(([, ...rest]) => rest);
    if (further.length === 0) return [];
    if (further.some((rest) => rest.length === 0)) return [[name, value] as const];
    if (jsonType(value) !== 'object') return [];
    return [[name, keep(value, further)] as const];
  });
  return objectText(members);
}

/** The object with the value at the path. Objects on the way are made where there is none. */
function withValue(object: string, [name, ...rest]: readonly string[], value: string): string {
  if (name === undefined) return value;
  const members = jsonType(object) === 'object' ? objectMembers(object) : [];
  const index = members.findIndex(([known]) => unquoteJson(known) === name);
  const changed: [string, string] = [
    members[index]?.[0] ?? JSON.stringify(name),
    withValue(members[index]?.[1] ?? '{}', rest, value),
  ];
  return objectText(index === -1 ? [...members, changed] : members.with(index, changed));
}

function objectText(members: readonly (readonly [name: string, value: string])[]): string {
  return `{${members.map(([name, value]) => `${name}:${value}`).join(',')}}`;
}

function pathList(json: string): string[][] {
  return splitArray(json).map((path) => splitArray(path).map(unquoteJson));
}
