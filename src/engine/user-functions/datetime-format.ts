/**
 * Template patterns of "Datetime format strings", under their upper-case spelling; a longer one wins over its
 * beginning.
 */
const patterns = [
  'Y,YYY',
  'YYYY',
  'YYY',
  'YY',
  'Y',
  'IYYY',
  'IYY',
  'IY',
  'IDDD',
  'ID',
  'IW',
  'I',
  'MONTH',
  'MON',
  'MM',
  'MI',
  'MS',
  'DAY',
  'DDD',
  'DD',
  'DY',
  'D',
  'HH24',
  'HH12',
  'HH',
  'SSSSS',
  'SSSS',
  'SS',
  'US',
  'A.D.',
  'B.C.',
  'A.M.',
  'P.M.',
  'AD',
  'BC',
  'AM',
  'PM',
  'CC',
  'Q',
  'WW',
  'W',
  'J',
  'RM',
  'TZ',
  'OF',
] as const;
export type DatetimePattern = (typeof patterns)[number];

export type LetterCase = 'upper' | 'lower' | 'capital';

/** One piece of a format: a pattern, or literal text. */
export type FormatPiece =
  | {
      readonly kind: 'pattern';
      readonly pattern: DatetimePattern;
      readonly letters: LetterCase;
      /** FM: neither blanks nor leading zeros. */
      readonly fill: boolean;
      /** TH or th behind it. */
      readonly ordinal: 'TH' | 'th' | undefined;
    }
  | { readonly kind: 'text'; readonly text: string };

const byInitial = new Map<string, DatetimePattern[]>();
for (const pattern of [...patterns].sort((a, b) => b.length - a.length)) {
  const initial = pattern.charAt(0);
  byInitial.set(initial, [...(byInitial.get(initial) ?? []), pattern]);
}

const cache = new Map<string, readonly FormatPiece[]>();
const CACHE_SIZE = 200;

/** Takes a datetime format apart. Formats seen before come from a cache. */
export function datetimeFormat(format: string): readonly FormatPiece[] {
  let pieces = cache.get(format);
  if (pieces === undefined) {
    pieces = parseFormat(format);
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(format, pieces);
  }
  return pieces;
}

function parseFormat(format: string): FormatPiece[] {
  const pieces: FormatPiece[] = [];
  const upper = format.toUpperCase();
  let text = '';
  let at = 0;
  const flush = () => {
    if (text !== '') pieces.push({ kind: 'text', text });
    text = '';
  };
  while (at < format.length) {
    if (format[at] === '"') {
      const close = format.indexOf('"', at + 1);
      const end = close === -1 ? format.length : close;
      text += format.slice(at + 1, end);
      at = end + 1;
      continue;
    }
    const fill = upper.startsWith('FM', at);
    const from = fill ? at + 2 : at;
    const pattern = byInitial.get(upper.charAt(from))?.find((candidate) => upper.startsWith(candidate, from));
    if (pattern === undefined) {
      if (fill) at += 2;
      else text += format.charAt(at++);
      continue;
    }
    flush();
    const end = from + pattern.length;
    const suffix = format.slice(end, end + 2);
    const ordinal = suffix === 'TH' || suffix === 'th' ? suffix : undefined;
    pieces.push({ kind: 'pattern', pattern, letters: lettersOf(format.slice(from, end)), fill, ordinal });
    at = ordinal === undefined ? end : end + 2;
  }
  flush();
  return pieces;
}

function lettersOf(written: string): LetterCase {
  const [first, second] = written.replace(/[^A-Za-z]/g, '');
  if (first === undefined || first !== first.toUpperCase()) return 'lower';
  return second === undefined || second === second.toUpperCase() ? 'upper' : 'capital';
}

export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
export const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
export const romanMonths = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'] as const;

export function inCase(text: string, letters: LetterCase): string {
  if (letters === 'upper') return text.toUpperCase();
  return letters === 'lower' ? text.toLowerCase() : text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
}

/** `st`, `nd`, `rd` or `th`. */
export function ordinalSuffix(digits: string): string {
  if (digits.at(-2) === '1') return 'th';
  return { 1: 'st', 2: 'nd', 3: 'rd' }[digits.at(-1) ?? ''] ?? 'th';
}
