import { transactionStart } from '../duckdb/session-variables.js';
import type { RedshiftType } from '../types/redshift-type.js';
import type { BoundArgument, CallContext, FunctionDefinition, ParameterKind } from './contract.js';
import { type DatePart, datePart } from './date-parts.js';
import { scalar } from './entry.js';
import { date, float8, int4, int8, time, timestamp, timestamptz, timetz, varchar } from './result-types.js';
import { atTimeZone, convertTimezone } from './time-zones.js';

/** TIMESTAMP of the session's time zone. */
const localNow = `CAST(${transactionStart} AS TIMESTAMP)`;
const operands: readonly ParameterKind[] = ['timestamp', 'timestamptz', 'date', 'time', 'timetz', 'interval'];
const stable = { volatility: 'stable' } as const;
const keyword = { volatility: 'stable', keyword: true } as const;
const leader = { volatility: 'stable', keyword: true, leaderOnly: true } as const;
const dateAdd = { label: 'date_add' } as const;
const dateDiff = { label: 'date_diff' } as const;
const datePartLabel = { label: 'pgdate_part' } as const;
const extractLabel = { label: 'date_part' } as const;

/** "Date and time functions". EXTRACT(part FROM x) is looked up as `extract` with the part as a word. */
export const dateTimeFunctions: readonly FunctionDefinition[] = [
  scalar('GETDATE function', 'getdate', [], timestamp, `date_trunc('second', ${localNow})`, {
    ...stable,
    label: 'timestamp',
  }),
  scalar('SYSDATE function', 'sysdate', [], timestamp, localNow, { ...keyword, label: 'timestamp' }),
  scalar('CURRENT_DATE function', 'current_date', [], date, `CAST(${localNow} AS DATE)`, { ...keyword, label: 'date' }),
  scalar('TIMEOFDAY function', 'timeofday', [], varchar, timeOfDay(), stable),

  scalar('DATEADD function', 'dateadd', ['word', 'bigint', 'timestamp'], timestamp, add, dateAdd),
  scalar('DATEADD function', 'dateadd', ['word', 'bigint', 'timestamptz'], timestamptz, add, dateAdd),
  scalar('DATEADD function', 'dateadd', ['word', 'bigint', 'time'], time, addTime, dateAdd),
  scalar('DATEADD function', 'dateadd', ['word', 'bigint', 'timetz'], timetz, addTime, dateAdd),
  scalar('DATEADD function', 'date_add', ['word', 'bigint', 'timestamp'], timestamp, add),
  scalar('DATEADD function', 'date_add', ['word', 'bigint', 'timestamptz'], timestamptz, add),
  scalar('DATEDIFF function', 'datediff', ['word', 'timestamp', 'timestamp'], int8, difference, dateDiff),
  scalar('DATEDIFF function', 'datediff', ['word', 'timestamptz', 'timestamptz'], int8, difference, dateDiff),
  scalar('DATEDIFF function', 'datediff', ['word', 'time', 'time'], int8, timeDifference, dateDiff),
  scalar('DATEDIFF function', 'datediff', ['word', 'timetz', 'timetz'], int8, timetzDifference, dateDiff),
  scalar('DATEDIFF function', 'date_diff', ['word', 'timestamp', 'timestamp'], int8, difference),

  ...partFunction('DATE_PART function', 'date_part', datePartForm, () => float8, datePartLabel),
  ...partFunction('DATE_PART function', 'pgdate_part', datePartForm, () => float8),
  ...partFunction('EXTRACT function', 'extract', extractForm, extractType, extractLabel),
  scalar('DATE_PART_YEAR function', 'date_part_year', ['date'], int4, "CAST(date_part('year', $1) AS INTEGER)"),
  scalar('DATE_TRUNC function', 'date_trunc', ['word', 'timestamp'], timestamp, truncate),
  scalar('DATE_TRUNC function', 'date_trunc', ['word', 'timestamptz'], timestamptz, truncate),
  scalar('TRUNC function', 'trunc', ['timestamp'], date, 'CAST($1 AS DATE)'),
  scalar('TRUNC function', 'trunc', ['timestamptz'], date, 'CAST($1 AS DATE)'),

  scalar('ADD_MONTHS function', 'add_months', ['timestamp', 'integer'], timestamp, addMonths()),
  scalar('LAST_DAY function', 'last_day', ['timestamp'], date, 'last_day($1)'),
  scalar('LAST_DAY function', 'last_day', ['timestamptz'], date, 'last_day(CAST($1 AS TIMESTAMP))'),
  scalar('NEXT_DAY function', 'next_day', ['date', 'string'], date, 'duckshift_next_day($1, $2)'),
  scalar('NEXT_DAY function', 'next_day', ['timestamp', 'string'], date, 'duckshift_next_day(CAST($1 AS DATE), $2)'),
  scalar(
    'MONTHS_BETWEEN function',
    'months_between',
    ['timestamp', 'timestamp'],
    float8,
    'duckshift_months_between($1, $2)',
  ),

  ...comparison('DATE_CMP function', 'date_cmp', 'date', 'date'),
  ...comparison('DATE_CMP_TIMESTAMP function', 'date_cmp_timestamp', 'date', 'timestamp'),
  ...comparison('DATE_CMP_TIMESTAMPTZ function', 'date_cmp_timestamptz', 'date', 'timestamptz'),
  ...comparison('TIMESTAMP_CMP function', 'timestamp_cmp', 'timestamp', 'timestamp'),
  ...comparison('TIMESTAMP_CMP_DATE function', 'timestamp_cmp_date', 'timestamp', 'date'),
  ...comparison('TIMESTAMP_CMP_TIMESTAMPTZ function', 'timestamp_cmp_timestamptz', 'timestamp', 'timestamptz'),
  ...comparison('TIMESTAMPTZ_CMP function', 'timestamptz_cmp', 'timestamptz', 'timestamptz'),
  ...comparison('TIMESTAMPTZ_CMP_DATE function', 'timestamptz_cmp_date', 'timestamptz', 'date'),
  ...comparison('TIMESTAMPTZ_CMP_TIMESTAMP function', 'timestamptz_cmp_timestamp', 'timestamptz', 'timestamp'),
  ...comparison('INTERVAL_CMP function', 'interval_cmp', 'interval', 'interval'),

  scalar('CONVERT_TIMEZONE function', 'convert_timezone', ['string', 'timestamp'], timestamp, (call) =>
    convertTimezone(call, undefined, 0, 1),
  ),
  scalar('CONVERT_TIMEZONE function', 'convert_timezone', ['string', 'string', 'timestamp'], timestamp, (call) =>
    convertTimezone(call, 0, 1, 2),
  ),
  scalar('TIMEZONE function', 'timezone', ['string', 'timestamp'], timestamptz, (call) => atTimeZone(call, false)),
  scalar('TIMEZONE function', 'timezone', ['string', 'timestamptz'], timestamp, (call) => atTimeZone(call, true)),

  // AWS's page calls it leader-only; public projects use it over tables on real clusters, and NOW() is refused there
  // (observed).
  scalar('Deprecated leader node-only functions', 'current_timestamp', [], timestamptz, transactionStart, {
    volatility: 'stable',
    keyword: true,
    label: 'timestamptz',
  }),

  ...leaderOnly(),
];

function timeOfDay(): string {
  const [head, tail] = ["'%a %b %d %H:%M:%S.%f %Y '", "current_setting('TimeZone')"];
  return `strftime(${localNow}, ${head}) || ${tail}`;
}

/** Deprecated functions that fail on user tables ("Leader node-only functions"). */
function leaderOnly(): FunctionDefinition[] {
  const page = 'Deprecated leader node-only functions';
  return [
    scalar(page, 'now', [], timestamptz, transactionStart, { volatility: 'stable', leaderOnly: true }),
    scalar(page, 'localtimestamp', [], timestamp, localNow, { ...leader, label: 'timestamp' }),
    scalar(page, 'current_time', [], timetz, `CAST(${transactionStart} AS TIMETZ)`, { ...leader, label: 'timetz' }),
    scalar(page, 'localtime', [], time, `CAST(${localNow} AS TIME)`, { ...leader, label: 'time' }),
    scalar(page, 'age', ['timestamp', 'timestamp'], { id: 'interval' }, 'age($1, $2)', { leaderOnly: true }),
    scalar(page, 'age', ['timestamp'], { id: 'interval' }, `age(CAST(CAST(${localNow} AS DATE) AS TIMESTAMP), $1)`, {
      volatility: 'stable',
      leaderOnly: true,
    }),
    scalar(page, 'isfinite', ['timestamp'], { id: 'bool' }, 'isfinite($1)', { leaderOnly: true }),
    scalar(page, 'isfinite', ['timestamptz'], { id: 'bool' }, 'isfinite($1)', { leaderOnly: true }),
  ];
}

function sql(call: CallContext, index: number): string {
  return call.args[index]?.sql ?? call.fail('42883', 'argument missing');
}

/** The date part that argument `index` names. */
function part(call: CallContext, index = 0): DatePart {
  const argument = call.args[index];
  const word = argument?.word ?? argument?.constant;
  if (word === undefined || word === null)
    return call.fail('42601', 'a date part must be a word or a string literal', index);
  return datePart(word) ?? call.fail('22023', `unit "${word}" not recognized`, index);
}

function refuse(call: CallContext, unit: DatePart): never {
  return call.fail('22023', `unit "${unit}" not supported`, 0);
}

const timeUnits: Partial<Record<DatePart, string>> = {
  hour: 'to_hours(CAST(? AS BIGINT))',
  minute: 'to_minutes(CAST(? AS BIGINT))',
  second: 'to_microseconds(CAST(? AS BIGINT) * 1000000)',
  millisecond: 'to_microseconds(CAST(? AS BIGINT) * 1000)',
  microsecond: 'to_microseconds(CAST(? AS BIGINT))',
};
const units: Partial<Record<DatePart, string>> = {
  ...timeUnits,
  millennium: 'to_millennia(CAST(? AS INTEGER))',
  century: 'to_centuries(CAST(? AS INTEGER))',
  decade: 'to_decades(CAST(? AS INTEGER))',
  year: 'to_years(CAST(? AS INTEGER))',
  quarter: 'to_quarters(CAST(? AS INTEGER))',
  month: 'to_months(CAST(? AS INTEGER))',
  week: 'to_weeks(CAST(? AS INTEGER))',
  day: 'to_days(CAST(? AS INTEGER))',
  dayofweek: 'to_days(CAST(? AS INTEGER))',
  dayofyear: 'to_days(CAST(? AS INTEGER))',
};

function add(call: CallContext): string {
  return added(call, units);
}

function addTime(call: CallContext): string {
  return added(call, timeUnits);
}

function added(call: CallContext, table: Partial<Record<DatePart, string>>): string {
  const unit = part(call);
  const interval = table[unit] ?? refuse(call, unit);
  return `(${sql(call, 2)} + ${interval.replace('?', () => sql(call, 1))})`;
}

/** Boundaries crossed between the second and the third argument. */
function difference(call: CallContext): string {
  const unit = part(call);
  const from = sql(call, 1);
  const to = sql(call, 2);
  switch (unit) {
    case 'week':
      return `((CAST(date_trunc('week', ${to}) AS DATE) - CAST(date_trunc('week', ${from}) AS DATE)) // 7)`;
    case 'century':
    case 'millennium':
      return `(date_part('${unit}', ${to}) - date_part('${unit}', ${from}))`;
    case 'dayofweek':
    case 'dayofyear':
      return `date_diff('day', ${from}, ${to})`;
    case 'epoch':
    case 'timezone':
    case 'timezone_hour':
    case 'timezone_minute':
      return refuse(call, unit);
    default:
      return `date_diff('${unit}', ${from}, ${to})`;
  }
}

function timeDifference(call: CallContext): string {
  const unit = part(call);
  if (timeUnits[unit] === undefined) return refuse(call, unit);
  return `date_diff('${unit}', ${sql(call, 1)}, ${sql(call, 2)})`;
}

/** Times of different zones are compared in UTC. */
function timetzDifference(call: CallContext): string {
  const unit = part(call);
  if (timeUnits[unit] === undefined) return refuse(call, unit);
  const utc = (index: number) => `CAST(timezone('UTC', ${sql(call, index)}) AS TIME)`;
  return `date_diff('${unit}', ${utc(1)}, ${utc(2)})`;
}

/** DATE_TRUNC: a century and a millennium begin with their year 1. */
function truncate(call: CallContext): string {
  const unit = part(call);
  const value = sql(call, 1);
  switch (unit) {
    case 'century':
    case 'millennium': {
      const years = unit === 'century' ? 100 : 1000;
      const first = `make_timestamp((date_part('${unit}', ${value}) - 1) * ${years} + 1, 1, 1, 0, 0, 0.0)`;
      return call.args[1]?.type.id === 'timestamptz' ? `CAST(${first} AS TIMESTAMPTZ)` : first;
    }
    case 'dayofweek':
    case 'dayofyear':
      return `date_trunc('day', ${value})`;
    case 'epoch':
    case 'timezone':
    case 'timezone_hour':
    case 'timezone_minute':
      return refuse(call, unit);
    default:
      return `date_trunc('${unit}', ${value})`;
  }
}

function partFunction(
  page: string,
  name: string,
  form: (call: CallContext) => string,
  returns: (args: readonly BoundArgument[]) => RedshiftType,
  extra: { label?: string } = {},
): FunctionDefinition[] {
  return operands.map((operand) => scalar(page, name, ['word', operand], returns, form, extra));
}

/** DuckDB expression, BIGINT: the part as EXTRACT counts it, lower parts dropped, higher parts left out. */
function wholePart(call: CallContext, unit: DatePart, microseconds: number): string {
  const value = sql(call, 1);
  switch (unit) {
    case 'millisecond':
      return `(date_part('millisecond', ${value}) % 1000)`;
    case 'microsecond':
      return `(date_part('microsecond', ${value}) % ${microseconds})`;
    case 'epoch':
      return `CAST(floor(date_part('epoch', ${value})) AS BIGINT)`;
    case 'decade':
      // A decade begins with its year 1.
      return `((date_part('year', ${value}) + 9) // 10)`;
    case 'dayofweek':
      return `date_part('dow', ${value})`;
    case 'dayofyear':
      return `date_part('doy', ${value})`;
    default:
      return `date_part('${unit}', ${value})`;
  }
}

function checkPart(call: CallContext): DatePart {
  const unit = part(call);
  const id = call.args[1]?.type.id;
  const isTime = id === 'time' || id === 'timetz';
  const isZonePart = unit === 'timezone' || unit === 'timezone_hour' || unit === 'timezone_minute';
  if (isTime && timeUnits[unit] === undefined && unit !== 'epoch' && !(isZonePart && id === 'timetz')) {
    return refuse(call, unit);
  }
  if (isZonePart && id !== 'timestamptz' && id !== 'timetz') return refuse(call, unit);
  return unit;
}

function extractForm(call: CallContext): string {
  const unit = checkPart(call);
  const id = call.args[1]?.type.id;
  if (unit === 'epoch' && id === 'timestamptz') return `date_part('epoch', ${sql(call, 1)})`;
  const whole = wholePart(call, unit, 1000);
  if (id === 'timestamptz') return `CAST(${whole} AS DOUBLE)`;
  return unit === 'epoch' ? whole : `CAST(${whole} AS INTEGER)`;
}

function extractType(args: readonly BoundArgument[]): RedshiftType {
  const [unit, operand] = args;
  if (operand?.type.id === 'timestamptz') return float8;
  return datePart(unit?.word ?? unit?.constant ?? '') === 'epoch' ? int8 : int4;
}

/** DATE_PART gives the complete seconds; below them only what is under a second. */
function datePartForm(call: CallContext): string {
  const unit = checkPart(call);
  const value = sql(call, 1);
  if (unit === 'epoch') return `CAST(date_part('epoch', ${value}) AS DOUBLE)`;
  if (unit === 'second' && call.args[1]?.type.id !== 'date') {
    return `(date_part('microsecond', ${value}) / 1e6)`;
  }
  return `CAST(${wholePart(call, unit, 1_000_000)} AS DOUBLE)`;
}

/** The last day of a month stays the last day. */
function addMonths(): string {
  const moved = '($1 + to_months($2))';
  return `CASE WHEN last_day($1) = CAST($1 AS DATE) THEN last_day(${moved}) + CAST($1 AS TIME) ELSE ${moved} END`;
}

function comparison(page: string, name: string, left: ParameterKind, right: ParameterKind): FunctionDefinition[] {
  const form = 'CASE WHEN $1 < $2 THEN -1 WHEN $1 > $2 THEN 1 WHEN $1 = $2 THEN 0 END';
  return [scalar(page, name, [left, right], int4, form)];
}
