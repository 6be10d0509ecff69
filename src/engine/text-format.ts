import { relationName, typeName } from '../../sql-dialect/duckdb/object-names.js';
import type { OutputColumn } from '../../sql-dialect/plan.js';
import type { RedshiftType, TypeId } from '../../sql-dialect/types/redshift-type.js';

/**
 * DuckDB expressions that print a column `x` as Redshift prints it in text format, as VARCHAR. Each first casts to the
 * declared type: free where the column has it already, and else the client still gets what the row description
 * promised.
 *
 * Text forms: AWS "Data types"; PostgreSQL 8.0 "Data Types" for what Redshift inherits.
 */
type Format = (x: string, type: RedshiftType) => string;

const asText: Format = (x) => `${x}::VARCHAR`;
const via =
  (duckdb: string): Format =>
  (x) =>
    `${x}::${duckdb}::VARCHAR`;

/** `%.15g` and `%.6g`, and as many digits more as `extra_float_digits` says. */
function floatText(x: string, duckdb: string, digits: number): string {
  const value = `${x}::${duckdb}`;
  return `CASE WHEN isfinite(${value}) THEN printf('%.${digits}g', ${value}::DOUBLE) WHEN isnan(${value}) THEN 'NaN' WHEN ${value} > 0 THEN 'Infinity' WHEN ${value} < 0 THEN '-Infinity' END`;
}

/** Dates before Christ end in ` BC`, which DuckDB writes in parentheses in the middle. */
function dateTime(x: string, duckdb: string, firstDay: string): string {
  const value = `${x}::${duckdb}`;
  return `CASE WHEN ${value} >= ${firstDay} THEN ${value}::VARCHAR WHEN isfinite(${value}) THEN replace(${value}::VARCHAR, ' (BC)', '') || ' BC' ELSE ${value}::VARCHAR END`;
}

/** With a digit before the point: DuckDB writes none for a decimal that has room behind the point only. */
function numeric(x: string, { precision, scale = 0 }: RedshiftType): string {
  return precision === undefined
    ? `${x}::VARCHAR`
    : `${x}::DECIMAL(${precision === scale ? precision + 1 : precision}, ${scale})::VARCHAR`;
}

/** CHAR values leave blank-padded to their length. */
function character(x: string, type: RedshiftType): string {
  const text = `${x}::VARCHAR`;
  if (type.length === undefined) return text;
  return `CASE WHEN length(${text}) < ${type.length} THEN rpad(${text}, ${type.length}, ' ') ELSE ${text} END`;
}

/** A JSON null at the top level of a SUPER column leaves as NULL. */
const superText: Format = (x) => `nullif(${x}::VARCHAR, 'null')`;

/** PostgreSQL writes `mons`, and the plural for anything but one. */
const interval: Format = (x) =>
  `regexp_replace(replace(${x}::INTERVAL::VARCHAR, 'month', 'mon'), '-1 (year|mon|day)\\b', '-1 \\1s', 'g')`;

/** AWS "Interval data types and literals": `1 years 0 mons`. */
const intervalYearToMonth: Format = (x) =>
  `datepart('year', ${x}::INTERVAL) || ' years ' || datepart('month', ${x}::INTERVAL) || ' mons'`;

/** AWS "Interval data types and literals": `0 days 5 hours 0 mins 0.0 secs`. */
const intervalDayToSecond: Format = (x) =>
  `datepart('day', ${x}::INTERVAL) || ' days ' || datepart('hour', ${x}::INTERVAL) || ' hours ' || datepart('minute', ${x}::INTERVAL) || ' mins ' ` +
  `|| regexp_replace(printf('%.6f', datepart('microsecond', ${x}::INTERVAL) / 1e6), '0{1,5}$', '') || ' secs'`;

const arrayOf =
  (element: (e: string) => string): Format =>
  (x) =>
    `'{' || array_to_string(list_transform(${x}, lambda e: coalesce(${element('e')}, 'NULL')), ',') || '}'`;

const vectorText: Format = (x) => `array_to_string(${x}, ' ')`;

const arrayText = (e: string): string =>
  `CASE WHEN ${e} = '' OR upper(${e}) = 'NULL' OR regexp_matches(${e}, '[{}",\\\\\\s]') ` +
  `THEN '"' || replace(replace(${e}, '\\', '\\\\'), '"', '\\"') || '"' ELSE ${e} END`;

const truth = (x: string): string => `CASE ${x}::BOOLEAN WHEN TRUE THEN 't' WHEN FALSE THEN 'f' END`;

const formats: Readonly<Record<Exclude<TypeId, 'unknown'>, Format>> = {
  bool: truth,
  int2: via('SMALLINT'),
  int4: via('INTEGER'),
  int8: via('BIGINT'),
  oid: via('BIGINT'),
  numeric,
  float4: (x) => floatText(x, 'FLOAT', 6),
  float8: (x) => floatText(x, 'DOUBLE', 15),
  char: character,
  varchar: asText,
  text: asText,
  name: asText,
  date: (x) => dateTime(x, 'DATE', "DATE '0001-01-01'"),
  time: via('TIME'),
  timetz: via('TIMETZ'),
  timestamp: (x) => dateTime(x, 'TIMESTAMP', "TIMESTAMP '0001-01-01 00:00:00'"),
  timestamptz: (x) => dateTime(x, 'TIMESTAMPTZ', "TIMESTAMPTZ '0001-01-01 00:00:00+00'"),
  interval,
  intervaly2m: intervalYearToMonth,
  intervald2s: intervalDayToSecond,
  super: superText,
  varbyte: (x) => `lower(hex(${x}))`,
  geometry: asText,
  geography: asText,
  hllsketch: asText,
  regclass: relationName,
  regtype: typeName,
  regproc: asText,
  bool_array: arrayOf(truth),
  int2_array: arrayOf((e) => `${e}::VARCHAR`),
  int4_array: arrayOf((e) => `${e}::VARCHAR`),
  int8_array: arrayOf((e) => `${e}::VARCHAR`),
  text_array: arrayOf(arrayText),
  int2vector: vectorText,
  oidvector: vectorText,
};

const floats: Partial<Record<TypeId, { readonly duckdb: string; readonly digits: number }>> = {
  float4: { duckdb: 'FLOAT', digits: 6 },
  float8: { duckdb: 'DOUBLE', digits: 15 },
};

/**
 * The expression that prints `x`, a DuckDB column, as a value of `type`. An unknown type is printed as DuckDB prints
 * it.
 */
export function textExpression(x: string, type: RedshiftType, extraFloatDigits = 0): string {
  const float = floats[type.id];
  if (float !== undefined)
    return floatText(x, float.duckdb, Math.min(17, Math.max(1, float.digits + extraFloatDigits)));
  return type.id === 'unknown' ? asText(x, type) : formats[type.id](x, type);
}

/** `sql` wrapped so that each of its columns leaves as text. Parameters and row order stay. */
export function formattedQuery(sql: string, columns: readonly OutputColumn[], extraFloatDigits = 0): string {
  const names = columns.map((_column, index) => `c${index}`);
  const expressions = columns.map((column, index) => textExpression(`c${index}`, column.type, extraFloatDigits));
  return `SELECT ${expressions.join(', ')} FROM (${sql}\n) AS result(${names.join(', ')})`;
}
