import { type BinaryFormat, expectLength, unencodable } from './binary-format.js';

interface Interval {
  months: number;
  days: number;
  micros: bigint;
}

const microsPerDay = 86_400_000_000n;
const part = /\s*([+-]?)(?:(\d+):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?|(\d+)(?:\.(\d{1,6}))?\s*([a-z]+))/giy;

/** int64 microseconds, int32 days, int32 months. */
export const intervalFormat: BinaryFormat = {
  encode: (text, writer) => {
    const { months, days, micros } = parseInterval(text, 'interval');
    writer.int64(micros).int32(days).int32(months);
  },
  decode: (bytes) => {
    expectLength(bytes, 16);
    return intervalText(bytes.readInt32BE(12), bytes.readInt32BE(8), bytes.readBigInt64BE(0));
  },
};

/** INTERVAL YEAR TO MONTH: int32 months. */
export const intervalYearToMonthFormat: BinaryFormat = {
  encode: (text, writer) => {
    const { months, days, micros } = parseInterval(text, 'intervaly2m');
    if (days !== 0 || micros !== 0n) throw unencodable('intervaly2m', text);
    writer.int32(months);
  },
  decode: (bytes) => {
    expectLength(bytes, 4);
    return intervalText(bytes.readInt32BE(0), 0, 0n);
  },
};

/** INTERVAL DAY TO SECOND: int64 microseconds. */
export const intervalDayToSecondFormat: BinaryFormat = {
  encode: (text, writer) => {
    const { months, days, micros } = parseInterval(text, 'intervald2s');
    if (months !== 0) throw unencodable('intervald2s', text);
    writer.int64(BigInt(days) * microsPerDay + micros);
  },
  decode: (bytes) => {
    expectLength(bytes, 8);
    const micros = bytes.readBigInt64BE(0);
    return intervalText(0, Number(micros / microsPerDay), micros % microsPerDay);
  },
};

/** Reads `1 year 2 mons 3 days 04:05:06.7` as well as `0 days 5 hours 0 mins 0.0 secs`. */
function parseInterval(text: string, type: string): Interval {
  const interval: Interval = { months: 0, days: 0, micros: 0n };
  part.lastIndex = 0;
  let end = 0;
  for (let match = part.exec(text); match !== null; match = part.exec(text)) {
    end = part.lastIndex;
    const negative = match[1] === '-';
    const [, , hours, minutes, seconds, clockFraction, amount, fraction, unit] = match;
    if (hours !== undefined) {
      const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0);
      interval.micros += signed(BigInt(whole) * 1_000_000n + fractionMicros(clockFraction), negative);
    } else if (!add(interval, Number(amount), fraction, unit?.toLowerCase() ?? '', negative)) {
      throw unencodable(type, text);
    }
  }
  if (end === 0 || end !== text.trimEnd().length) throw unencodable(type, text);
  return interval;
}

function add(
  interval: Interval,
  amount: number,
  fraction: string | undefined,
  unit: string,
  negative: boolean,
): boolean {
  const sign = negative ? -1 : 1;
  const micros = BigInt(amount) * 1_000_000n + fractionMicros(fraction);
  if (fraction !== undefined && !/^sec/.test(unit)) return false;
  if (/^years?$/.test(unit)) interval.months += sign * 12 * amount;
  else if (/^mon(th)?s?$/.test(unit)) interval.months += sign * amount;
  else if (/^days?$/.test(unit)) interval.days += sign * amount;
  else if (/^hours?$/.test(unit)) interval.micros += signed(micros * 3600n, negative);
  else if (/^min(ute)?s?$/.test(unit)) interval.micros += signed(micros * 60n, negative);
  else if (/^sec(ond)?s?$/.test(unit)) interval.micros += signed(micros, negative);
  else return false;
  return true;
}

function intervalText(months: number, days: number, micros: bigint): string {
  const seconds = micros / 1_000_000n;
  const fraction = String((micros < 0n ? -micros : micros) % 1_000_000n).padStart(6, '0');
  const sign = micros < 0n && seconds === 0n ? '-' : '';
  return `${months} mons ${days} days ${sign}${seconds}.${fraction} secs`;
}

function fractionMicros(digits: string | undefined): bigint {
  return BigInt((digits ?? '').padEnd(6, '0'));
}

function signed(value: bigint, negative: boolean): bigint {
  return negative ? -value : value;
}
