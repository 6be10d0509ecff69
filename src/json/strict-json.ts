/**
 * Strict JSON (RFC 8259) over UTF-8 bytes, as JSON_PARSE reads it: no trailing commas, no NaN, no comments, no bare
 * control characters, valid UTF-8, no lone surrogate escapes, no duplicate attribute in an object, at most 1,000
 * levels.
 *
 * One pass, no recursion, no allocation per document in the usual case: it runs once per stream record.
 */

/** Not JSON. */
export const JSON_INVALID = 0;
/**
 * JSON in which some object names an attribute twice: JSON_PARSE refuses it unless `json_parse_dedup_attributes` is on.
 */
export const JSON_DUPLICATE_KEYS = 1;
/** JSON that JSON_PARSE accepts. */
export const JSON_VALID = 2;
/**
 * Accepted, and already byte for byte what a SUPER value stores: no white space between tokens, no needless escapes.
 */
export const JSON_STORED_FORM = 3;

export type JsonVerdict = 0 | 1 | 2 | 3;

/** "SUPER type limitations": levels of nesting. */
export const MAX_JSON_DEPTH = 1000;

const OBJECT = 1;
const ARRAY = 2;
/** Objects with more attributes than this are searched through a set instead of pairwise. */
const PAIRWISE_KEYS = 24;

const containers = new Uint8Array(MAX_JSON_DEPTH + 1);
const firstKeys = new Int32Array(MAX_JSON_DEPTH + 1);
let keyRanges = new Int32Array(512);
/** Names with different marks differ. */
let keyMarks = new Int32Array(256);
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** State of the scan in progress; the scan never yields, so one is enough. */
let stored = true;
let escaped = false;

/**
 * True when JSON_PARSE would accept `bytes` under its default settings: what CAN_JSON_PARSE answers ("CAN_JSON_PARSE
 * function").
 */
export function isStrictJson(bytes: Uint8Array): boolean {
  return judgeJson(bytes, 0, bytes.length) >= JSON_VALID;
}

/**
 * What JSON_PARSE would make of `bytes[start..end)`.
 *
 * @returns one of the four verdicts above; comparing with `>= JSON_VALID` is CAN_JSON_PARSE.
 */
export function judgeJson(bytes: Uint8Array, start = 0, end = bytes.length): JsonVerdict {
  stored = true;
  let duplicates = false;
  let depth = 0;
  let keyCount = 0;
  let sets: Map<number, Set<string>> | undefined;
  let at = skipSpace(bytes, start, end);

  for (;;) {
    // A value starts here.
    const byte = at < end ? (bytes[at] ?? 0) : 0;
    if (byte === 0x7b || byte === 0x5b) {
      if (depth === MAX_JSON_DEPTH) return JSON_INVALID;
      const isObject = byte === 0x7b;
      at = skipSpace(bytes, at + 1, end);
      if (at < end && bytes[at] === (isObject ? 0x7d : 0x5d)) {
        at++;
      } else {
        depth++;
        containers[depth] = isObject ? OBJECT : ARRAY;
        firstKeys[depth] = keyCount;
        if (!isObject) continue;
        at = attribute();
        if (at < 0) return JSON_INVALID;
        continue;
      }
    } else if (byte === 0x22) {
      at = scanString(bytes, at + 1, end);
      if (at < 0) return JSON_INVALID;
    } else {
      at = scanScalar(bytes, at, end, byte);
      if (at < 0) return JSON_INVALID;
    }

    // A value has ended: close what it ends.
    for (;;) {
      at = skipSpace(bytes, at, end);
      if (depth === 0) {
        if (at !== end) return JSON_INVALID;
        if (duplicates) return JSON_DUPLICATE_KEYS;
        return stored ? JSON_STORED_FORM : JSON_VALID;
      }
      if (at >= end) return JSON_INVALID;
      const next = bytes[at];
      if (containers[depth] === OBJECT) {
        if (next === 0x2c) {
          at = attribute(skipSpace(bytes, at + 1, end));
          if (at < 0) return JSON_INVALID;
          break;
        }
        if (next !== 0x7d) return JSON_INVALID;
        keyCount = firstKeys[depth] ?? 0;
        sets?.delete(depth);
      } else {
        if (next === 0x2c) {
          at = skipSpace(bytes, at + 1, end);
          break;
        }
        if (next !== 0x5d) return JSON_INVALID;
      }
      depth--;
      at++;
    }
  }

  /** Reads `"name" :` and gives the offset of the value, or -1. */
  function attribute(from = at): number {
    if (from >= end || bytes[from] !== 0x22) return -1;
    const close = scanString(bytes, from + 1, end);
    if (close < 0) return -1;
    noteKey(from + 1, close - 1, escaped);
    const colon = skipSpace(bytes, close, end);
    if (colon >= end || bytes[colon] !== 0x3a) return -1;
    return skipSpace(bytes, colon + 1, end);
  }

  function noteKey(from: number, to: number, hasEscapes: boolean): void {
    if (duplicates) return;
    const first = firstKeys[depth] ?? 0;
    const set = sets?.get(depth);
    if (set !== undefined) {
      const name = keyText(bytes, from, to);
      if (set.has(name)) duplicates = true;
      set.add(name);
      return;
    }
    if (hasEscapes || keyCount - first >= PAIRWISE_KEYS) {
      const names = new Set<string>();
      for (let i = first; i < keyCount; i++) {
        names.add(keyText(bytes, keyRanges[2 * i] ?? 0, keyRanges[2 * i + 1] ?? 0));
      }
      const name = keyText(bytes, from, to);
      if (names.has(name)) duplicates = true;
      names.add(name);
      sets ??= new Map();
      sets.set(depth, names);
      return;
    }
    const mark = keyMark(bytes, from, to);
    for (let i = first; i < keyCount; i++) {
      if (keyMarks[i] !== mark) continue;
      const otherFrom = keyRanges[2 * i] ?? 0;
      if ((keyRanges[2 * i + 1] ?? 0) - otherFrom === to - from && sameBytes(bytes, otherFrom, from, to - from)) {
        duplicates = true;
        return;
      }
    }
    if (keyCount === keyMarks.length) growKeys();
    keyRanges[2 * keyCount] = from;
    keyRanges[2 * keyCount + 1] = to;
    keyMarks[keyCount] = mark;
    keyCount++;
  }
}

function keyMark(bytes: Uint8Array, from: number, to: number): number {
  const length = to - from;
  if (length === 0) return 0;
  return (length << 16) ^ ((bytes[from] ?? 0) << 12) ^ ((bytes[from + (length >> 1)] ?? 0) << 6) ^ (bytes[to - 1] ?? 0);
}

function growKeys(): void {
  const ranges = new Int32Array(keyRanges.length * 2);
  ranges.set(keyRanges);
  keyRanges = ranges;
  const marks = new Int32Array(keyMarks.length * 2);
  marks.set(keyMarks);
  keyMarks = marks;
}

/** The attribute name between two quotes, decoded. */
function keyText(bytes: Uint8Array, from: number, to: number): string {
  const raw = utf8.decode(bytes.subarray(from, to));
  if (!raw.includes('\\')) return raw;
  const parsed: unknown = JSON.parse(`"${raw}"`);
  return typeof parsed === 'string' ? parsed : raw;
}

function sameBytes(bytes: Uint8Array, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (bytes[a + i] !== bytes[b + i]) return false;
  return true;
}

function skipSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
    stored = false;
    at++;
  }
  return at;
}

/** Offset behind a number, `true`, `false` or `null`, or -1. */
function scanScalar(bytes: Uint8Array, from: number, end: number, first: number): number {
  if (first === 0x74) return isWord(bytes, from, end, 0x72, 0x75, 0x65) ? from + 4 : -1;
  if (first === 0x6e) return isWord(bytes, from, end, 0x75, 0x6c, 0x6c) ? from + 4 : -1;
  if (first === 0x66) return isWord(bytes, from + 1, end, 0x6c, 0x73, 0x65) && bytes[from + 1] === 0x61 ? from + 5 : -1;
  return scanNumber(bytes, from, end);
}

function isWord(bytes: Uint8Array, from: number, end: number, b: number, c: number, d: number): boolean {
  return from + 4 <= end && bytes[from + 1] === b && bytes[from + 2] === c && bytes[from + 3] === d;
}

function scanNumber(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  if (at < end && bytes[at] === 0x2d) at++;
  if (at >= end) return -1;
  if (bytes[at] === 0x30) at++;
  else {
    const digits = at;
    at = skipDigits(bytes, at, end);
    if (at === digits) return -1;
  }
  if (at < end && bytes[at] === 0x2e) {
    const digits = at + 1;
    at = skipDigits(bytes, digits, end);
    if (at === digits) return -1;
  }
  if (at < end && (bytes[at] === 0x65 || bytes[at] === 0x45)) {
    at++;
    if (at < end && (bytes[at] === 0x2b || bytes[at] === 0x2d)) at++;
    const digits = at;
    at = skipDigits(bytes, at, end);
    if (at === digits) return -1;
  }
  return at;
}

function skipDigits(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x30 || byte > 0x39) break;
    at++;
  }
  return at;
}

/** Offset behind the closing quote, or -1. `from` is behind the opening quote. Sets `escaped`. */
function scanString(bytes: Uint8Array, from: number, end: number): number {
  escaped = false;
  let at = from;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x22) return at + 1;
    if (byte === 0x5c) {
      escaped = true;
      at = scanEscape(bytes, at, end);
      if (at < 0) return -1;
    } else if (byte < 0x20) return -1;
    else if (byte < 0x80) at++;
    else {
      const length = utf8Length(bytes, at, end);
      if (length === 0) return -1;
      at += length;
    }
  }
  return -1;
}

function scanEscape(bytes: Uint8Array, from: number, end: number): number {
  if (from + 1 >= end) return -1;
  switch (bytes[from + 1]) {
    case 0x22:
    case 0x5c:
    case 0x62:
    case 0x66:
    case 0x6e:
    case 0x72:
    case 0x74:
      return from + 2;
    case 0x2f:
      stored = false;
      return from + 2;
    case 0x75: {
      const unit = hexUnit(bytes, from + 2, end);
      if (unit < 0) return -1;
      if (unit < 0xd800 || unit > 0xdfff) {
        if (!isNeededEscape(unit, bytes, from + 4)) stored = false;
        return from + 6;
      }
      if (unit > 0xdbff || from + 12 > end || bytes[from + 6] !== 0x5c || bytes[from + 7] !== 0x75) return -1;
      const low = hexUnit(bytes, from + 8, end);
      if (low < 0xdc00 || low > 0xdfff) return -1;
      stored = false;
      return from + 12;
    }
    default:
      return -1;
  }
}

/** Control characters without a letter escape have no other spelling than `\u00xx`, in lower case. */
function isNeededEscape(unit: number, bytes: Uint8Array, digits: number): boolean {
  if (unit >= 0x20 || (unit >= 0x08 && unit <= 0x0d && unit !== 0x0b)) return false;
  const last = bytes[digits + 1] ?? 0;
  return last < 0x41 || last > 0x46;
}

function hexUnit(bytes: Uint8Array, from: number, end: number): number {
  if (from + 4 > end) return -1;
  let unit = 0;
  for (let i = from; i < from + 4; i++) {
    const digit = hexDigit(bytes[i] ?? 0);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  if (byte >= 0x61 && byte <= 0x66) return byte - 0x57;
  if (byte >= 0x41 && byte <= 0x46) return byte - 0x37;
  return -1;
}

/** Length of the UTF-8 sequence at `at`, 0 when it is malformed, overlong, a surrogate or beyond U+10FFFF. */
function utf8Length(bytes: Uint8Array, at: number, end: number): 0 | 2 | 3 | 4 {
  const lead = bytes[at] ?? 0;
  const second = at + 1 < end ? (bytes[at + 1] ?? 0) : 0;
  if (lead < 0xc2 || (second & 0xc0) !== 0x80) return 0;
  if (lead < 0xe0) return 2;
  const third = at + 2 < end ? (bytes[at + 2] ?? 0) : 0;
  if ((third & 0xc0) !== 0x80) return 0;
  if (lead < 0xf0) {
    if (lead === 0xe0 && second < 0xa0) return 0;
    return lead === 0xed && second > 0x9f ? 0 : 3;
  }
  const fourth = at + 3 < end ? (bytes[at + 3] ?? 0) : 0;
  if ((fourth & 0xc0) !== 0x80 || lead > 0xf4) return 0;
  if (lead === 0xf0 && second < 0x90) return 0;
  return lead === 0xf4 && second > 0x8f ? 0 : 4;
}
