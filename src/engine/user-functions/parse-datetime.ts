import { daysFromCivil, daysInMonth, isoWeek, microsPerDay, weekday } from './calendar.js';
import { type DatetimePattern, datetimeFormat, dayNames, monthNames, romanMonths } from './datetime-format.js';

/** Why a text does not fit its format. `code` is a SQLSTATE. */
export class DatetimeError extends Error {
  override readonly name = 'DatetimeError';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

interface Fields {
  year?: number;
  month?: number;
  day?: number;
  dayOfYear?: number;
  week?: number;
  weekOfMonth?: number;
  isoYear?: number;
  isoWeek?: number;
  isoDay?: number;
  julian?: number;
  hour?: number;
  minute?: number;
  second?: number;
  secondOfDay?: number;
  micro?: number;
  afternoon?: boolean;
  twelveHours?: boolean;
  beforeChrist?: boolean;
  century?: number;
}

/**
 * "TO_DATE function", "TO_TIMESTAMP function": the time that `text` writes in `format`, microseconds since the epoch.
 *
 * @param strict out-of-range days and hours are an error; otherwise they carry over (31 June is 1 July).
 * @throws DatetimeError
 */
export function parseDatetime(text: string, format: string, strict: boolean): bigint {
  const fields = new Reader(text, format).read();
  const days = dateOf(fields, text, strict);
  return BigInt(days) * microsPerDay + BigInt(timeOf(fields, text, strict));
}

class Reader {
  readonly #fields: Fields = {};
  #at = 0;

  constructor(
    private readonly text: string,
    private readonly format: string,
  ) {}

  read(): Fields {
    const pieces = datetimeFormat(this.format);
    for (const [i, piece] of pieces.entries()) {
      if (piece.kind === 'text') {
        this.#skip(piece.text);
        continue;
      }
      this.#skipSpace();
      if (this.#at >= this.text.length) break;
      const next = pieces[i + 1];
      const numberFollows = next?.kind === 'pattern' && !/^(MON|MONTH|DAY|DY|AM|PM|AD|BC|RM|TZ)/.test(next.pattern);
      this.#readPattern(piece.pattern, numberFollows && !piece.fill);
      if (piece.ordinal !== undefined) this.#at += 2;
    }
    return this.#fields;
  }

  /** Text of the format passes over as many characters; blanks in the text are passed over freely. */
  #skip(text: string): void {
    for (const character of text) {
      if (/\s/.test(character)) this.#skipSpace();
      else {
        this.#skipSpace();
        if (this.#at < this.text.length && !/[0-9A-Za-z]/.test(this.text.charAt(this.#at))) this.#at++;
        else if (this.text.charAt(this.#at).toLowerCase() === character.toLowerCase()) this.#at++;
      }
    }
  }

  #skipSpace(): void {
    while (/\s/.test(this.text.charAt(this.#at))) this.#at++;
  }

  #readPattern(pattern: DatetimePattern, numberFollows: boolean): void {
    const fields = this.#fields;
    const number = (width: number, open = false) => this.#number(pattern, open && !numberFollows ? 19 : width);
    switch (pattern) {
      case 'YYYY':
        fields.year = number(4, true);
        return;
      case 'YYY':
        fields.year = 2000 + number(3);
        return;
      case 'YY': {
        const year = number(2, true);
        fields.year = year >= 100 ? year : year < 70 ? 2000 + year : 1900 + year;
        return;
      }
      case 'Y':
        fields.year = 2000 + number(1);
        return;
      case 'Y,YYY': {
        const thousands = number(1);
        this.#skip(',');
        fields.year = thousands * 1000 + number(3);
        return;
      }
      case 'IYYY':
        fields.isoYear = number(4, true);
        return;
      case 'IYY':
      case 'IY':
      case 'I':
        fields.isoYear = 2000 + number(pattern.length);
        return;
      case 'CC':
        fields.century = number(2);
        return;
      case 'Q':
        number(1);
        return;
      case 'MONTH':
        fields.month = this.#name(monthNames) + 1;
        return;
      case 'MON':
        fields.month = this.#name(monthNames.map((name) => name.slice(0, 3))) + 1;
        return;
      case 'MM':
        fields.month = number(2);
        return;
      case 'RM':
        fields.month = this.#name(romanMonths) + 1;
        return;
      case 'DAY':
        this.#name(dayNames);
        return;
      case 'DY':
        this.#name(dayNames.map((name) => name.slice(0, 3)));
        return;
      case 'DDD':
        fields.dayOfYear = number(3);
        return;
      case 'IDDD':
        throw unsupported(pattern);
      case 'DD':
        fields.day = number(2);
        return;
      case 'D':
        number(1);
        return;
      case 'ID':
        fields.isoDay = number(1);
        return;
      case 'W':
        fields.weekOfMonth = number(1);
        return;
      case 'WW':
        fields.week = number(2);
        return;
      case 'IW':
        fields.isoWeek = number(2);
        return;
      case 'J':
        fields.julian = number(19, true);
        return;
      case 'HH24':
        fields.hour = number(2);
        return;
      case 'HH12':
      case 'HH':
        fields.hour = number(2);
        fields.twelveHours = true;
        return;
      case 'MI':
        fields.minute = number(2);
        return;
      case 'SS':
        fields.second = number(2);
        return;
      case 'SSSS':
      case 'SSSSS':
        fields.secondOfDay = number(5);
        return;
      case 'MS':
        fields.micro = (fields.micro ?? 0) + this.#fraction(3) * 1000;
        return;
      case 'US':
        fields.micro = (fields.micro ?? 0) + this.#fraction(6);
        return;
      case 'AM':
      case 'PM':
        fields.afternoon = this.#name(['AM', 'PM']) === 1;
        return;
      case 'A.M.':
      case 'P.M.':
        fields.afternoon = this.#name(['A.M.', 'P.M.']) === 1;
        return;
      case 'AD':
      case 'BC':
        fields.beforeChrist = this.#name(['AD', 'BC']) === 1;
        return;
      case 'A.D.':
      case 'B.C.':
        fields.beforeChrist = this.#name(['A.D.', 'B.C.']) === 1;
        return;
      case 'TZ':
      case 'OF':
        throw unsupported(pattern);
    }
  }

  #number(pattern: string, width: number): number {
    const digits = /^[+-]?\d+/.exec(this.text.slice(this.#at, this.#at + width))?.[0];
    if (digits === undefined) {
      throw new DatetimeError(
        '22007',
        `invalid value "${this.text.slice(this.#at, this.#at + width)}" for "${pattern}"`,
      );
    }
    this.#at += digits.length;
    return Number(digits);
  }

  /** Digits behind a decimal point: `5` is 500 of a thousand. */
  #fraction(width: number): number {
    const from = this.#at;
    const value = this.#number(width === 3 ? 'MS' : 'US', width);
    return value * 10 ** (width - (this.#at - from));
  }

  /** The longest of `names` that stands here; its index. */
  #name(names: readonly string[]): number {
    const rest = this.text.slice(this.#at).toLowerCase();
    let found = -1;
    for (const [i, name] of names.entries()) {
      if (rest.startsWith(name.toLowerCase()) && name.length > (names[found]?.length ?? 0)) found = i;
    }
    if (found === -1) throw new DatetimeError('22007', `invalid value "${this.text.slice(this.#at)}" in date string`);
    this.#at += names[found]?.length ?? 0;
    return found;
  }
}

function unsupported(pattern: string): DatetimeError {
  return new DatetimeError('0A000', `format pattern "${pattern}" is not supported in TO_DATE and TO_TIMESTAMP`);
}

function outOfRange(text: string): DatetimeError {
  return new DatetimeError('22008', `date/time field value out of range: "${text}"`);
}

function dateOf(fields: Fields, text: string, strict: boolean): number {
  if (fields.julian !== undefined) return fields.julian - 2_440_588;
  if (fields.isoWeek !== undefined || fields.isoYear !== undefined) return isoDate(fields);
  let year = fields.year ?? (fields.century === undefined ? 1 : (fields.century - 1) * 100 + 1);
  if (fields.beforeChrist) year = 1 - year;
  if (fields.dayOfYear !== undefined) return daysFromCivil(year, 1, 1) + fields.dayOfYear - 1;
  if (fields.week !== undefined) return daysFromCivil(year, 1, 1) + (fields.week - 1) * 7;
  const month = fields.month ?? 1;
  const day = fields.day ?? (fields.weekOfMonth === undefined ? 1 : (fields.weekOfMonth - 1) * 7 + 1);
  const isRealDay = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  if (strict && !isRealDay) throw outOfRange(text);
  return daysFromCivil(year, month, day);
}

function isoDate(fields: Fields): number {
  const year = fields.isoYear ?? fields.year ?? 1;
  // 4 January is always in the first ISO week.
  const fourth = daysFromCivil(year, 1, 4);
  const monday = fourth - ((weekday(fourth) + 6) % 7);
  const days = monday + ((fields.isoWeek ?? 1) - 1) * 7 + (fields.isoDay ?? 1) - 1;
  return isoWeek(days).year >= year ? days : monday;
}

function timeOf(fields: Fields, text: string, strict: boolean): number {
  let hour = fields.hour ?? 0;
  if (fields.twelveHours) {
    if (hour > 12 || hour < 1) throw new DatetimeError('22007', `hour "${hour}" is invalid for the 12-hour clock`);
    if (fields.afternoon !== undefined) hour = (hour % 12) + (fields.afternoon ? 12 : 0);
  }
  const minute = fields.minute ?? 0;
  const second = fields.second ?? 0;
  if (strict && (hour > 23 || minute > 59 || second > 59)) throw outOfRange(text);
  const seconds = fields.secondOfDay ?? hour * 3600 + minute * 60 + second;
  return seconds * 1_000_000 + (fields.micro ?? 0);
}
