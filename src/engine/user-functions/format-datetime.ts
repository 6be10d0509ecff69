import { civilFromDays, daysFromCivil, isoWeek, julianDay, splitMicros, weekday } from './calendar.js';
import {
  type DatetimePattern,
  datetimeFormat,
  dayNames,
  type FormatPiece,
  inCase,
  monthNames,
  ordinalSuffix,
  romanMonths,
} from './datetime-format.js';

/** The zone a TIMESTAMPTZ is shown in. */
export interface ShownZone {
  readonly name: string;
  /** Seconds east of UTC. */
  readonly offset: number;
}

/**
 * "TO_CHAR function" of a date and time.
 *
 * @param micros local time, microseconds since the epoch.
 * @param zone of a TIMESTAMPTZ; a TIMESTAMP shows no zone.
 */
export function formatDatetime(micros: bigint, format: string, zone?: ShownZone): string {
  const moment = momentOf(micros);
  let result = '';
  for (const piece of datetimeFormat(format)) {
    result += piece.kind === 'text' ? piece.text : formatPattern(piece, moment, zone);
  }
  return result;
}

interface Moment {
  readonly days: number;
  /** Astronomical: 0 is 1 BC. */
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micro: number;
}

function momentOf(micros: bigint): Moment {
  const { days, time } = splitMicros(micros);
  const seconds = Math.floor(time / 1_000_000);
  return {
    days,
    ...civilFromDays(days),
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    micro: time % 1_000_000,
  };
}

type PatternPiece = Extract<FormatPiece, { kind: 'pattern' }>;

function formatPattern(piece: PatternPiece, moment: Moment, zone: ShownZone | undefined): string {
  const number = numberOf(piece.pattern, moment);
  if (number !== undefined) {
    const [value, width] = number;
    const digits = String(Math.abs(value));
    const shown = (value < 0 ? '-' : '') + (piece.fill ? digits : digits.padStart(width, '0'));
    if (piece.ordinal === undefined) return shown;
    const suffix = ordinalSuffix(digits);
    return shown + (piece.ordinal === 'TH' ? suffix.toUpperCase() : suffix);
  }
  const text = textOf(piece, moment, zone);
  return text;
}

/** Year as it is written: 1 BC is year 1. */
function shownYear(year: number): number {
  return year > 0 ? year : 1 - year;
}

/** Value and least width of a numeric pattern. */
function numberOf(pattern: DatetimePattern, moment: Moment): readonly [number, number] | undefined {
  const { year, month, day, hour, minute, second, micro, days } = moment;
  switch (pattern) {
    case 'YYYY':
      return [shownYear(year), 4];
    case 'YYY':
      return [shownYear(year) % 1000, 3];
    case 'YY':
      return [shownYear(year) % 100, 2];
    case 'Y':
      return [shownYear(year) % 10, 1];
    case 'IYYY':
      return [isoWeek(days).year, 4];
    case 'IYY':
      return [isoWeek(days).year % 1000, 3];
    case 'IY':
      return [isoWeek(days).year % 100, 2];
    case 'I':
      return [isoWeek(days).year % 10, 1];
    case 'CC':
      return [year > 0 ? Math.floor((year - 1) / 100) + 1 : Math.floor(year / 100) - 1, 2];
    case 'Q':
      return [Math.floor((month - 1) / 3) + 1, 1];
    case 'MM':
      return [month, 2];
    case 'W':
      return [Math.floor((day - 1) / 7) + 1, 1];
    case 'WW':
      return [Math.floor((dayOfYear(moment) - 1) / 7) + 1, 2];
    case 'IW':
      return [isoWeek(days).week, 2];
    case 'DDD':
      return [dayOfYear(moment), 3];
    case 'IDDD':
      return [(isoWeek(days).week - 1) * 7 + isoWeekday(days), 3];
    case 'DD':
      return [day, 2];
    case 'D':
      return [weekday(days) + 1, 1];
    case 'ID':
      return [isoWeekday(days), 1];
    case 'J':
      return [julianDay(days), 1];
    case 'HH24':
      return [hour, 2];
    case 'HH12':
    case 'HH':
      return [hour % 12 === 0 ? 12 : hour % 12, 2];
    case 'MI':
      return [minute, 2];
    case 'SS':
      return [second, 2];
    case 'SSSS':
    case 'SSSSS':
      return [hour * 3600 + minute * 60 + second, 1];
    case 'MS':
      return [Math.floor(micro / 1000), 3];
    case 'US':
      return [micro, 6];
    default:
      return undefined;
  }
}

function textOf(piece: PatternPiece, moment: Moment, zone: ShownZone | undefined): string {
  const { pattern, letters, fill } = piece;
  const padded = (text: string, width: number) => (fill ? text : text.padEnd(width));
  switch (pattern) {
    case 'MONTH':
      return padded(inCase(monthNames[moment.month - 1] ?? '', letters), 9);
    case 'MON':
      return inCase((monthNames[moment.month - 1] ?? '').slice(0, 3), letters);
    case 'DAY':
      return padded(inCase(dayNames[weekday(moment.days)] ?? '', letters), 9);
    case 'DY':
      return inCase((dayNames[weekday(moment.days)] ?? '').slice(0, 3), letters);
    case 'RM':
      return padded(inCase(romanMonths[moment.month - 1] ?? '', letters === 'lower' ? 'lower' : 'upper'), 4);
    case 'Y,YYY': {
      const year = shownYear(moment.year);
      return `${Math.floor(year / 1000)},${String(year % 1000).padStart(3, '0')}`;
    }
    case 'AM':
    case 'PM':
      return simpleCase(moment.hour >= 12 ? 'PM' : 'AM', letters);
    case 'A.M.':
    case 'P.M.':
      return simpleCase(moment.hour >= 12 ? 'P.M.' : 'A.M.', letters);
    case 'AD':
    case 'BC':
      return simpleCase(moment.year > 0 ? 'AD' : 'BC', letters);
    case 'A.D.':
    case 'B.C.':
      return simpleCase(moment.year > 0 ? 'A.D.' : 'B.C.', letters);
    case 'TZ':
      return zone === undefined ? '' : letters === 'lower' ? zone.name.toLowerCase() : zone.name;
    case 'OF':
      return zone === undefined ? '' : offsetText(zone.offset);
    default:
      return '';
  }
}

function simpleCase(text: string, letters: string): string {
  return letters === 'lower' ? text.toLowerCase() : text;
}

function offsetText(offset: number): string {
  const minutes = Math.floor(Math.abs(offset) / 60);
  const hours = String(Math.floor(minutes / 60)).padStart(2, '0');
  const rest = minutes % 60;
  return `${offset < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

function dayOfYear(moment: Moment): number {
  return moment.days - daysFromCivil(moment.year, 1, 1) + 1;
}

function isoWeekday(days: number): number {
  return ((weekday(days) + 6) % 7) + 1;
}
