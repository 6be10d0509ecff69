import { raisedErrorText } from '../../../sql-dialect/duckdb/raised-error.js';
import { fixedZoneSeconds } from '../../../sql-dialect/functions/time-zones.js';
import { civilFromDays, daysInMonth, splitMicros, weekday } from './calendar.js';
import { type UserFunction, userFunction } from './definition.js';

/** "Date and time functions" that DuckDB lacks. */
export const dateFunctions: readonly UserFunction[] = [
  userFunction('duckshift_next_day', ['date', 'text'], 'date', nextDay),
  userFunction('duckshift_months_between', ['timestamp', 'timestamp'], 'float8', monthsBetween),
  userFunction('duckshift_zone_seconds', ['text'], 'int8', (zone) => {
    const seconds = fixedZoneSeconds(zone);
    return seconds === undefined ? null : BigInt(seconds);
  }),
];

/** Spellings of "NEXT_DAY function". */
const dayNames: readonly (readonly string[])[] = [
  ['su', 'sun', 'sunday'],
  ['m', 'mo', 'mon', 'monday'],
  ['tu', 'tue', 'tues', 'tuesday'],
  ['w', 'we', 'wed', 'wednesday'],
  ['th', 'thu', 'thurs', 'thursday'],
  ['f', 'fr', 'fri', 'friday'],
  ['sa', 'sat', 'saturday'],
];

/** The first day after `days` that has the given name. */
function nextDay(days: number, name: string): number {
  const wanted = dayNames.findIndex((names) => names.includes(name.trim().toLowerCase()));
  if (wanted === -1) throw new Error(raisedErrorText('22023', `invalid day of the week: "${name}"`));
  return days + ((wanted - weekday(days) + 6) % 7) + 1;
}

/**
 * Whole months when both dates have the same day of the month or are both the last of theirs, else with a fraction in
 * months of 31 days.
 */
function monthsBetween(later: bigint, earlier: bigint): number {
  const a = splitMicros(later);
  const b = splitMicros(earlier);
  const from = civilFromDays(a.days);
  const to = civilFromDays(b.days);
  const months = (from.year - to.year) * 12 + (from.month - to.month);
  const bothLast = from.day === daysInMonth(from.year, from.month) && to.day === daysInMonth(to.year, to.month);
  if (from.day === to.day || bothLast) return months;
  return months + (from.day - to.day + (a.time - b.time) / 86_400_000_000) / 31;
}
