import { DuckshiftError } from '../../base/errors.js';

/**
 * DateStyle: duckshift prints ISO only; the order of day, month and year is stored and shown to clients ("datestyle").
 */
export function dateStyle(text: string): string {
  let order = 'MDY';
  for (const word of text.split(/[\s,]+/).filter((part) => part !== '')) {
    switch (word.toUpperCase()) {
      case 'ISO':
      case 'DEFAULT':
        break;
      case 'MDY':
      case 'US':
      case 'NONEURO':
      case 'NONEUROPEAN':
        order = 'MDY';
        break;
      case 'DMY':
      case 'EURO':
      case 'EUROPEAN':
        order = 'DMY';
        break;
      case 'YMD':
        order = 'YMD';
        break;
      case 'SQL':
      case 'POSTGRES':
      case 'GERMAN':
        throw new DuckshiftError(
          '0A000',
          `datestyle = '${text}' is not supported: dates are always printed in ISO style`,
        );
      default:
        throw new DuckshiftError('22023', `invalid value for parameter "datestyle": "${text}"`);
    }
  }
  return `ISO, ${order}`;
}

const utf8Names = new Set(['UTF8', 'UTF-8', 'UNICODE']);

/** client_encoding: UTF8, under the names that drivers use. */
export function clientEncoding(text: string): string {
  // asyncpg sends the value with quotes around it.
  const name = text.replace(/^'(.*)'$/, '$1').toUpperCase();
  if (utf8Names.has(name)) return 'UTF8';
  throw new DuckshiftError('0A000', `client_encoding = '${text}' is not supported: duckshift speaks UTF8 only`);
}

/**
 * A time zone: an IANA name in any case, `UTC`, or whole hours east of Greenwich (`-8`, `+01:00`,
 * `INTERVAL '-08:00' HOUR TO MINUTE` in any of PostgreSQL's spellings). The result is as the client wrote it;
 * `engineTimeZone` gives the engine's name.
 */
export function timeZone(text: string): string {
  const trimmed = text.trim();
  if (/^(local|default)$/i.test(trimmed)) return 'UTC';
  if (offsetHours(trimmed) === undefined && canonicalZone(trimmed) === undefined)
    throw new DuckshiftError('22023', `unrecognized time zone name: "${text}"`);
  return trimmed;
}

/** The engine's name of a zone that `timeZone` accepted. */
export function engineTimeZone(zone: string): string {
  const hours = offsetHours(zone);
  if (hours === undefined) return zone;
  if (hours === 0) return 'UTC';
  // POSIX counts hours west.
  return `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
}

function offsetHours(text: string): number | undefined {
  const match = /^([+-]?)(\d{1,2})(?::?(\d{2}))?(?::\d{2})?(?:\s*hours?)?$/i.exec(text);
  if (match === null) return undefined;
  if (Number(match[3] ?? 0) !== 0)
    throw new DuckshiftError('0A000', `time zone offsets of part of an hour are not supported: "${text}"`, {
      hint: 'Use the zone by its name, for example Asia/Kolkata.',
    });
  const hours = Number(match[2]) * (match[1] === '-' ? -1 : 1);
  if (hours < -12 || hours > 14) throw new DuckshiftError('22023', `unrecognized time zone name: "${text}"`);
  return hours;
}

function canonicalZone(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** The schemas of a search_path value, folded unless quoted. */
export function searchPathSchemas(value: string): string[] {
  const schemas: string[] = [];
  for (const match of value.matchAll(/"((?:[^"]|"")*)"|'([^']*)'|([^\s,"']+)/g)) {
    const [, quoted, text, bare] = match;
    const name = quoted?.replaceAll('""', '"') ?? text ?? bare?.toLowerCase();
    if (name !== undefined && name !== '') schemas.push(name);
  }
  return schemas;
}
