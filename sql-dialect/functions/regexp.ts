import { notBelow } from '../duckdb/text.js';
import type { CallContext, FunctionDefinition, ParameterKind } from './contract.js';
import { scalar } from './entry.js';
import { needsBacktracking, type RegexpFlags, re2Pattern, re2Replacement, regexpFlags } from './regexp-pattern.js';
import { int4, varchar } from './result-types.js';

/**
 * "REGEXP functions". Patterns run on DuckDB's matcher, which takes linear time; a constant PCRE pattern with
 * lookaround or back references goes to JavaScript's.
 */
export const regexpFunctions: readonly FunctionDefinition[] = [
  ...arities('REGEXP_COUNT function', 'regexp_count', ['string', 'string', 'integer', 'string'], int4, count),
  ...arities(
    'REGEXP_INSTR function',
    'regexp_instr',
    ['string', 'string', 'integer', 'integer', 'integer', 'string'],
    int4,
    position,
  ),
  ...arities(
    'REGEXP_REPLACE function',
    'regexp_replace',
    ['string', 'string', 'string', 'integer', 'string'],
    varchar,
    replace,
  ),
  ...arities(
    'REGEXP_SUBSTR function',
    'regexp_substr',
    ['string', 'string', 'integer', 'integer', 'string'],
    varchar,
    substring,
  ),
];

function arities(
  page: string,
  name: string,
  parameters: readonly ParameterKind[],
  returns: typeof varchar,
  form: (call: CallContext) => string,
): FunctionDefinition[] {
  const lines: FunctionDefinition[] = [];
  for (let length = 2; length <= parameters.length; length++) {
    lines.push(scalar(page, name, parameters.slice(0, length), returns, form));
  }
  return lines;
}

function sql(call: CallContext, index: number, otherwise: string): string {
  return call.args[index]?.sql ?? otherwise;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function flagsOf(call: CallContext, index: number): RegexpFlags {
  const argument = call.args[index];
  if (argument === undefined) return { ignoreCase: false, subexpression: false, pcre: false };
  if (typeof argument.constant !== 'string') {
    return call.fail('0A000', 'regular expression parameters that are not a string literal are not supported', index);
  }
  return (
    regexpFlags(argument.constant) ??
    call.fail('22023', `invalid regular expression parameters: ${argument.constant}`, index)
  );
}

/** What the call works with: the text from its starting position on, and the pattern. */
interface Search {
  readonly text: string;
  readonly start: string;
  readonly pattern: string;
  readonly flags: RegexpFlags;
  /** For JavaScript's matcher. */
  readonly backtracking: boolean;
}

function search(call: CallContext, startIndex: number, flagsIndex: number): Search {
  const flags = flagsOf(call, flagsIndex);
  const start = sql(call, startIndex, '1');
  const constantStart = call.args[startIndex] === undefined ? '1' : call.args[startIndex]?.constant;
  if (typeof constantStart === 'string' && Number(constantStart) < 1) {
    call.fail('22023', 'position must be greater than zero', startIndex);
  }
  const whole = sql(call, 0, 'NULL');
  const text = constantStart === '1' ? whole : `substring(${whole}, ${notBelow(start, 1)})`;
  const constant = call.args[1]?.constant;
  if (typeof constant === 'string') {
    const backtracking = flags.pcre && needsBacktracking(constant);
    const pattern = backtracking ? literal(constant) : literal(re2Pattern(constant, flags));
    return { text, start, pattern, flags, backtracking };
  }
  const prefix = re2Pattern('', flags);
  const given = sql(call, 1, 'NULL');
  return { text, start, flags, backtracking: false, pattern: prefix === '' ? given : `('${prefix}' || ${given})` };
}

function ignoreCase(search: Search): string {
  return search.flags.ignoreCase ? 'true' : 'false';
}

function count(call: CallContext): string {
  const found = search(call, 2, 3);
  if (found.backtracking) return `duckshift_pcre_count(${found.text}, ${found.pattern}, ${ignoreCase(found)})`;
  return `CAST(len(regexp_extract_all(${found.text}, ${found.pattern})) AS INTEGER)`;
}

/** No match gives an empty string. */
function substring(call: CallContext): string {
  const found = search(call, 2, 4);
  const occurrence = sql(call, 3, '1');
  const group = found.flags.subexpression ? 1 : 0;
  if (found.backtracking) {
    return `duckshift_pcre_substr(${found.text}, ${found.pattern}, ${occurrence}, ${group}, ${ignoreCase(found)})`;
  }
  const matches = `regexp_extract_all(${found.text}, ${found.pattern}${group === 0 ? '' : ', 1'})`;
  return `CASE WHEN ${matches} IS NOT NULL AND ${occurrence} IS NOT NULL THEN coalesce(${matches}[${occurrence}], '') END`;
}

/** Where the wanted occurrence starts or, with option 1, what follows it; 0 without a match. */
function position(call: CallContext): string {
  const found = search(call, 2, 5);
  const occurrence = sql(call, 3, '1');
  const option = sql(call, 4, '0');
  const offset = found.start === '1' ? '' : ` + (${notBelow(found.start, 1)}) - 1`;
  if (found.backtracking) {
    const at = `duckshift_pcre_instr(${found.text}, ${found.pattern}, ${occurrence}, ${option}, ${ignoreCase(found)})`;
    return offset === '' ? at : `CASE WHEN ${at} > 0 THEN ${at}${offset} ELSE ${at} END`;
  }
  const matches = `regexp_extract_all(${found.text}, ${found.pattern})`;
  const pieces = `string_split_regex(${found.text}, ${found.pattern})`;
  const length = (list: string) => `coalesce(list_sum(list_transform(${list}, lambda x: length(x))), 0)`;
  const start = `${length(`${pieces}[1:${occurrence}]`)} + ${length(`${matches}[1:${occurrence} - 1]`)} + 1${offset}`;
  const end =
    option === '0'
      ? ''
      : ` + CASE WHEN ${option} = 1 THEN length(${matches}[${occurrence}]) WHEN ${option} IS NOT NULL THEN 0 END`;
  return `CASE WHEN len(${matches}) >= ${occurrence} THEN CAST(${start}${end} AS INTEGER) WHEN len(${matches}) < ${occurrence} AND ${option} IS NOT NULL THEN 0 END`;
}

/** Every match is replaced; without a replacement matches are removed. */
function replace(call: CallContext): string {
  const found = search(call, 3, 4);
  const constant = call.args[2] === undefined ? '' : call.args[2].constant;
  let replaced: string;
  if (found.backtracking) {
    replaced = `duckshift_pcre_replace(${found.text}, ${found.pattern}, ${sql(call, 2, "''")}, ${ignoreCase(found)})`;
  } else {
    const replacement =
      typeof constant === 'string'
        ? literal(re2Replacement(constant))
        : `regexp_replace(replace(${sql(call, 2, "''")}, '\\', '\\\\'), '\\$([0-9])|\\\\\\\\([0-9])', '\\\\\\1\\2', 'g')`;
    replaced = `regexp_replace(${found.text}, ${found.pattern}, ${replacement}, 'g')`;
  }
  if (found.start === '1') return replaced;
  return `(left(${sql(call, 0, 'NULL')}, (${notBelow(found.start, 1)}) - 1) || ${replaced})`;
}
