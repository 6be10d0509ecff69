import type { RedshiftType } from '../types/redshift-type.js';
import type { BoundArgument, CallContext, FunctionDefinition } from './contract.js';
import { scalar } from './entry.js';
import { date, int8, numeric, timestamptz, varchar } from './result-types.js';

const zoneOffset = "CAST(date_part('timezone', $1) AS BIGINT)";
const local = 'CAST($1 AS TIMESTAMP)';

/** "Data type formatting functions". TO_TIMESTAMP reads a time of the session's zone. */
export const formattingFunctions: readonly FunctionDefinition[] = [
  scalar('TO_CHAR function', 'to_char', ['timestamp', 'string'], varchar, 'duckshift_to_char_timestamp($1, $2)'),
  scalar(
    'TO_CHAR function',
    'to_char',
    ['timestamptz', 'string'],
    varchar,
    `duckshift_to_char_timestamptz(${local}, ${zoneOffset}, current_setting('TimeZone'), $2)`,
    { volatility: 'stable' },
  ),
  scalar(
    'TO_CHAR function',
    'to_char',
    ['number', 'string'],
    varchar,
    'duckshift_to_char_number(CAST($1 AS VARCHAR), $2)',
  ),
  scalar(
    'TO_DATE function',
    'to_date',
    ['string', 'string'],
    date,
    'CAST(duckshift_to_timestamp($1, $2, false) AS DATE)',
  ),
  scalar(
    'TO_DATE function',
    'to_date',
    ['string', 'string', 'boolean'],
    date,
    'CAST(duckshift_to_timestamp($1, $2, $3) AS DATE)',
  ),
  scalar(
    'TO_TIMESTAMP function',
    'to_timestamp',
    ['string', 'string'],
    timestamptz,
    'CAST(duckshift_to_timestamp($1, $2, false) AS TIMESTAMPTZ)',
    { volatility: 'stable' },
  ),
  scalar(
    'TO_TIMESTAMP function',
    'to_timestamp',
    ['string', 'string', 'boolean'],
    timestamptz,
    'CAST(duckshift_to_timestamp($1, $2, $3) AS TIMESTAMPTZ)',
    { volatility: 'stable' },
  ),
  scalar('TO_NUMBER function', 'to_number', ['string', 'string'], numberType, toNumber),
  scalar(
    'TEXT_TO_INT_ALT function',
    'text_to_int_alt',
    ['string'],
    int8,
    `CAST(round(CAST(${signFirst('$1')} AS DECIMAL(38, 10))) AS BIGINT)`,
  ),
  scalar('TEXT_TO_NUMERIC_ALT function', 'text_to_numeric_alt', ['string'], numeric(38, 0), textToNumeric),
  scalar(
    'TEXT_TO_NUMERIC_ALT function',
    'text_to_numeric_alt',
    ['string', 'integer', 'integer'],
    alternativeType,
    textToNumeric,
  ),
];

/** Digits of the format before and behind its decimal point. */
function numberType(args: readonly BoundArgument[]): RedshiftType {
  const format = args[1]?.constant;
  if (typeof format !== 'string') return numeric(38, 10);
  const [before = '', behind = ''] = format.replace(/"[^"]*"/g, '').split(/[.Dd]/, 2);
  const scale = Math.min(digitsIn(behind), 37);
  return numeric(Math.min(Math.max(digitsIn(before) + scale, 1), 38), scale);
}

function digitsIn(format: string): number {
  return format.replace(/[^09]/g, '').length;
}

function toNumber(call: CallContext): string {
  const type = numberType(call.args);
  const [text, format] = call.args;
  return `CAST(duckshift_to_number(${text?.sql}, ${format?.sql}) AS DECIMAL(${type.precision}, ${type.scale}))`;
}

function alternativeType(args: readonly BoundArgument[]): RedshiftType {
  const [precision, scale] = [args[1], args[2]].map((argument) => Number(argument?.constant ?? Number.NaN));
  if (precision === undefined || scale === undefined || Number.isNaN(precision + scale)) return numeric(38, 0);
  return numeric(Math.min(Math.max(precision, 1), 38), Math.min(Math.max(scale, 0), 37));
}

/** Teradata's texts may have the sign behind the digits. */
function signFirst(text: string): string {
  return `regexp_replace(${text}, '^\\s*([0-9.]+)\\s*([+-])\\s*$', '\\2\\1')`;
}

function textToNumeric(call: CallContext): string {
  const type = call.args.length === 1 ? numeric(38, 0) : alternativeType(call.args);
  const { precision = 38, scale = 0 } = type;
  if (scale > precision) call.fail('22023', `NUMERIC scale ${scale} must be between 0 and precision ${precision}`, 2);
  return `CAST(${signFirst(call.args[0]?.sql ?? 'NULL')} AS DECIMAL(${type.precision}, ${type.scale}))`;
}
