import { decodeRaisedError } from '../../sql-dialect/duckdb/raised-error.js';
import { DuckshiftError } from '../base/errors.js';
import type { Logger } from '../base/log.js';

/** An error message of DuckDB taken apart (setting `errors_as_json`). */
interface EngineFailure {
  /** DuckDB's exception type, such as `Conversion`. */
  readonly type: string;
  readonly subtype: string | undefined;
  readonly message: string;
  /** Kind and name of the catalog entry the error is about. */
  readonly entryType: string | undefined;
  readonly entryName: string | undefined;
}

interface ErrorRule {
  readonly type: string;
  readonly pattern?: RegExp;
  readonly code: string;
  /** Redshift's text. Without one the engine's first line is given. */
  readonly text?: string | ((groups: readonly string[]) => string);
  readonly detail?: string;
}

const integerNames: Readonly<Record<string, string>> = {
  INT8: 'smallint',
  INT16: 'smallint',
  INT32: 'integer',
  INT64: 'bigint',
};
const overflow = 'Numeric data overflow (result precision)';

/** PostgreSQL 8's name of the type a string could not be converted to, by DuckDB's. */
const inputTypeNames: Readonly<Record<string, string>> = {
  BOOL: 'type boolean',
  FLOAT: 'type real',
  DOUBLE: 'type double precision',
  INTERVAL: 'type interval',
};

/**
 * Run-time errors of DuckDB as SQLSTATE and Redshift text; the first line that fits decides. Codes: PostgreSQL Appendix
 * A; texts: PostgreSQL 8 and AWS "Numeric types" (overflow). Whatever no line names is a defect of the rewriting:
 * XX000.
 */
const rules: readonly ErrorRule[] = [
  { type: 'INTERRUPT', code: '57014', text: "Query cancelled on user's request" },
  {
    type: 'Conversion',
    pattern: /^Could not convert string ['"]\s*([+-]?\d+)\s*['"] to (INT\d+)$/,
    code: '22003',
    text: ([value, type = '']) => `value "${value}" is out of range for type ${integerNames[type] ?? 'numeric'}`,
  },
  {
    type: 'Conversion',
    pattern: /^Could not convert string ['"]([\s\S]*)['"] to (\w+)[\s\S]*$/,
    code: '22P02',
    text: ([value, type = '']) => `invalid input syntax for ${inputTypeName(type)}: "${value}"`,
  },
  {
    type: 'Conversion',
    pattern: /^Type \w+ with value .* can't be cast because the value is out of range for the destination type (\w+)/,
    code: '22003',
    text: ([type = '']) => (integerNames[type] === undefined ? overflow : `${integerNames[type]} out of range`),
  },
  { type: 'Conversion', pattern: /^Casting value .* to type DECIMAL.* failed/, code: '22003', text: overflow },
  { type: 'Conversion', pattern: /^Could not cast value .* to DECIMAL/, code: '22003', text: overflow },
  {
    type: 'Conversion',
    pattern: /^invalid (date|timestamp) field format: ("[\s\S]*"), expected format/,
    code: '22007',
    text: ([type, value]) => `invalid input syntax for type ${type}: ${value}`,
  },
  {
    type: 'Conversion',
    pattern: /^time field value out of range: ("(?!\s*\d+:)[\s\S]*"), expected format/,
    code: '22007',
    text: ([value]) => `invalid input syntax for type time: ${value}`,
  },
  {
    type: 'Conversion',
    pattern: /^(?:date|time|timestamp) field value out of range: ("[\s\S]*?")(?:, expected format.*)?$/,
    code: '22008',
    text: ([value]) => `date/time field value out of range: ${value}`,
  },
  {
    type: 'Conversion',
    pattern: /^(?:Date|Time|Timestamp|Date and time) (?:not in|out of) .*range/i,
    code: '22008',
    text: 'timestamp out of range',
  },
  { type: 'Conversion', pattern: /^Malformed JSON/, code: '22P02', text: 'invalid JSON text' },
  { type: 'Conversion', pattern: /^Failed to cast decimal value/, code: '22003', text: overflow },
  { type: 'Conversion', pattern: /^Failed to cast value/, code: '22P02', text: 'Invalid value for cast from SUPER' },
  {
    type: 'Conversion',
    pattern: /^Failure in decode/,
    code: '22021',
    text: 'String contains invalid or unsupported UTF8 codepoints',
  },
  {
    type: 'Conversion',
    pattern: /^Invalid (?:hex|byte|string)/,
    code: '22P02',
    text: 'invalid input syntax for type varbyte',
  },
  { type: 'Conversion', pattern: /^Unimplemented type for cast/, code: 'XX000' },
  { type: 'Conversion', code: '22P02' },

  {
    type: 'Out of Range',
    pattern: /^Overflow in \w+ of (INT\d+)/,
    code: '22003',
    text: ([type = '']) => `${integerNames[type] ?? 'numeric value'} out of range`,
  },
  { type: 'Out of Range', pattern: /^Overflow in \w+ of DECIMAL|DECIMAL\(38\)/i, code: '22003', text: overflow },
  {
    type: 'Out of Range',
    pattern: /square root of a negative/,
    code: '2201F',
    text: 'cannot take square root of a negative number',
  },
  { type: 'Out of Range', pattern: /logarithm of zero/, code: '2201E', text: 'cannot take logarithm of zero' },
  {
    type: 'Out of Range',
    pattern: /logarithm of a negative/,
    code: '2201E',
    text: 'cannot take logarithm of a negative number',
  },
  {
    type: 'Out of Range',
    pattern: /^Cannot create a string of size/,
    code: '54000',
    text: 'Result string is too long',
  },
  { type: 'Out of Range', pattern: /(?:date|timestamp|interval)/i, code: '22008' },
  { type: 'Out of Range', code: '22003' },
  { type: 'Divide by Zero', code: '22012', text: 'division by zero' },

  {
    type: 'Constraint',
    pattern: /NOT NULL constraint failed: (?:.*\.)?([^.]+)$/,
    code: '23502',
    text: ([column]) => `Cannot insert a NULL value into column ${column}`,
  },
  { type: 'Constraint', pattern: /duplicate key/i, code: '23505' },
  { type: 'Constraint', pattern: /foreign key/i, code: '23503' },
  { type: 'Constraint', code: '23514' },

  {
    type: 'Invalid Input',
    pattern: /^More than one row returned by a subquery/,
    code: '21000',
    text: 'more than one row returned by a subquery used as an expression',
  },
  {
    type: 'Invalid Input',
    pattern: /^(?:missing|unexpected|invalid|bad|no argument)[^"]*[:)\]]/,
    code: '2201B',
    text: 'invalid regular expression',
  },
  { type: 'Invalid Input', code: '22023' },
  {
    type: 'Not implemented',
    pattern: /^Unknown TimeZone '([\s\S]*)'/,
    code: '22023',
    text: ([zone]) => `time zone "${zone}" not recognized`,
  },

  {
    type: 'TransactionContext',
    pattern: /Current transaction is aborted/,
    code: '25P02',
    text: 'current transaction is aborted, commands ignored until end of transaction block',
  },
  {
    type: 'TransactionContext',
    pattern: /no transaction is active/,
    code: '25P01',
    text: 'there is no transaction in progress',
  },
  {
    type: 'TransactionContext',
    pattern: /within a transaction/,
    code: '25001',
    text: 'there is already a transaction in progress',
  },
  {
    type: 'TransactionContext',
    pattern: /conflict|altered|has been (?:dropped|deleted)/i,
    code: 'XX000',
    text: '1023',
    detail: 'Serializable isolation violation: another transaction changed the same rows or the same table.',
  },
  {
    type: 'TransactionContext',
    pattern: /single attached database|multiple databases|already modified database/i,
    code: '0A000',
    text: 'a transaction that writes two databases is not supported',
  },
  { type: 'TransactionContext', code: 'XX000' },

  { type: 'Out of Memory', code: '53200', text: 'out of memory' },
  { type: 'IO', pattern: /no space left|max_temp_directory_size/i, code: '53100', text: 'Disk Full' },
  { type: 'IO', code: '58030' },
  { type: 'Permission', code: '42501' },
  { type: 'Dependency', code: '2BP01' },
];

/** Catalog errors that a statement compiled against an older snapshot may rightly meet, by subtype and entry type. */
function catalogError(failure: EngineFailure): DuckshiftError | undefined {
  if (failure.type !== 'Catalog' || failure.entryName === undefined) return undefined;
  const relation = failure.entryType === 'Table' || failure.entryType === 'View';
  if (failure.subtype === 'MISSING_ENTRY' && relation)
    return new DuckshiftError('42P01', `relation "${failure.entryName}" does not exist`);
  if (failure.subtype === 'ENTRY_ALREADY_EXISTS' && relation)
    return new DuckshiftError('42P07', `Relation "${failure.entryName}" already exists`);
  return undefined;
}

/**
 * The error a client gets for a failure in DuckDB. Errors that rewritten SQL raised on purpose are decoded; failures to
 * parse or bind the rewritten SQL are our defects: XX000, with the SQL in the log only.
 */
export function engineError(error: unknown, sql: string, log: Logger): DuckshiftError {
  if (error instanceof DuckshiftError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const failure = parseFailure(text);
  const raised = decodeRaisedError(failure.message);
  if (raised !== undefined) return new DuckshiftError(raised.code, raised.message, { cause: error });

  const known = catalogError(failure);
  if (known !== undefined) return known;
  for (const rule of rules) {
    if (rule.type !== failure.type) continue;
    const match = rule.pattern === undefined ? [] : rule.pattern.exec(failure.message);
    if (match === null) continue;
    const message =
      typeof rule.text === 'function' ? rule.text(match.slice(1)) : (rule.text ?? firstLine(failure.message));
    if (rule.code === 'XX000' && rule.text === undefined) break;
    return new DuckshiftError(rule.code, message, { detail: rule.detail, cause: error });
  }
  log.error('the engine refused a rewritten statement', { type: failure.type, error: failure.message, sql });
  return new DuckshiftError('XX000', 'internal error: the engine refused the rewritten statement', {
    detail: firstLine(failure.message),
    hint: 'This is a defect of duckshift; its log holds the rewritten SQL.',
    cause: error,
  });
}

function inputTypeName(duckdbType: string): string {
  if (duckdbType.startsWith('DECIMAL')) return 'type numeric';
  return inputTypeNames[duckdbType] ?? (/^U?INT\d+$/.test(duckdbType) ? 'integer' : `type ${duckdbType.toLowerCase()}`);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}

function parseFailure(text: string): EngineFailure {
  const start = text.indexOf('{');
  const fields = start === -1 ? undefined : parseFields(text.slice(start));
  if (fields !== undefined) {
    return {
      type: fields.exception_type ?? 'Unknown',
      subtype: fields.error_subtype,
      message: fields.exception_message ?? text,
      entryType: fields.type,
      entryName: fields.name,
    };
  }
  const plain = /^([A-Za-z ]+?) Error: ([\s\S]*)$/.exec(text);
  return {
    type: plain?.[1] ?? 'Unknown',
    subtype: undefined,
    message: plain?.[2] ?? text,
    entryType: undefined,
    entryName: undefined,
  };
}

function parseFields(json: string): Record<string, string | undefined> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || !('exception_type' in value)) return undefined;
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, String(field)]));
  } catch {
    return undefined;
  }
}
