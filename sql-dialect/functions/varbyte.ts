import { raisedErrorSql } from '../duckdb/raised-error.js';
import type { BoundArgument, CallContext, FunctionDefinition } from './contract.js';
import { scalar } from './entry.js';
import { bool, int4, varbyte, varchar } from './result-types.js';

const badText = raisedErrorSql('22021', 'String contains invalid or unsupported UTF8 codepoints');
const badHex = raisedErrorSql('22P02', 'invalid input for hexadecimal varbyte');
const badBinary = raisedErrorSql('22P02', 'invalid input for binary varbyte');
const isHex = "regexp_full_match($1, '[0-9a-fA-F]*')";
/** DuckDB numbers bits from the most significant one. */
const bits = (bytes: string) =>
  `CASE WHEN octet_length(${bytes}) > 0 THEN CAST(CAST(${bytes} AS BIT) AS VARCHAR) ELSE '' END`;

/** Bytes ("VARBYTE type", "Functions supported with the VARBYTE data type"). */
export const varbyteFunctions: readonly FunctionDefinition[] = [
  scalar(
    'FROM_HEX function',
    'from_hex',
    ['string'],
    varbyte,
    `CASE WHEN ${isHex} THEN unhex($1) WHEN $1 IS NOT NULL THEN ${badHex} END`,
  ),
  scalar('TO_HEX function', 'to_hex', ['integer'], varchar, 'lower(to_hex(CAST($1 AS BIGINT) & 4294967295))'),
  scalar('TO_HEX function', 'to_hex', ['bigint'], varchar, 'lower(to_hex($1))'),
  scalar('TO_HEX function', 'to_hex', ['varbyte'], varchar, 'lower(hex($1))'),
  scalar('FROM_VARBYTE function', 'from_varbyte', ['varbyte', 'string'], varchar, fromVarbyte),
  scalar('TO_VARBYTE function', 'to_varbyte', ['string', 'string'], varbyte, toVarbyte),
  scalar('IS_UTF8 function', 'is_utf8', ['varbyte'], bool, isUtf8),
  scalar(
    'GETBIT function',
    'getbit',
    ['varbyte', 'integer'],
    int4,
    'get_bit(CAST($1 AS BIT), CAST(8 * octet_length($1) - 1 - $2 AS INTEGER))',
  ),
];

type Format = 'hex' | 'binary' | 'utf-8';

function format(call: CallContext): Format {
  const written = call.args[1]?.constant?.toLowerCase();
  switch (written) {
    case 'hex':
      return 'hex';
    case 'bin':
    case 'binary':
      return 'binary';
    case 'utf8':
    case 'utf-8':
      return 'utf-8';
    case undefined:
      return call.fail('0A000', 'a format that is not a string literal is not supported', 1);
    default:
      return call.fail('22023', `invalid format "${written}": must be one of hex, binary, utf8 and utf-8`, 1);
  }
}

function first(call: CallContext): BoundArgument {
  return call.args[0] ?? call.fail('42883', 'argument missing');
}

function fromVarbyte(call: CallContext): string {
  const { sql } = first(call);
  switch (format(call)) {
    case 'hex':
      return `lower(hex(${sql}))`;
    case 'binary':
      return bits(sql);
    case 'utf-8':
      // Bytes that are UTF-8 are decoded once; only a NULL result is looked at again.
      if (isColumn(sql)) return `coalesce(TRY(decode(${sql})), CASE WHEN ${sql} IS NOT NULL THEN ${badText} END)`;
      return `duckshift_decode_utf8(${sql})`;
  }
}

function toVarbyte(call: CallContext): string {
  const { sql } = first(call);
  switch (format(call)) {
    case 'hex':
      return `CASE WHEN regexp_full_match(${sql}, '[0-9a-fA-F]*') THEN unhex(${sql}) WHEN ${sql} IS NOT NULL THEN ${badHex} END`;
    case 'binary':
      return `CASE WHEN regexp_full_match(${sql}, '[01]*') THEN unbin(${sql}) WHEN ${sql} IS NOT NULL THEN ${badBinary} END`;
    case 'utf-8':
      return `encode(${sql})`;
  }
}

/**
 * DuckDB's TRY takes neither a volatile expression nor a subquery: it is used only for plain columns, where it is fast.
 */
function isColumn(sql: string): boolean {
  return /^(?:[\w.]|"(?:[^"]|"")*")+$/.test(sql);
}

function isUtf8(call: CallContext): string {
  const { sql } = first(call);
  if (isColumn(sql)) return `CASE WHEN ${sql} IS NOT NULL THEN TRY(decode(${sql})) IS NOT NULL END`;
  return `duckshift_is_utf8(${sql})`;
}
