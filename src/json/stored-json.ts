import { objectMembers, splitArray } from './json-text.js';
import { JSON_DUPLICATE_KEYS, JSON_INVALID, JSON_STORED_FORM, judgeJson } from './strict-json.js';

/** Why a text is not a SUPER value. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
  readonly reason: 'invalid' | 'duplicate';

  constructor(reason: 'invalid' | 'duplicate') {
    super(reason);
    this.reason = reason;
  }
}

/**
 * The form in which a SUPER value is stored: white space between tokens dropped, escapes only where JSON needs them,
 * number text and the order of attributes preserved. Bytes already in this form are returned as they are.
 *
 * @param keepLast `json_parse_dedup_attributes`: the last of several equal attribute names wins.
 * @throws JsonError
 */
export function toStoredJson(bytes: Uint8Array, keepLast = false): Uint8Array {
  const verdict = judgeJson(bytes);
  if (verdict === JSON_STORED_FORM) return bytes;
  if (verdict === JSON_INVALID) throw new JsonError('invalid');
  if (verdict === JSON_DUPLICATE_KEYS) {
    if (!keepLast) throw new JsonError('duplicate');
    return Buffer.from(withoutDuplicates(Buffer.from(compact(bytes)).toString('utf8')), 'utf8');
  }
  return compact(bytes);
}

const letters: Readonly<Record<number, number>> = { 8: 0x62, 12: 0x66, 10: 0x6e, 13: 0x72, 9: 0x74 };

/** Never longer than its input, which is known to be valid. */
function compact(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length);
  let to = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (!inString) {
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) continue;
      if (byte === 0x22) inString = true;
      out[to++] = byte;
    } else if (byte === 0x5c) {
      const mark = bytes[at + 1] ?? 0;
      if (mark === 0x75) {
        const unit = hexUnit(bytes, at + 2);
        at += 5;
        if (unit >= 0xd800 && unit <= 0xdbff) {
          to = writeUtf8(out, to, 0x10000 + ((unit - 0xd800) << 10) + (hexUnit(bytes, at + 3) - 0xdc00));
          at += 6;
        } else {
          to = writeUnit(out, to, unit);
        }
      } else {
        if (mark !== 0x2f) out[to++] = 0x5c;
        out[to++] = mark;
        at++;
      }
    } else {
      if (byte === 0x22) inString = false;
      out[to++] = byte;
    }
  }
  return out.subarray(0, to);
}

function writeUnit(out: Uint8Array, from: number, unit: number): number {
  let to = from;
  const letter = letters[unit];
  if (unit === 0x22 || unit === 0x5c || letter !== undefined) {
    out[to++] = 0x5c;
    out[to++] = letter ?? unit;
    return to;
  }
  if (unit >= 0x20) return writeUtf8(out, to, unit);
  for (const char of `\\u${unit.toString(16).padStart(4, '0')}`) out[to++] = char.charCodeAt(0);
  return to;
}

function writeUtf8(out: Uint8Array, from: number, codePoint: number): number {
  let to = from;
  if (codePoint < 0x80) out[to++] = codePoint;
  else if (codePoint < 0x800) {
    out[to++] = 0xc0 | (codePoint >> 6);
    out[to++] = 0x80 | (codePoint & 0x3f);
  } else if (codePoint < 0x10000) {
    out[to++] = 0xe0 | (codePoint >> 12);
    out[to++] = 0x80 | ((codePoint >> 6) & 0x3f);
    out[to++] = 0x80 | (codePoint & 0x3f);
  } else {
    out[to++] = 0xf0 | (codePoint >> 18);
    out[to++] = 0x80 | ((codePoint >> 12) & 0x3f);
    out[to++] = 0x80 | ((codePoint >> 6) & 0x3f);
    out[to++] = 0x80 | (codePoint & 0x3f);
  }
  return to;
}

function hexUnit(bytes: Uint8Array, from: number): number {
  let unit = 0;
  for (let i = from; i < from + 4; i++) {
    const byte = bytes[i] ?? 0;
    unit = unit * 16 + (byte <= 0x39 ? byte - 0x30 : (byte | 0x20) - 0x57);
  }
  return unit;
}

function withoutDuplicates(json: string): string {
  if (json.startsWith('[')) return `[${splitArray(json).map(withoutDuplicates).join(',')}]`;
  if (!json.startsWith('{')) return json;
  const members = new Map<string, string>();
  for (const [name, value] of objectMembers(json)) members.set(name, withoutDuplicates(value));
  return `{${[...members].map(([name, value]) => `${name}:${value}`).join(',')}}`;
}
