import { raisedErrorText } from '../../../sql-dialect/duckdb/raised-error.js';
import { equalityKey, tieKey } from '../../json/json-key.js';
import { valueAt } from '../../json/json-path.js';
import { jsonType, unquoteJson } from '../../json/json-text.js';
import {
  type ArithmeticOperator,
  calculate,
  DivisionByZero,
  type Rounding,
  roundNumber,
} from '../../json/number-arithmetic.js';
import { compareNumbers } from '../../json/number-text.js';
import { type UserFunction, userFunction } from './definition.js';

/**
 * What SUPER values are compared and calculated by where DuckDB's own JSON functions do not do: it reads every number
 * that is not an integer as DOUBLE, and compares objects and arrays by their text.
 */
export const superValueFunctions: readonly UserFunction[] = [
  userFunction('duckshift_super_key', ['json'], 'text', equalityKey),
  userFunction('duckshift_super_tie', ['json'], 'text', tieKey),
  userFunction('duckshift_super_at', ['json_utf8', 'text'], 'json', (json, path) => valueAt(json, stepsOf(path))),
  userFunction('duckshift_compare_numbers', ['text', 'text'], 'int4', compareNumbers),
  userFunction('duckshift_super_arithmetic', ['text', 'json', 'json'], 'json', arithmetic),
  userFunction('duckshift_super_round', ['text', 'json', 'int4'], 'json', rounded),
];

/** Paths as DuckDB writes them, `$."name"[0]`, by their text: a statement has few. */
const knownPaths = new Map<string, readonly (string | number)[]>();
const mostKnownPaths = 64;

function stepsOf(path: string): readonly (string | number)[] {
  let steps = knownPaths.get(path);
  if (steps === undefined) {
    steps = [...path.matchAll(/\."((?:[^"\\]|\\.)*)"|\[(\d+)\]/gs)].map(([, name, index]) =>
      name === undefined ? Number(index) : name.replace(/\\(.)/gs, '$1'),
    );
    if (knownPaths.size >= mostKnownPaths) knownPaths.clear();
    knownPaths.set(path, steps);
  }
  return steps;
}

const operators: ReadonlySet<string> = new Set<ArithmeticOperator>(['+', '-', '*', '/', '%']);

function isOperator(operator: string): operator is ArithmeticOperator {
  return operators.has(operator);
}

/** `+` joins two strings; what are not two numbers otherwise gives NULL. */
function arithmetic(operator: string, left: string, right: string): string | null {
  if (!isOperator(operator)) throw new Error(`no operator ${operator}`);
  const [a, b] = [jsonType(left), jsonType(right)];
  if (operator === '+' && a === 'string' && b === 'string') {
    return JSON.stringify(unquoteJson(left) + unquoteJson(right));
  }
  if (a !== 'number' || b !== 'number') return null;
  try {
    const result = calculate(operator, left, right);
    if (result === undefined) throw new Error(raisedErrorText('22003', 'Numeric data overflow (result precision)'));
    return result;
  } catch (error) {
    if (error instanceof DivisionByZero) throw new Error(raisedErrorText('22012', 'Divide by zero'));
    throw error;
  }
}

const roundings: ReadonlySet<string> = new Set<Rounding>(['abs', 'floor', 'ceil', 'round', 'trunc']);

function isRounding(how: string): how is Rounding {
  return roundings.has(how);
}

/** NULL for what is no number. */
function rounded(how: string, json: string, places: number): string | null {
  if (!isRounding(how)) throw new Error(`no function ${how}`);
  return jsonType(json) === 'number' ? (roundNumber(how, json, places) ?? null) : null;
}
