import { isUtf8 } from 'node:buffer';
import { raisedErrorText } from '../../../sql-dialect/duckdb/raised-error.js';
import { type UserFunction, userFunction } from './definition.js';

/** "String functions" that DuckDB lacks. */
export const textFunctions: readonly UserFunction[] = [
  userFunction('duckshift_initcap', ['text'], 'text', initCap),
  userFunction('duckshift_soundex', ['text'], 'text', soundex),
  userFunction('duckshift_difference', ['text', 'text'], 'int4', difference),
  userFunction('duckshift_strtol', ['text', 'int4'], 'int8', stringToLong),
  userFunction('duckshift_is_utf8', ['blob'], 'bool', isUtf8),
  userFunction('duckshift_decode_utf8', ['blob'], 'utf8', decodeUtf8),
  userFunction('duckshift_crc32', ['utf8'], 'text', crc32),
];

/** The first letter of each word in upper case, the others in lower case; a word is a run of letters and digits. */
export function initCap(text: string): string {
  return text.replace(/[\p{L}\p{N}]+/gu, (word) => {
    const first = String.fromCodePoint(word.codePointAt(0) ?? 0);
    return first.toUpperCase() + word.slice(first.length).toLowerCase();
  });
}

const soundexCodes: Readonly<Record<string, string>> = {
  ...codes('BFPV', '1'),
  ...codes('CGJKQSXZ', '2'),
  ...codes('DT', '3'),
  ...codes('L', '4'),
  ...codes('MN', '5'),
  ...codes('R', '6'),
};

function codes(letters: string, code: string): Record<string, string> {
  return Object.fromEntries([...letters].map((letter) => [letter, code]));
}

/** American Soundex: H and W do not separate equal codes. A text without a letter of A to Z gives an empty string. */
export function soundex(text: string): string {
  const letters = text.toUpperCase().replace(/[^A-Z]/g, '');
  const first = letters.charAt(0);
  if (first === '') return '';
  let result = first;
  let previous = soundexCodes[first] ?? '';
  for (const letter of letters.slice(1)) {
    if (letter === 'H' || letter === 'W') continue;
    const code = soundexCodes[letter] ?? '';
    if (code !== '' && code !== previous) result += code;
    if (result.length === 4) break;
    previous = code;
  }
  return result.padEnd(4, '0');
}

/** How many of the four Soundex characters agree. */
function difference(left: string, right: string): number {
  const [a, b] = [soundex(left), soundex(right)];
  let same = 0;
  for (let i = 0; i < 4; i++) if (a.charAt(i) !== '' && a.charAt(i) === b.charAt(i)) same++;
  return same;
}

/** "STRTOL function": the number that `text` writes in `base`; a leading NUL character ends it. */
function stringToLong(text: string, base: number): bigint {
  if (base < 2 || base > 36) throw new Error(raisedErrorText('22023', 'base must be between 2 and 36'));
  if (text.startsWith('\0')) return 0n;
  const short = shortNumber(text, base);
  if (short !== undefined) return BigInt(short);
  const parts = /^\s*([+-]?)(0[xX](?=[0-9a-fA-F]))?([0-9a-zA-Z]+)\s*$/.exec(text);
  const digits = (parts?.[2] !== undefined && base !== 16 ? `0x${parts[3]}` : parts?.[3])?.toLowerCase();
  let value = 0n;
  for (const character of digits ?? '!') {
    const digit = Number.parseInt(character, 36);
    if (Number.isNaN(digit) || digit >= base) {
      throw new Error(raisedErrorText('22P02', `The input ${text} is not valid to be converted to base ${base}`));
    }
    value = value * BigInt(base) + BigInt(digit);
  }
  const signed = parts?.[1] === '-' ? -value : value;
  if (BigInt.asIntN(64, signed) !== signed) {
    throw new Error(raisedErrorText('22003', `The input ${text} is out of range for bigint`));
  }
  return signed;
}

/** Digits of any base that a double holds exactly. */
const SHORT_DIGITS = 10;

/** The number that a few digits of `base`, and nothing else, write. */
function shortNumber(text: string, base: number): number | undefined {
  if (text.length === 0 || text.length > SHORT_DIGITS) return undefined;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i) | 0x20;
    const digit = code <= 0x39 ? (text.charCodeAt(i) >= 0x30 ? code - 0x30 : base) : code >= 0x61 ? code - 0x57 : base;
    if (digit < 0 || digit >= base) return undefined;
    value = value * base + digit;
  }
  return value;
}

let crcTable: Int32Array | undefined;

/** "CRC32 function": CRC-32C (Castagnoli) in eight hexadecimal digits. */
function crc32(bytes: Uint8Array): string {
  if (crcTable === undefined) {
    crcTable = new Int32Array(256);
    for (let i = 0; i < 256; i++) {
      let entry = i;
      for (let bit = 0; bit < 8; bit++) entry = entry & 1 ? (entry >>> 1) ^ 0x82f63b78 : entry >>> 1;
      crcTable[i] = entry;
    }
  }
  let crc = -1;
  for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0);
  return ((crc ^ -1) >>> 0).toString(16).padStart(8, '0');
}

/** "FROM_VARBYTE function" with utf-8. The bytes are unchanged. */
function decodeUtf8(bytes: Uint8Array): Uint8Array {
  if (!isUtf8(bytes)) {
    throw new Error(raisedErrorText('22021', 'String contains invalid or unsupported UTF8 codepoints'));
  }
  return bytes;
}
