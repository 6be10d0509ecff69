import { JSON_INVALID, judgeJson } from './strict-json.js';

/**
 * The text that JSON_EXTRACT_PATH_TEXT finds: a string's characters, any other value as written in the source, null for
 * a missing attribute, an index out of range and for JSON null. A path element of digits indexes an array (zero-based).
 *
 * @param bytes JSON text in UTF-8, white space allowed.
 * @throws RangeError when `bytes` is not JSON.
 */
export function extractPathText(bytes: Uint8Array, path: readonly string[]): string | null {
  if (judgeJson(bytes) === JSON_INVALID) throw new RangeError('not JSON');
  let at = skipSpace(bytes, 0);
  for (const step of path) {
    at =
      bytes[at] === 0x7b
        ? findAttribute(bytes, at, step, encoded(step))
        : bytes[at] === 0x5b
          ? findElement(bytes, at, index(step))
          : -1;
    if (at < 0) return null;
  }
  return valueText(bytes, at);
}

/**
 * The value at a place in a SUPER value, as it is written there; null where there is no such place.
 *
 * @param bytes a value in stored form.
 * @param path attribute names and places in arrays, which take what they name only.
 */
export function valueAt(bytes: Uint8Array, path: readonly (string | number)[]): string | null {
  let at = 0;
  for (const step of path) {
    if (typeof step === 'number') at = bytes[at] === 0x5b ? findElement(bytes, at, step) : -1;
    else at = bytes[at] === 0x7b ? findAttribute(bytes, at, step, encoded(step)) : -1;
    if (at < 0) return null;
  }
  return decode(bytes, at, valueEnd(bytes, at));
}

/**
 * The text of element `position` of an array; null out of range.
 *
 * @throws RangeError when `bytes` is not a JSON array.
 */
export function extractElementText(bytes: Uint8Array, position: number): string | null {
  const start = requireArray(bytes);
  const at = position < 0 ? -1 : findElement(bytes, start, position);
  return at < 0 ? null : valueText(bytes, at);
}

/** Number of elements. @throws RangeError when `bytes` is not a JSON array. */
export function arrayLength(bytes: Uint8Array): number {
  let at = skipSpace(bytes, requireArray(bytes) + 1);
  let count = 0;
  while (bytes[at] !== 0x5d) {
    count++;
    at = skipSpace(bytes, valueEnd(bytes, at));
    if (bytes[at] === 0x2c) at = skipSpace(bytes, at + 1);
  }
  return count;
}

/** Whether `bytes` is JSON whose outermost value is an object or, with `array`, an array. */
export function isJsonContainer(bytes: Uint8Array, array: boolean): boolean {
  return bytes[skipSpace(bytes, 0)] === (array ? 0x5b : 0x7b) && judgeJson(bytes) !== JSON_INVALID;
}

function requireArray(bytes: Uint8Array): number {
  const start = skipSpace(bytes, 0);
  if (bytes[start] !== 0x5b || judgeJson(bytes) === JSON_INVALID) throw new RangeError('not a JSON array');
  return start;
}

function index(step: string): number {
  return /^\d{1,9}$/.test(step) ? Number(step) : -1;
}

function findElement(bytes: Uint8Array, array: number, position: number): number {
  if (position < 0) return -1;
  let at = skipSpace(bytes, array + 1);
  for (let i = 0; bytes[at] !== 0x5d; i++) {
    if (i === position) return at;
    at = skipSpace(bytes, valueEnd(bytes, at));
    if (bytes[at] === 0x2c) at = skipSpace(bytes, at + 1);
  }
  return -1;
}

/** The bytes of the names looked for last: one call looks for the same few in every row. */
const encodedNames = new Map<string, Uint8Array>();
const ENCODED_NAMES = 64;

function encoded(name: string): Uint8Array {
  let bytes = encodedNames.get(name);
  if (bytes === undefined) {
    bytes = Buffer.from(name, 'utf8');
    if (encodedNames.size >= ENCODED_NAMES) encodedNames.clear();
    encodedNames.set(name, bytes);
  }
  return bytes;
}

function findAttribute(bytes: Uint8Array, object: number, name: string, nameBytes: Uint8Array): number {
  let at = skipSpace(bytes, object + 1);
  while (bytes[at] !== 0x7d) {
    const open = at;
    const close = stringEnd(bytes, open);
    at = skipSpace(bytes, skipSpace(bytes, close) + 1);
    if (isName(bytes, open + 1, close - 1, nameBytes) || isEscapedName(bytes, open, close, name)) return at;
    at = skipSpace(bytes, valueEnd(bytes, at));
    if (bytes[at] === 0x2c) at = skipSpace(bytes, at + 1);
  }
  return -1;
}

function isName(bytes: Uint8Array, from: number, to: number, name: Uint8Array): boolean {
  if (to - from !== name.length) return false;
  for (let i = 0; i < name.length; i++) if (bytes[from + i] !== name[i]) return false;
  return true;
}

function isEscapedName(bytes: Uint8Array, open: number, close: number, name: string): boolean {
  for (let i = open + 1; i < close; i++) if (bytes[i] === 0x5c) return stringText(bytes, open, close) === name;
  return false;
}

function valueText(bytes: Uint8Array, at: number): string | null {
  const first = bytes[at];
  if (first === 0x6e) return null;
  const end = valueEnd(bytes, at);
  return first === 0x22 ? stringText(bytes, at, end) : decode(bytes, at, end);
}

function stringText(bytes: Uint8Array, open: number, end: number): string {
  const raw = decode(bytes, open + 1, end - 1);
  if (!raw.includes('\\')) return raw;
  const value: unknown = JSON.parse(`"${raw}"`);
  return typeof value === 'string' ? value : raw;
}

function decode(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8', from, to);
}

function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at++;
  return at;
}

function stringEnd(bytes: Uint8Array, open: number): number {
  let at = open + 1;
  while (bytes[at] !== 0x22) at += bytes[at] === 0x5c ? 2 : 1;
  return at + 1;
}

/** Offset behind the value at `start`, of text known to be valid. */
function valueEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  let depth = 0;
  do {
    const byte = bytes[at] ?? 0;
    if (byte === 0x22) at = stringEnd(bytes, at);
    else if (byte === 0x7b || byte === 0x5b) {
      depth++;
      at++;
    } else if (byte === 0x7d || byte === 0x5d) {
      depth--;
      at++;
    } else if (depth > 0 && (byte === 0x2c || byte === 0x3a || byte <= 0x20)) at++;
    else at = scalarEnd(bytes, at);
  } while (depth > 0);
  return at;
}

function scalarEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x2c || byte === 0x5d || byte === 0x7d || byte <= 0x20) break;
    at++;
  }
  return at;
}
