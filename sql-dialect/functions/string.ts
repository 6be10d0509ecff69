import { raisedErrorSql } from '../duckdb/raised-error.js';
import { notBelow } from '../duckdb/text.js';
import type { CallContext, FunctionDefinition } from './contract.js';
import { scalar } from './entry.js';
import { int4, int8, varbyte, varchar } from './result-types.js';

const compare = (left: string, right: string) =>
  `CASE WHEN ${left} < ${right} THEN -1 WHEN ${left} > ${right} THEN 1 WHEN ${left} = ${right} THEN 0 END`;
const positionError = raisedErrorSql('22023', 'field position must be greater than zero');
const trimmed = compare("rtrim($1, ' ')", "rtrim($2, ' ')");

/**
 * "String functions". The SQL forms are looked up by name: TRIM(BOTH|LEADING|TRAILING c FROM s) as btrim, ltrim, rtrim
 * with (s, c); POSITION(a IN b) as position(a, b); SUBSTRING(s FROM n FOR m) as substring(s, n, m).
 */
export const stringFunctions: readonly FunctionDefinition[] = [
  scalar('UPPER function', 'upper', ['string'], varchar, 'upper($1)'),
  scalar('LOWER function', 'lower', ['string'], varchar, 'lower($1)'),
  scalar('INITCAP function', 'initcap', ['string'], varchar, 'duckshift_initcap($1)'),
  ...lengths(['len', 'length', 'char_length', 'character_length', 'textlen']),
  scalar('OCTET_LENGTH function', 'octet_length', ['string'], int4, 'CAST(strlen($1) AS INTEGER)'),
  scalar('OCTET_LENGTH function', 'octet_length', ['varbyte'], int4, 'CAST(octet_length($1) AS INTEGER)'),
  scalar('ASCII function', 'ascii', ['string'], int4, 'ascii($1)'),
  scalar('CHR function', 'chr', ['integer'], varchar, 'chr($1)'),

  scalar('CONCAT function', 'concat', ['string', 'string'], varchar, '($1 || $2)'),
  scalar('CONCAT function', 'concat', ['varbyte', 'varbyte'], varbyte, '($1 || $2)'),
  scalar('LEFT and RIGHT functions', 'left', ['string', 'integer'], varchar, ends('left')),
  scalar('LEFT and RIGHT functions', 'right', ['string', 'integer'], varchar, ends('right')),
  ...substrings('substring'),
  ...substrings('substr'),

  ...trims('btrim', 'trim', 'BTRIM function'),
  ...trims('trim', 'trim', 'TRIM function', 'btrim'),
  ...trims('ltrim', 'ltrim', 'LTRIM function'),
  ...trims('rtrim', 'rtrim', 'RTRIM function'),
  ...pads('lpad'),
  ...pads('rpad'),

  scalar('POSITION function', 'position', ['string', 'string'], int4, 'CAST(strpos($2, $1) AS INTEGER)'),
  scalar('STRPOS function', 'strpos', ['string', 'string'], int4, 'CAST(strpos($1, $2) AS INTEGER)'),
  scalar('CHARINDEX function', 'charindex', ['string', 'string'], int4, 'CAST(strpos($2, $1) AS INTEGER)'),
  scalar(
    'OCTETINDEX function',
    'octetindex',
    ['string', 'string'],
    int4,
    'CASE WHEN strpos($2, $1) = 0 THEN 0 ELSE CAST(strlen(left($2, strpos($2, $1) - 1)) + 1 AS INTEGER) END',
  ),
  scalar('REPLACE function', 'replace', ['string', 'string', 'string'], varchar, 'replace($1, $2, $3)'),
  scalar('TRANSLATE function', 'translate', ['string', 'string', 'string'], varchar, 'translate($1, $2, $3)'),
  scalar('REPEAT function', 'repeat', ['string', 'integer'], varchar, 'repeat($1, $2)'),
  scalar('REPLICATE function', 'replicate', ['string', 'integer'], varchar, 'repeat($1, $2)', { label: 'repeat' }),
  scalar('REVERSE function', 'reverse', ['string'], varchar, 'reverse($1)'),
  scalar('SPLIT_PART function', 'split_part', ['string', 'string', 'integer'], varchar, splitPart),

  scalar('QUOTE_IDENT function', 'quote_ident', ['string'], varchar, quoteIdentifier()),
  scalar('QUOTE_LITERAL function', 'quote_literal', ['string'], varchar, quoteLiteral()),
  scalar('BPCHARCMP function', 'bpcharcmp', ['string', 'string'], int4, trimmed),
  scalar('BTTEXT_PATTERN_CMP function', 'bttext_pattern_cmp', ['string', 'string'], int4, compare('$1', '$2')),
  scalar('COLLATE function', 'collate', ['string', 'string'], varchar, collate),

  scalar('SOUNDEX function', 'soundex', ['string'], varchar, 'duckshift_soundex($1)'),
  scalar('DIFFERENCE function', 'difference', ['string', 'string'], int4, 'duckshift_difference($1, $2)'),
  scalar('STRTOL function', 'strtol', ['string', 'integer'], int8, 'duckshift_strtol($1, $2)'),
  scalar('CRC32 function', 'crc32', ['string'], varchar, 'duckshift_crc32($1)'),
];

function sql(call: CallContext, index: number): string {
  return call.args[index]?.sql ?? call.fail('42883', 'argument missing');
}

function ends(name: 'left' | 'right'): (call: CallContext) => string {
  return (call) => `${name}(${sql(call, 0)}, ${notBelow(sql(call, 1), 0)})`;
}

/** A literal's integer, when argument `index` is one. */
function literalInteger(call: CallContext, index: number): number | undefined {
  const constant = call.args[index]?.constant;
  return typeof constant === 'string' && /^[+-]?\d+$/.test(constant) ? Number(constant) : undefined;
}

/** CHAR's trailing blanks do not count. */
function lengths(names: readonly string[]): FunctionDefinition[] {
  const characters = (call: CallContext) => {
    const text = sql(call, 0);
    return `CAST(length(${call.args[0]?.type.id === 'char' ? `rtrim(${text}, ' ')` : text}) AS INTEGER)`;
  };
  return names.flatMap((name) => [
    scalar('LEN function', name, ['string'], int4, characters),
    scalar('LEN function', name, ['varbyte'], int4, 'CAST(octet_length($1) AS INTEGER)'),
  ]);
}

/**
 * Positions before the first character count: `substring('caterpillar', -2, 4)` is its first character. DuckDB would
 * count a negative position from the end.
 */
function substrings(name: string): FunctionDefinition[] {
  const page = 'SUBSTRING function';
  const text = (call: CallContext) => {
    const start = literalInteger(call, 1);
    if (call.args.length === 2) return `substring(${sql(call, 0)}, ${firstCharacter(call, start)})`;
    return `substring(${sql(call, 0)}, ${firstCharacter(call, start)}, ${count(call, start)})`;
  };
  const bytes = (call: CallContext) => {
    const start = literalInteger(call, 1);
    const from = firstCharacter(call, start);
    if (call.args.length === 2) return `array_slice(${sql(call, 0)}, ${from}, 2147483647)`;
    return `array_slice(${sql(call, 0)}, ${from}, (${from}) + (${count(call, start)}) - 1)`;
  };
  return [
    scalar(page, name, ['string', 'bigint'], varchar, text),
    scalar(page, name, ['string', 'bigint', 'bigint'], varchar, text),
    scalar(page, name, ['varbyte', 'bigint'], varbyte, bytes),
    scalar(page, name, ['varbyte', 'bigint', 'bigint'], varbyte, bytes),
  ];
}

function firstCharacter(call: CallContext, start: number | undefined): string {
  return start === undefined ? notBelow(sql(call, 1), 1) : String(Math.max(start, 1));
}

function count(call: CallContext, start: number | undefined): string {
  const written = sql(call, 2);
  const length = literalInteger(call, 2);
  if (start !== undefined && length !== undefined) return String(Math.max(length + Math.min(start - 1, 0), 0));
  if (start !== undefined && start >= 1) return notBelow(written, 0);
  const given = sql(call, 1);
  return notBelow(`(${written} + CASE WHEN ${given} > 1 THEN 1 ELSE ${given} END - 1)`, 0);
}

/** Only blanks are trimmed, not other white space. */
function trims(name: string, duckdb: string, page: string, label = name): FunctionDefinition[] {
  return [
    scalar(page, name, ['string'], varchar, `${duckdb}($1, ' ')`, { label }),
    scalar(page, name, ['string', 'string'], varchar, `${duckdb}($1, $2)`, { label }),
  ];
}

/** An empty fill pads nothing. */
function pads(name: string): FunctionDefinition[] {
  const page = 'LPAD and RPAD functions';
  const filled = (call: CallContext) => {
    const [text, length, fill] = [sql(call, 0), sql(call, 1), sql(call, 2)];
    const padded = `${name}(${text}, ${notBelow(length, 0)}, ${fill})`;
    const constant = call.args[2]?.constant;
    if (typeof constant === 'string' && constant !== '') return padded;
    return `CASE WHEN ${fill} = '' THEN left(${text}, ${notBelow(length, 0)}) ELSE ${padded} END`;
  };
  return [
    scalar(
      page,
      name,
      ['string', 'integer'],
      varchar,
      (call) => `${name}(${sql(call, 0)}, ${notBelow(sql(call, 1), 0)}, ' ')`,
    ),
    scalar(page, name, ['string', 'integer', 'string'], varchar, filled),
  ];
}

/** Parts count from 1; an empty delimiter splits nothing. */
function splitPart(call: CallContext): string {
  const [text, delimiter, position] = [sql(call, 0), sql(call, 1), sql(call, 2)];
  const part = literalInteger(call, 2);
  if (part !== undefined && part < 1) call.fail('22023', 'field position must be greater than zero', 2);
  const constant = call.args[1]?.constant;
  const checked =
    part === undefined
      ? `CASE WHEN ${position} > 0 THEN ${position} WHEN ${position} IS NOT NULL THEN ${positionError} END`
      : position;
  const split = `split_part(${text}, ${delimiter}, ${checked})`;
  if (typeof constant === 'string' && constant !== '') return split;
  return `CASE WHEN ${delimiter} = '' THEN CASE WHEN ${checked} = 1 THEN ${text} ELSE '' END ELSE ${split} END`;
}

/** Quoted unless it is a plain lower-case name. */
function quoteIdentifier(): string {
  return "CASE WHEN regexp_full_match($1, '[a-z_][a-z0-9_$]*') THEN $1 ELSE '\"' || replace($1, '\"', '\"\"') || '\"' END";
}

/** Quotes and backslashes are doubled. */
function quoteLiteral(): string {
  const doubled = "replace(replace($1, '''', ''''''), '\\', '\\\\')";
  return `'''' || ${doubled} || ''''`;
}

function collate(call: CallContext): string {
  const collation = call.args[1]?.constant?.toLowerCase();
  if (collation === 'case_sensitive' || collation === 'cs') return sql(call, 0);
  if (collation === 'case_insensitive' || collation === 'ci') {
    return call.fail('0A000', 'case-insensitive collation is not supported', 1);
  }
  return call.fail('22023', 'collation must be case_sensitive or case_insensitive', 1);
}
