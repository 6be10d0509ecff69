/** Days between 1970-01-01 and the epoch of the binary formats, 2000-01-01. */
const postgresEpochDays = 10_957;

const daysPerEra = 146_097;

/** Days since 2000-01-01 of a date in the proleptic Gregorian calendar. `year` is astronomical: 1 BC is 0. */
export function daysFromDate(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * daysPerEra + dayOfEra - 719_468 - postgresEpochDays;
}

/** The date `days` after 2000-01-01, as `YYYY-MM-DD`, with ` BC` where it is. */
export function dateFromDays(days: number): { readonly date: string; readonly era: '' | ' BC' } {
  const shifted = days + postgresEpochDays + 719_468;
  const era = Math.floor(shifted / daysPerEra);
  const dayOfEra = shifted - era * daysPerEra;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9);
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  const shown = year > 0 ? year : 1 - year;
  const date = `${String(shown).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
  return { date, era: year > 0 ? '' : ' BC' };
}

/** `HH:MM:SS[.ffffff]` of a number of microseconds within a day. */
export function timeFromMicros(micros: number): string {
  const seconds = Math.floor(micros / 1e6);
  const clock = `${twoDigits(Math.floor(seconds / 3600))}:${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
  const fraction = micros % 1e6;
  return fraction === 0 ? clock : `${clock}.${String(fraction).padStart(6, '0').replace(/0+$/, '')}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
