import { type BinaryFormat, expectLength, incorrectBinary, unencodable } from './binary-format.js';
import { dateFromDays, daysFromDate, timeFromMicros } from './calendar.js';

const microsPerDay = 86_400_000_000;
const dayText = /^(\d{4,})-(\d\d)-(\d\d)$/;
const timeText = /^(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?$/;
const zoneText = /^([+-])(\d\d)(?::?(\d\d))?(?::?(\d\d))?$/;
const infinities = new Map([
  ['infinity', { day: 0x7fffffff, instant: 0x7fffffffffffffffn }],
  ['-infinity', { day: -0x80000000, instant: -0x8000000000000000n }],
]);

/** int32 days since 2000-01-01. */
export const dateFormat: BinaryFormat = {
  encode: (text, writer) => {
    const { day, era } = splitEra(text);
    writer.int32(infinities.get(text)?.day ?? parseDay(day, era, 'date', text));
  },
  decode: (bytes) => {
    expectLength(bytes, 4);
    const days = bytes.readInt32BE(0);
    for (const [text, { day }] of infinities) if (day === days) return text;
    const { date, era } = dateFromDays(days);
    return date + era;
  },
};

/** int64 microseconds since midnight. */
export const timeFormat: BinaryFormat = {
  encode: (text, writer) => writer.int64(BigInt(parseTime(text, 'time', text))),
  decode: (bytes) => {
    expectLength(bytes, 8);
    return timeFromMicros(checkedTime(bytes.readBigInt64BE(0)));
  },
};

/** As TIME, then int32 seconds west of Greenwich. */
export const timetzFormat: BinaryFormat = {
  encode: (text, writer) => {
    const { clock, zone } = splitZone(text, 'timetz');
    writer.int64(BigInt(parseTime(clock, 'timetz', text))).int32(-zone);
  },
  decode: (bytes) => {
    expectLength(bytes, 12);
    const micros = checkedTime(bytes.readBigInt64BE(0));
    return timeFromMicros(micros) + zoneOf(-bytes.readInt32BE(8));
  },
};

/** int64 microseconds since 2000-01-01 00:00. */
export const timestampFormat: BinaryFormat = {
  encode: (text, writer) => writer.int64(infinities.get(text)?.instant ?? parseInstant(text, 'timestamp', false)),
  decode: (bytes) => decodeInstant(bytes, ''),
};

/** As TIMESTAMP, in UTC. */
export const timestamptzFormat: BinaryFormat = {
  encode: (text, writer) => writer.int64(infinities.get(text)?.instant ?? parseInstant(text, 'timestamptz', true)),
  decode: (bytes) => decodeInstant(bytes, '+00'),
};

function parseInstant(text: string, type: string, zoned: boolean): bigint {
  const { day: withoutEra, era } = splitEra(text);
  const space = withoutEra.indexOf(' ');
  if (space < 0) throw unencodable(type, text);
  const days = parseDay(withoutEra.slice(0, space), era, type, text);
  const rest = withoutEra.slice(space + 1);
  const { clock, zone } = zoned ? splitZone(rest, type) : { clock: rest, zone: 0 };
  return BigInt(days) * BigInt(microsPerDay) + BigInt(parseTime(clock, type, text) - zone * 1_000_000);
}

function decodeInstant(bytes: Buffer, zone: string): string {
  expectLength(bytes, 8);
  const micros = bytes.readBigInt64BE(0);
  for (const [text, { instant }] of infinities) if (instant === micros) return text;
  const perDay = BigInt(microsPerDay);
  const inDay = ((micros % perDay) + perDay) % perDay;
  const { date, era } = dateFromDays(Number((micros - inDay) / perDay));
  return `${date} ${timeFromMicros(Number(inDay))}${zone}${era}`;
}

function splitEra(text: string): { day: string; era: boolean } {
  return text.endsWith(' BC') ? { day: text.slice(0, -3), era: true } : { day: text, era: false };
}

function parseDay(day: string, beforeChrist: boolean, type: string, text: string): number {
  const match = dayText.exec(day);
  if (match === null) throw unencodable(type, text);
  const year = Number(match[1]);
  return daysFromDate(beforeChrist ? 1 - year : year, Number(match[2]), Number(match[3]));
}

function parseTime(clock: string, type: string, text: string): number {
  const match = timeText.exec(clock);
  if (match === null) throw unencodable(type, text);
  const seconds = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
  return seconds * 1_000_000 + Number((match[4] ?? '').padEnd(6, '0'));
}

/** Seconds east of Greenwich, and the text before the zone. */
function splitZone(text: string, type: string): { clock: string; zone: number } {
  const start = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
  const match = start < 0 ? null : zoneText.exec(text.slice(start));
  if (match === null) throw unencodable(type, text);
  const seconds = Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60 + Number(match[4] ?? 0);
  return { clock: text.slice(0, start), zone: match[1] === '-' ? -seconds : seconds };
}

function zoneOf(secondsEast: number): string {
  const sign = secondsEast < 0 ? '-' : '+';
  const seconds = Math.abs(secondsEast);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  const shown = parts[2] !== '00' ? 3 : parts[1] !== '00' ? 2 : 1;
  return sign + parts.slice(0, shown).join(':');
}

function checkedTime(micros: bigint): number {
  if (micros < 0n || micros > BigInt(microsPerDay)) throw incorrectBinary();
  return Number(micros);
}
