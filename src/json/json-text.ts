/**
 * Taking JSON text apart without reading its values, so that number text, key order and big integers stay as they are.
 * The functions here expect stored form (`toStoredJson`): valid, no white space between tokens.
 */

/** Texts of the elements of an array. */
export function splitArray(json: string): string[] {
  const elements: string[] = [];
  if (json === '[]') return elements;
  let start = 1;
  while (start < json.length) {
    const end = valueEnd(json, start);
    elements.push(json.slice(start, end));
    start = end + 1;
  }
  return elements;
}

/** Attribute names (quoted, as they stand) and value texts of an object. */
export function objectMembers(json: string): [name: string, value: string][] {
  const members: [string, string][] = [];
  if (json === '{}') return members;
  let start = 1;
  while (start < json.length) {
    const colon = stringEnd(json, start);
    const end = valueEnd(json, colon + 1);
    members.push([json.slice(start, colon), json.slice(colon + 1, end)]);
    start = end + 1;
  }
  return members;
}

/** Offset behind the value that starts at `start`. */
function valueEnd(json: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < json.length) {
    const code = json.charCodeAt(at);
    if (code === 0x22) at = stringEnd(json, at);
    else if (code === 0x5b || code === 0x7b) {
      depth++;
      at++;
    } else if (code === 0x5d || code === 0x7d) {
      if (depth === 0) return at;
      depth--;
      at++;
    } else if (code === 0x2c && depth === 0) return at;
    else at++;
    if (depth === 0 && at < json.length) {
      const next = json.charCodeAt(at);
      if (next === 0x2c || next === 0x5d || next === 0x7d) return at;
    }
  }
  return at;
}

/** Offset behind the string whose opening quote is at `start`. */
function stringEnd(json: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const quote = json.indexOf('"', at);
    if (quote === -1) return json.length;
    let slashes = 0;
    while (json.charCodeAt(quote - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

/** `JSON_TYPEOF` of a value text. */
export type JsonType = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

export function jsonType(json: string): JsonType {
  switch (json.charCodeAt(0)) {
    case 0x7b:
      return 'object';
    case 0x5b:
      return 'array';
    case 0x22:
      return 'string';
    case 0x74:
    case 0x66:
      return 'boolean';
    case 0x6e:
      return 'null';
    default:
      return 'number';
  }
}

/** The characters of a string's text. */
export function unquoteJson(json: string): string {
  if (!json.includes('\\')) return json.slice(1, -1);
  const value: unknown = JSON.parse(json);
  return typeof value === 'string' ? value : json;
}
