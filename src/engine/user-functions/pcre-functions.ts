import { raisedErrorText } from '../../../sql-dialect/duckdb/raised-error.js';
import { type UserFunction, userFunction } from './definition.js';

/**
 * Perl-compatible patterns that DuckDB's matcher cannot run: lookaround and back references ("REGEXP_COUNT function",
 * flag p).
 */
export const pcreFunctions: readonly UserFunction[] = [
  userFunction('duckshift_pcre_count', ['text', 'text', 'bool'], 'int4', (text, pattern, ignoreCase) => {
    let count = 0;
    for (const _ of text.matchAll(compile(pattern, ignoreCase))) count++;
    return count;
  }),
  userFunction(
    'duckshift_pcre_substr',
    ['text', 'text', 'int4', 'int4', 'bool'],
    'text',
    (text, pattern, occurrence, group, ignoreCase) => find(text, pattern, occurrence, ignoreCase)?.[group] ?? '',
  ),
  userFunction(
    'duckshift_pcre_instr',
    ['text', 'text', 'int4', 'int4', 'bool'],
    'int4',
    (text, pattern, occurrence, option, ignoreCase) => {
      const match = find(text, pattern, occurrence, ignoreCase);
      if (match === undefined) return 0;
      return characters(text.slice(0, match.index + (option === 1 ? match[0].length : 0))) + 1;
    },
  ),
  userFunction('duckshift_pcre_replace', ['text', 'text', 'text', 'bool'], 'text', (text, pattern, by, ignoreCase) => {
    const expression = compile(pattern, ignoreCase);
    return text.replace(expression, (...match: unknown[]) =>
      by.replace(/[$\\](\d)/g, (_, group: string) => String(match[Number(group)] ?? '')),
    );
  }),
];

const compiled = new Map<string, RegExp>();
/** Most compiled patterns cached; a query uses few. */
const CACHE_SIZE = 64;

function compile(pattern: string, ignoreCase: boolean): RegExp {
  const key = `${ignoreCase ? 'i' : 'c'}${pattern}`;
  let expression = compiled.get(key);
  if (expression === undefined) {
    try {
      expression = new RegExp(scriptPattern(pattern), ignoreCase ? 'giu' : 'gu');
    } catch {
      throw new Error(raisedErrorText('2201B', `invalid regular expression: ${pattern}`));
    }
    if (compiled.size >= CACHE_SIZE) compiled.clear();
    compiled.set(key, expression);
  }
  expression.lastIndex = 0;
  return expression;
}

const classes: Readonly<Record<string, string>> = {
  alpha: '\\p{L}',
  digit: '0-9',
  alnum: '\\p{L}0-9',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`\\{-~',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
};

/** PCRE spellings that JavaScript writes otherwise. */
function scriptPattern(pattern: string): string {
  return pattern
    .replace(/\[:(\w+):\]/g, (whole, name: string) => classes[name] ?? whole)
    .replace(/\\A/g, '^')
    .replace(/\\[zZ]/g, '$')
    .replace(/\\h/g, '[ \\t]')
    .replace(/\\([^\w\s^$\\.*+?()[\]{}|/-])/g, '$1');
}

function find(text: string, pattern: string, occurrence: number, ignoreCase: boolean): RegExpExecArray | undefined {
  let n = 0;
  for (const match of text.matchAll(compile(pattern, ignoreCase))) if (++n === occurrence) return match;
  return undefined;
}

function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
