/** A date and time read from text; parts that the text lacks are undefined. */
export interface DateTimeText {
  /** `YYYY-MM-DD`. */
  readonly date: string | undefined;
  /** `HH:MM:SS` with up to six digits behind the point. */
  readonly time: string | undefined;
  /** Offset such as `+05:30`, or a zone's name. */
  readonly zone: string | undefined;
  /** A word for a point in time, such as `now`. */
  readonly special: 'now' | 'today' | 'tomorrow' | 'yesterday' | 'epoch' | undefined;
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const monthNames = 'january february march april may june july august september october november december'.split(' ');
const weekdays = new Set(
  'mon tue wed thu fri sat sun tues wednes thur thurs monday tuesday wednesday thursday friday saturday sunday'.split(
    ' ',
  ),
);
const specials = new Set(['now', 'today', 'tomorrow', 'yesterday', 'epoch']);

function monthNumber(word: string): number | undefined {
  const name = word.toLowerCase();
  const short = months.indexOf(name);
  if (short >= 0) return short + 1;
  if (name === 'sept') return 9;
  const long = monthNames.indexOf(name);
  return long >= 0 ? long + 1 : undefined;
}

/** What has been read so far. */
interface Draft {
  year?: number;
  month?: number;
  day?: number;
  time?: string;
  zone?: string;
  special?: DateTimeText['special'];
}

/**
 * Reads a date, time or timestamp in the forms PostgreSQL takes with DateStyle `ISO, MDY` ("Date and time literals",
 * AWS developer guide): `2008-02-18`, `20080218`, `1/15/2008`, `Jan 15, 2008`, `15-Jan-2008`, `10:00:05.5 PM`, `now`,
 * `epoch`, zones by offset, abbreviation or name.
 *
 * @returns undefined for text that is none of these or names a day or time that does not exist.
 */
export function parseDateTime(text: string): DateTimeText | undefined {
  const draft: Draft = {};
  const words = text
    .trim()
    .replace(/(\d)T(\d)/g, '$1 $2')
    .replace(/,/g, ' ')
    .replace(/(\d)\s*(am|pm)\b/gi, '$1 $2')
    .split(/\s+/);
  const numbers: string[] = [];
  for (const word of words) {
    if (!readWord(word, draft, numbers)) return undefined;
  }
  if (!placeNumbers(numbers, draft)) return undefined;
  return finish(draft);
}

function readWord(word: string, draft: Draft, numbers: string[]): boolean {
  if (word === '') return false;
  const lower = word.toLowerCase();
  if (specials.has(lower)) {
    draft.special = lower as Draft['special'];
    return true;
  }
  if (lower === 'am' || lower === 'pm') return applyMeridian(draft, lower);
  if (weekdays.has(lower) || lower === 'ad') return true;
  const month = monthNumber(word);
  if (month !== undefined) {
    if (draft.month !== undefined) return false;
    draft.month = month;
    return true;
  }
  return readTime(word, draft) || readDate(word, draft) || readNumber(word, draft, numbers) || readZone(word, draft);
}

/** `10:20`, `10:20:30.5`, with a zone close behind it. */
function readTime(word: string, draft: Draft): boolean {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(\.\d*)?)?((?:[+-]\d{1,2}(?::?\d{2})?)|Z|z|[A-Za-z][A-Za-z_/]*)?$/.exec(
    word,
  );
  if (match === null || draft.time !== undefined) return false;
  const [, hour = '', minute = '', second = '00', fraction = '', zone] = match;
  const time = clock(hour, minute, second, fraction);
  if (time === undefined) return false;
  draft.time = time;
  if (zone === undefined) return true;
  return /^(am|pm)$/i.test(zone) ? applyMeridian(draft, zone.toLowerCase()) : readZone(zone, draft);
}

function clock(hour: string, minute: string, second: string, fraction: string): string | undefined {
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  if (h > 24 || m > 59 || s > 60 || (h === 24 && (m > 0 || s > 0))) return undefined;
  const micros = fraction.length > 1 ? Math.round(Number(`0${fraction}`) * 1e6) : 0;
  const rest = micros === 0 || micros >= 1e6 ? '' : `.${String(micros).padStart(6, '0').replace(/0+$/, '')}`;
  return `${pad(h)}:${pad(m)}:${pad(s)}${rest}`;
}

function applyMeridian(draft: Draft, word: string): boolean {
  if (draft.time === undefined) return false;
  const hour = Number(draft.time.slice(0, 2));
  if (hour < 1 || hour > 12) return false;
  const shifted = (hour % 12) + (word === 'pm' ? 12 : 0);
  draft.time = pad(shifted) + draft.time.slice(2);
  return true;
}

/** A date in one word, with separators. */
function readDate(word: string, draft: Draft): boolean {
  if (draft.day !== undefined || draft.year !== undefined) return false;
  let match = /^(\d{3,6})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(word);
  if (match !== null) return setDate(draft, Number(match[1]), Number(match[2]), Number(match[3]));
  match = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{1,6})$/.exec(word);
  if (match !== null) return setDate(draft, fullYear(match[3] ?? ''), Number(match[1]), Number(match[2]));
  match = /^(\d{1,6})[-/ ]([A-Za-z]+)[-/ ](\d{1,6})$/.exec(word);
  if (match !== null) {
    const month = monthNumber(match[2] ?? '');
    if (month === undefined) return false;
    const [first = '', last = ''] = [match[1], match[3]];
    return first.length > 2
      ? setDate(draft, Number(first), month, Number(last))
      : setDate(draft, fullYear(last), month, Number(first));
  }
  match = /^([A-Za-z]+)[-/](\d{1,2})[-/](\d{1,6})$/.exec(word);
  if (match === null) return false;
  const month = monthNumber(match[1] ?? '');
  return month !== undefined && setDate(draft, fullYear(match[3] ?? ''), month, Number(match[2]));
}

/** Digits alone: a compact date or time, or a part of a date in words. */
function readNumber(word: string, draft: Draft, numbers: string[]): boolean {
  const match = /^(\d+)(\.\d+)?([+-]\d{1,2}(?::?\d{2})?|Z)?$/.exec(word);
  if (match === null) return false;
  const [, digits = '', fraction = '', zone] = match;
  const noDate = draft.year === undefined && draft.month === undefined;
  if (noDate && fraction === '' && zone === undefined && (digits.length === 8 || digits.length === 6)) {
    const year = digits.slice(0, -4);
    return setDate(
      draft,
      year.length === 2 ? fullYear(year) : Number(year),
      Number(digits.slice(-4, -2)),
      Number(digits.slice(-2)),
    );
  }
  if (!noDate && draft.time === undefined && digits.length === 6) {
    const time = clock(digits.slice(0, 2), digits.slice(2, 4), digits.slice(4), fraction);
    if (time === undefined) return false;
    draft.time = time;
    return zone === undefined || readZone(zone, draft);
  }
  if (fraction !== '' || zone !== undefined) return false;
  numbers.push(digits);
  return true;
}

/** The day and year around a month in words: `Jan 5 2008`, `5 Jan 2008`, `2008 Jan 5`. */
function placeNumbers(numbers: readonly string[], draft: Draft): boolean {
  if (numbers.length === 0) return draft.month === undefined || draft.day !== undefined;
  const [first = '', second = ''] = numbers;
  if (numbers.length !== 2 || draft.month === undefined || draft.day !== undefined) return false;
  if (first.length > 2) return setDate(draft, Number(first), draft.month, Number(second));
  return setDate(draft, fullYear(second), draft.month, Number(first));
}

function setDate(draft: Draft, year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1 || year < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  if (day > length) return false;
  draft.year = year;
  draft.month = month;
  draft.day = day;
  return true;
}

/** Two digits mean 1970 to 2069. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

/** Abbreviations with the offset PostgreSQL gives them. */
const zoneOffsets: ReadonlyMap<string, string> = new Map(
  (
    'z +00 utc +00 gmt +00 ut +00 zulu +00 wet +00 west +01 bst +01 cet +01 cest +02 eet +02 eest +03 msk +03 ist +05:30 ' +
    'jst +09 kst +09 hkt +08 sgt +08 awst +08 acst +09:30 acdt +10:30 aest +10 aedt +11 nzst +12 nzdt +13 brt -03 art -03 ' +
    'nst -03:30 ndt -02:30 ast -04 adt -03 est -05 edt -04 cst -06 cdt -05 mst -07 mdt -06 pst -08 pdt -07 akst -09 akdt -08 hst -10'
  )
    .split(' ')
    .reduce<[string, string][]>((pairs, word, i, all) => {
      if (i % 2 === 0) pairs.push([word, all[i + 1] ?? '+00']);
      return pairs;
    }, []),
);

function readZone(word: string, draft: Draft): boolean {
  if (draft.zone !== undefined) return false;
  const offset = /^([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(word);
  if (offset !== null) {
    draft.zone = `${offset[1]}${pad(Number(offset[2]))}${offset[3] === undefined ? '' : `:${offset[3]}`}`;
    return true;
  }
  const known = zoneOffsets.get(word.toLowerCase());
  if (known !== undefined) {
    draft.zone = known;
    return true;
  }
  if (!/^[A-Za-z]+(?:\/[A-Za-z_+\-0-9]+)+$/.test(word)) return false;
  draft.zone = word;
  return true;
}

function finish(draft: Draft): DateTimeText | undefined {
  const { year, month, day, time, zone, special } = draft;
  const dated = year !== undefined && month !== undefined && day !== undefined;
  if (!dated && (year !== undefined || month !== undefined)) return undefined;
  if (!dated && time === undefined && special === undefined) return undefined;
  if (dated && special !== undefined) return undefined;
  const date = dated ? `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}` : undefined;
  return { date, time, zone, special };
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
