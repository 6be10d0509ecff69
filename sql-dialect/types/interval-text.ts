/** A span of time as PostgreSQL keeps it: parts that do not convert into each other. */
export interface Interval {
  readonly months: number;
  readonly days: number;
  readonly micros: bigint;
}

/** Units with their spellings, and what one of each is worth. */
const units: readonly (readonly [spellings: string, months: number, days: number, micros: number])[] = [
  ['millennium millenniums millennia mil mils', 12_000, 0, 0],
  ['century centuries c cent cents', 1_200, 0, 0],
  ['decade decades dec decs', 120, 0, 0],
  ['year years y yr yrs', 12, 0, 0],
  ['quarter quarters q qtr qtrs', 3, 0, 0],
  ['month months mon mons', 1, 0, 0],
  ['week weeks w', 0, 7, 0],
  ['day days d', 0, 1, 0],
  ['hour hours h hr hrs', 0, 0, 3_600_000_000],
  ['minute minutes m min mins', 0, 0, 60_000_000],
  ['second seconds s sec secs', 0, 0, 1_000_000],
  ['millisecond milliseconds ms msec msecs msecond mseconds', 0, 0, 1_000],
  ['microsecond microseconds us usec usecs microsec microsecs', 0, 0, 1],
];

let unitIndex: Map<string, readonly [string, number, number, number]> | undefined;

function unit(word: string) {
  if (unitIndex === undefined) {
    unitIndex = new Map();
    for (const entry of units) for (const spelling of entry[0].split(' ')) unitIndex.set(spelling, entry);
  }
  return unitIndex.get(word.toLowerCase());
}

class Sum {
  months = 0;
  days = 0;
  micros = 0n;

  /** Adds `amount` of a unit; a fraction of a month spills into days of 30 a month, a fraction of a day into time. */
  add(amount: number, [, months, days, micros]: readonly [string, number, number, number]): void {
    const wholeMonths = Math.trunc(amount * months);
    this.months += wholeMonths;
    const spilledDays = (amount * months - wholeMonths) * 30 + amount * days;
    const wholeDays = Math.trunc(spilledDays + Math.sign(spilledDays) * 1e-9);
    this.days += wholeDays;
    const spilledMicros = (spilledDays - wholeDays) * 86_400_000_000 + amount * micros;
    this.micros += BigInt(Math.round(spilledMicros));
  }
}

/**
 * Parses the text of an interval literal: `1 day 2 hours`, `3 days ago`, `1-2`, `1 02:03:04.5`, or a bare number whose
 * unit is in `fields` ("Interval data types and literals", AWS developer guide). `fields` is upper case, such as
 * `YEAR TO MONTH`.
 *
 * @returns undefined for text that is not an interval.
 */
export function parseInterval(text: string, fields?: string): Interval | undefined {
  const sum = new Sum();
  const trimmed = text.replaceAll(',', ' ').trim();
  if (trimmed === '') return undefined;
  const last = (fields?.split(' TO ').at(-1) ?? 'SECOND').toLowerCase();
  const first = (fields?.split(' TO ')[0] ?? '').toLowerCase();
  const tokens =
    trimmed.match(/[+-]?\d+-\d+|[+-]?\d+:\d+(?::\d+(?:\.\d+)?)?|[+-]?(?:\d+\.?\d*|\.\d+)|[a-zA-Z]+|\S/g) ?? [];
  let ago = false;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] ?? '';
    if (/^ago$/i.test(token) && i === tokens.length - 1) {
      ago = true;
      continue;
    }
    if (token === '@' && i === 0) continue;
    const yearMonth = /^([+-]?)(\d+)-(\d+)$/.exec(token);
    if (yearMonth !== null) {
      const sign = yearMonth[1] === '-' ? -1 : 1;
      sum.months += sign * (Number(yearMonth[2]) * 12 + Number(yearMonth[3]));
      continue;
    }
    const clock = /^([+-]?)(\d+):(\d+)(?::(\d+(?:\.\d+)?))?$/.exec(token);
    if (clock !== null) {
      addClock(sum, clock, first);
      continue;
    }
    if (!/\d/.test(token)) return undefined;
    const next = tokens[i + 1];
    const named = next === undefined ? undefined : unit(next);
    if (named !== undefined) i++;
    else if (next !== undefined && !/\d/.test(next) && !/^ago$/i.test(next)) return undefined;
    const followedByClock = next !== undefined && /^[+-]?\d+:/.test(next);
    const implied = named ?? unit(followedByClock ? 'day' : last);
    if (implied === undefined) return undefined;
    sum.add(Number(token), implied);
  }
  return ago
    ? { months: 0 - sum.months, days: 0 - sum.days, micros: -sum.micros }
    : { months: sum.months, days: sum.days, micros: sum.micros };
}

/** `h:m`, `h:m:s`, or `m:s` when the literal's fields start at MINUTE. */
function addClock(sum: Sum, match: RegExpExecArray, firstField: string): void {
  const sign = match[1] === '-' ? -1 : 1;
  const [a, b] = [Number(match[2]), Number(match[3])];
  const minutesFirst = match[4] === undefined && firstField === 'minute';
  const micros = minutesFirst
    ? a * 60_000_000 + b * 1_000_000
    : a * 3_600_000_000 + b * 60_000_000 + Number(match[4] ?? 0) * 1_000_000;
  sum.micros += BigInt(sign * Math.round(micros));
}
