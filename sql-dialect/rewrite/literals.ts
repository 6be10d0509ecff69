import type {
  Expression,
  IntervalLiteral,
  NumberLiteral,
  Parameter,
  StringLiteral,
  TypedLiteral,
} from '../ast/expression.js';
import type { NodeBase } from '../ast/node.js';
import { constantOf } from '../bind/statement-binder.js';
import { quoteLiteral } from '../duckdb/quote.js';
import { sessionValue, sessionVariables } from '../duckdb/session-variables.js';
import { SqlState } from '../errors.js';
import { isUnknown, varchar } from '../types/coercion.js';
import { type DateTimeText, parseDateTime } from '../types/datetime-text.js';
import { type Interval, parseInterval } from '../types/interval-text.js';
import { numberLiteralType, utf8Length, withoutExponent } from '../types/literal-types.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { duckdbType, typeCategory, typeEntry } from '../types/type-table.js';
import { type CastMode, castSql } from './cast.js';
import type { Rewriter } from './rewriter.js';
import { rule } from './rule.js';

export const literalRules = [
  rule<StringLiteral, Rewriter>({
    name: 'string literal',
    kinds: ['string'],
    apply: (node) => quoteLiteral(node.value),
  }),
  rule<NumberLiteral, Rewriter>({ name: 'number literal', kinds: ['number'], apply: (node) => numberSql(node.text) }),
  rule<TypedLiteral, Rewriter>({
    name: 'typed literal',
    kinds: ['typed_literal'],
    apply: (node, rewriter) => stringAs(rewriter, node.value, node.value.value, rewriter.typeOf(node), 'explicit'),
  }),
  rule<IntervalLiteral, Rewriter>({
    name: 'interval literal',
    kinds: ['interval'],
    apply: (node) => {
      const parsed = parseInterval(node.value.value, node.fields);
      return parsed === undefined ? undefined : intervalSql(parsed);
    },
  }),
  rule<Parameter, Rewriter>({ name: 'parameter', kinds: ['parameter'], apply: parameterSql }),
];

/** Digits as DuckDB reads them; a decimal that DuckDB would take for a DOUBLE or HUGEINT keeps its digits. */
function numberSql(text: string): string {
  const type = numberLiteralType(text);
  if (type.id !== 'numeric') return type.id === 'float8' ? `CAST('${text}' AS DOUBLE)` : text.replace(/^0+(?=\d)/, '');
  if (/^\d+\.\d+$/.test(text) && !/^0\d/.test(text)) return text;
  return `CAST('${withoutExponent(text)}' AS ${duckdbType(type) ?? 'DOUBLE'})`;
}

function intervalSql({ months, days, micros }: Interval): string {
  return `INTERVAL '${months} months ${days} days ${micros} microseconds'`;
}

/**
 * Parameters come as text in PostgreSQL's format, those of an integer type as such: whoever runs the statement reads
 * them.
 */
function parameterSql(node: Parameter, rewriter: Rewriter): string {
  const parameter = `$${rewriter.binding.parameters.index(node) + 1}`;
  const text = `CAST(${parameter} AS VARCHAR)`;
  const type = rewriter.typeOf(node);
  if (typeCategory(type) === 'integer') return `CAST(${parameter} AS ${duckdbType(type)})`;
  if (isUnknown(type) || typeCategory(type) === 'string') return text;
  if (type.id === 'varbyte') return `unhex(${text})`;
  return castSql(text, varchar(undefined), type, 'explicit', rewriter.binding.settings);
}

/**
 * The text for a literal brought to `type`, with its value read now; undefined when the expression is no literal or has
 * to be cast at run time.
 */
export function literalAs(
  rewriter: Rewriter,
  node: Expression,
  type: RedshiftType,
  mode: CastMode,
): string | undefined {
  if (node.kind === 'parenthesized') {
    const inner = literalAs(rewriter, node.inner, type, mode);
    return inner === undefined ? undefined : `(${inner})`;
  }
  if (node.kind === 'null') return nullAs(type);
  if (node.kind === 'string') return stringAs(rewriter, node, node.value, type, mode);
  if (node.kind === 'number' || node.kind === 'unary') return numberAs(node, type);
  return undefined;
}

function nullAs(type: RedshiftType): string {
  const duckdb = duckdbType(type);
  return isUnknown(type) || duckdb === undefined ? 'NULL' : `CAST(NULL AS ${duckdb})`;
}

/** An integer that is wanted as a float or decimal needs no cast where DuckDB gives it one anyway; strings do. */
function numberAs(node: Expression, type: RedshiftType): string | undefined {
  const text = constantOf(node);
  if (typeof text !== 'string') return undefined;
  if (typeCategory(type) === 'integer' && /^-?\d{1,4}$/.test(text))
    return type.id === 'int4' ? text : `CAST(${text} AS ${duckdbType(type)})`;
  return undefined;
}

/** A string literal as a value of `type`; the errors are those of reading it. */
function stringAs(
  rewriter: Rewriter,
  node: NodeBase,
  text: string,
  type: RedshiftType,
  mode: CastMode,
): string | undefined {
  const invalid = (code: string, message: string): string =>
    mode === 'try' ? nullAs(type) : rewriter.fail(node, code, message);
  const trimmed = text.trim();
  switch (typeCategory(type)) {
    case 'unknown':
      return quoteLiteral(text);
    case 'string':
      if (type.length !== undefined && utf8Length(text) > type.length) return undefined;
      return quoteLiteral(type.id === 'char' ? text.trimEnd() : text);
    case 'integer':
      if (!/^[+-]?\d+$/.test(trimmed))
        return invalid(SqlState.invalidTextRepresentation, `invalid input syntax for integer: "${text}"`);
      return (
        integerSql(trimmed, type) ??
        invalid(
          SqlState.numericValueOutOfRange,
          `value "${text}" is out of range for type ${typeEntry(type.id).displayName}`,
        )
      );
    case 'decimal':
      if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(trimmed)) {
        return invalid(SqlState.invalidTextRepresentation, `invalid input syntax for type numeric: "${text}"`);
      }
      return `CAST(${quoteLiteral(withoutExponent(trimmed))} AS ${duckdbType(type)})`;
    case 'float':
      return (
        floatSql(trimmed, type) ??
        invalid(
          SqlState.invalidTextRepresentation,
          `invalid input syntax for type ${typeEntry(type.id).displayName}: "${text}"`,
        )
      );
    case 'boolean':
      return (
        booleanSql(trimmed) ??
        invalid(SqlState.invalidTextRepresentation, `invalid input syntax for type boolean: "${text}"`)
      );
    case 'date':
    case 'time': {
      const parsed = parseDateTime(text);
      const sql = parsed === undefined ? undefined : dateTimeSql(parsed, type);
      return (
        sql ??
        invalid(SqlState.invalidDatetime, `invalid input syntax for type ${typeEntry(type.id).displayName}: "${text}"`)
      );
    }
    case 'interval': {
      const parsed = parseInterval(text);
      return parsed === undefined
        ? invalid(SqlState.invalidDatetime, `invalid input syntax for type interval: "${text}"`)
        : intervalSql(parsed);
    }
    case 'super':
      return `CAST(${quoteLiteral(JSON.stringify(text))} AS JSON)`;
    case 'binary':
      return `encode(${quoteLiteral(text)})`;
    default:
      return undefined;
  }
}

const integerLimits: Readonly<Record<string, bigint>> = {
  int2: 32_767n,
  int4: 2_147_483_647n,
  int8: 9_223_372_036_854_775_807n,
};

function integerSql(text: string, type: RedshiftType): string | undefined {
  const value = BigInt(text.replace(/^\+/, ''));
  const limit = integerLimits[type.id] ?? 0n;
  if (value > limit || value < -limit - 1n) return undefined;
  return `CAST(${value} AS ${duckdbType(type)})`;
}

function floatSql(text: string, type: RedshiftType): string | undefined {
  const words: Readonly<Record<string, string>> = {
    infinity: 'inf',
    '-infinity': '-inf',
    inf: 'inf',
    '-inf': '-inf',
    nan: 'nan',
  };
  const word = words[text.toLowerCase()];
  if (word === undefined && !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return undefined;
  return `CAST('${word ?? text}' AS ${duckdbType(type)})`;
}

/** The spellings of "Boolean type", each of which may be cut short. */
export function booleanSql(text: string): string | undefined {
  const word = text.toLowerCase();
  if (word === '1' || word === 'on' || (word !== '' && ('true'.startsWith(word) || 'yes'.startsWith(word))))
    return 'true';
  const no =
    word === '0' ||
    word === 'off' ||
    word === 'of' ||
    (word !== '' && ('false'.startsWith(word) || 'no'.startsWith(word)));
  return no ? 'false' : undefined;
}

/** Start of the transaction, by the session's clock. */
const now = `(now() + to_microseconds(${sessionValue(sessionVariables.clockOffset)}))`;
const midnights = { today: 0, tomorrow: 1, yesterday: -1 } as const;

function dateTimeSql(parsed: DateTimeText, type: RedshiftType): string | undefined {
  const { date, time, zone, special } = parsed;
  if (special !== undefined) return specialSql(special, time, type);
  switch (type.id) {
    case 'date':
      return date === undefined ? undefined : `DATE '${date}'`;
    case 'time':
      return time === undefined ? undefined : `TIME '${time}'`;
    case 'timetz':
      return time === undefined
        ? undefined
        : `CAST('${time}${zone === undefined || !/^[+-]/.test(zone) ? '+00' : zone}' AS TIMETZ)`;
    case 'timestamp':
      return date === undefined ? undefined : `TIMESTAMP '${date} ${time ?? '00:00:00'}'`;
    case 'timestamptz': {
      if (date === undefined) return undefined;
      const suffix = zone === undefined ? '' : /^[+-]/.test(zone) ? zone : ` ${zone}`;
      return `TIMESTAMPTZ '${date} ${time ?? '00:00:00'}${suffix}'`;
    }
    default:
      return undefined;
  }
}

function specialSql(
  special: NonNullable<DateTimeText['special']>,
  time: string | undefined,
  type: RedshiftType,
): string | undefined {
  const duckdb = duckdbType(type);
  if (duckdb === undefined) return undefined;
  if (special === 'now') return `CAST(${now} AS ${duckdb})`;
  if (type.id === 'time' || type.id === 'timetz') return undefined;
  const clock = time ?? '00:00:00';
  if (special === 'epoch')
    return `${duckdb} '1970-01-01${type.id === 'date' ? '' : ` ${clock}`}${type.id === 'timestamptz' ? '+00' : ''}'`;
  const days = midnights[special];
  const day = `(CAST(${now} AS DATE)${days === 0 ? '' : ` ${days < 0 ? '-' : '+'} 1`})`;
  if (type.id === 'date') return day;
  return time === undefined ? `CAST(${day} AS ${duckdb})` : `CAST(${day} + TIME '${clock}' AS ${duckdb})`;
}
