import { evaluateOnce } from '../duckdb/evaluate-once.js';
import { raisedErrorExpression, raisedErrorSql } from '../duckdb/raised-error.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { duckdbType, typeCategory } from '../types/type-table.js';
import type { CastMode } from './cast.js';

/**
 * Date formats beside ISO that a string may have ("DATEFORMAT and TIMEFORMAT strings": automatic recognition), for
 * `try_strptime`.
 */
const dateFormats = [
  '%Y%m%d',
  '%m/%d/%Y',
  '%m-%d-%Y',
  '%d %b %Y',
  '%d-%b-%Y',
  '%b %d %Y',
  '%b %d, %Y',
  '%B %d, %Y',
  '%d %B %Y',
];
const timeFormats = ['%H:%M:%S.%f', '%H:%M:%S', '%H:%M', '%I:%M:%S %p', '%I:%M %p'];
const timestampFormats = `[${[
  ...dateFormats.flatMap((date) => timeFormats.map((time) => `${date} ${time}`)),
  ...dateFormats,
]
  .map((format) => `'${format}'`)
  .join(', ')}]`;

/** A VARCHAR expression read as a value of `to`, as strictly as Redshift reads text. */
export function textToType(sql: string, to: RedshiftType, mode: CastMode): string {
  const duckdb = duckdbType(to) ?? 'VARCHAR';
  const cast = mode === 'try' ? 'TRY_CAST' : 'CAST';
  switch (typeCategory(to)) {
    case 'integer':
      return evaluateOnce(sql, (value) =>
        checked(
          value,
          `regexp_full_match(${value}, '\\s*[+-]?[0-9]+\\s*')`,
          `${cast}(${value} AS ${duckdb})`,
          'integer',
          mode,
        ),
      );
    case 'boolean':
      return evaluateOnce(sql, (value) => booleanOf(value, mode));
    case 'date':
      return evaluateOnce(sql, (value) => dateOf(value, to, duckdb, mode));
    case 'time':
      return evaluateOnce(sql, (value) => timeOf(value, to, duckdb, cast));
    case 'decimal':
      return evaluateOnce(sql, (value) => decimalOf(value, to, duckdb, cast));
    case 'binary':
      return `encode(${sql})`;
    case 'spatial':
      return sql;
    case 'array':
      // PostgreSQL writes {a,"b c",NULL}; between the braces DuckDB reads the same.
      return evaluateOnce(sql, (value) =>
        checked(value, `${value} LIKE '{%}'`, `${cast}('[' || ${value}[2:-2] || ']' AS ${duckdb})`, 'array', mode),
      );
    default:
      return `${cast}(${sql} AS ${duckdb})`;
  }
}

/** `result` where the text has the form that `test` tells, else an error, or NULL for TRY_CAST. */
function checked(value: string, test: string, result: string, typeName: string, mode: CastMode): string {
  if (mode === 'try') return `CASE WHEN ${test} THEN ${result} END`;
  const message = `'invalid input syntax for ${typeName}: "' || ${value} || '"'`;
  return `CASE WHEN NOT ${test} THEN ${raisedErrorExpression('22P02', message)} ELSE ${result} END`;
}

/**
 * DuckDB reads `1e-5` as a decimal only where there is room for the 1: a text with an exponent is read with more digits
 * first.
 */
function decimalOf(value: string, to: RedshiftType, duckdb: string, cast: string): string {
  const wide = `${cast}(TRY_CAST(${value} AS DECIMAL(38, ${to.scale ?? 0})) AS ${duckdb})`;
  const exponent = `regexp_full_match(${value}, '\\s*[+-]?[0-9.]+[eE]-[0-9]+\\s*')`;
  return `coalesce(TRY_CAST(${value} AS ${duckdb}), CASE WHEN ${exponent} THEN ${wide} END, ${cast}(${value} AS ${duckdb}))`;
}

function booleanOf(value: string, mode: CastMode): string {
  const word = `lower(trim(${value}))`;
  const yes = "'t', 'tr', 'tru', 'true', 'y', 'ye', 'yes', 'on', '1'";
  const no = "'f', 'fa', 'fal', 'fals', 'false', 'n', 'no', 'of', 'off', '0'";
  const message = `'invalid input syntax for type boolean: "' || ${value} || '"'`;
  const otherwise = mode === 'try' ? '' : ` WHEN ${value} IS NOT NULL THEN ${raisedErrorExpression('22P02', message)}`;
  return `CASE WHEN ${word} IN (${yes}) THEN true WHEN ${word} IN (${no}) THEN false${otherwise} END`;
}

/** ISO text first, a clock of twelve hours next. TIMETZ takes the session's zone where the text names none. */
function timeOf(value: string, to: RedshiftType, duckdb: string, cast: string): string {
  const other = `try_strptime(${value}, ['%I:%M:%S %p', '%I:%M %p', '%H:%M'])`;
  const fallback = to.id === 'timetz' ? `CAST(CAST(${other} AS TIMESTAMPTZ) AS TIMETZ)` : `CAST(${other} AS TIME)`;
  return `coalesce(TRY_CAST(${value} AS ${duckdb}), ${fallback}, ${cast}(${value} AS ${duckdb}))`;
}

/** ISO text first, other formats next; what is none of them is DuckDB's error. */
function dateOf(value: string, to: RedshiftType, duckdb: string, mode: CastMode): string {
  const other = `try_strptime(${value}, ${timestampFormats})`;
  const first = `TRY_CAST(${value} AS ${duckdb})`;
  const fallback = to.id === 'timestamp' ? other : `CAST(${other} AS ${duckdb})`;
  return mode === 'try'
    ? `coalesce(${first}, ${fallback})`
    : `coalesce(${first}, ${fallback}, CAST(${value} AS ${duckdb}))`;
}

/**
 * Text cut to the length of a CHAR or VARCHAR, in bytes and between characters. CHAR values are kept without trailing
 * blanks: they mean nothing, and the result's text form adds them. On assignment only blanks may be cut (22001).
 *
 * @param longest bytes the text may have, undefined when there is no bound.
 */
export function fitText(
  sql: string,
  longest: number | undefined,
  from: RedshiftType,
  to: RedshiftType,
  mode: CastMode,
): string {
  const { length } = to;
  const char = to.id === 'char';
  if (length === undefined || (longest !== undefined && longest <= length)) {
    return char && from.id !== 'char' && typeCategory(from) === 'string' ? `rtrim(${sql}, ' ')` : sql;
  }
  return evaluateOnce(char ? `rtrim(${sql}, ' ')` : sql, (value) => {
    const fits = `strlen(${value}) <= ${length}`;
    if (mode !== 'assignment') return `CASE WHEN ${fits} THEN ${value} ELSE ${firstBytes(value, length)} END`;
    const error = raisedErrorSql('22001', 'Value too long for character type');
    const blank = char ? '' : `WHEN strlen(rtrim(${value}, ' ')) <= ${length} THEN ${firstBytes(value, length)} `;
    return `CASE WHEN ${fits} THEN ${value} ${blank}WHEN ${value} IS NOT NULL THEN ${error} END`;
  });
}

/** The hexadecimal digits of a UTF-8 character that lacks its last bytes, at the end of a text. */
const brokenTail = '(?:[CD][0-9A-F]|E[0-9A-F](?:[89AB][0-9A-F])?|F[0-7](?:[89AB][0-9A-F]){0,2})$';

/** As many whole characters as `length` bytes hold: a UTF-8 character cut short is left out. */
function firstBytes(value: string, length: number): string {
  return `decode(unhex(regexp_replace(hex(encode(${value})[1:${length}]), '${brokenTail}', '')))`;
}
