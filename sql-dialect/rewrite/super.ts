import type { Expression, Navigation, Path, PathStep } from '../ast/expression.js';
import { expressionKey, pathPrefixKey } from '../bind/grouping.js';
import { constantOf } from '../bind/statement-binder.js';
import type { DialectSettings } from '../catalog.js';
import { evaluateOnce } from '../duckdb/evaluate-once.js';
import { quoteLiteral } from '../duckdb/quote.js';
import { raisedErrorSql } from '../duckdb/raised-error.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { duckdbType, typeCategory } from '../types/type-table.js';
import type { CastMode } from './cast.js';
import { fitText, textToType } from './cast-text.js';
import { shownInGroup } from './grouped-output.js';
import { pathBase } from './paths.js';
import type { Rewriter } from './rewriter.js';

/**
 * A place in a SUPER value: DuckDB JSON text `base`, and a JSON path into it that every function on it takes along, so
 * that the document is read once.
 */
export interface SuperAccess {
  readonly base: string;
  /** DuckDB JSON path such as `$."a"[0]`, undefined for the value itself. */
  readonly path: string | undefined;
}

/** The value at the place, as JSON. */
export function superJson({ base, path }: SuperAccess): string {
  return path === undefined ? base : `json_extract(${base}, ${quoteLiteral(path)})`;
}

/** The value at the place as text: a string without its quotes, NULL for JSON null. */
export function superText({ base, path }: SuperAccess): string {
  return `json_extract_string(${base}, ${quoteLiteral(path ?? '$')})`;
}

/**
 * The value at the place, every digit of it: DuckDB's functions read a number that is not an integer as DOUBLE. Slower:
 * for values that may need it.
 */
export function superExact({ base, path }: SuperAccess): string {
  return path === undefined ? base : `duckshift_super_at(${base}, ${quoteLiteral(path)})`;
}

/**
 * DuckDB's word for the dynamic type: OBJECT, ARRAY, VARCHAR, BIGINT, UBIGINT, DOUBLE, BOOLEAN, NULL; NULL where there
 * is no such place.
 */
export function superKind({ base, path }: SuperAccess): string {
  return path === undefined ? `json_type(${base})` : `json_type(${base}, ${quoteLiteral(path)})`;
}

/** The place that an expression of type SUPER means. */
export function superAccess(rewriter: Rewriter, node: Expression): SuperAccess {
  if (node.kind === 'parenthesized') return superAccess(rewriter, node.inner);
  const output = rewriter.groupedOutput.at(-1);
  if (output?.keys.has(expressionKey(rewriter.binding, node))) return { base: rewriter.emit(node), path: undefined };
  if (node.kind === 'path' || node.kind === 'navigation') return navigate(rewriter, node);
  return { base: rewriter.emit(node), path: undefined };
}

/** Follows the steps of a path or navigation. */
export function navigate(rewriter: Rewriter, node: Path | Navigation): SuperAccess {
  const { base, steps } =
    node.kind === 'path' ? pathBase(rewriter, node) : { base: rewriter.operand(node.operand), steps: node.steps };
  const { navigateSuperNullOnError } = rewriter.binding.settings;
  const output = node.kind === 'path' ? rewriter.groupedOutput.at(-1) : undefined;
  let access: SuperAccess = { base, path: undefined };
  for (const [i, step] of steps.entries()) {
    // A path that begins with a grouped one goes on from any value of the group.
    const key = output === undefined || i === 0 ? undefined : pathPrefixKey(rewriter.binding, node, i);
    if (output !== undefined && key !== undefined && output.keys.has(key)) {
      access = { base: shownInGroup(output, key, superJson(access)), path: undefined };
    }
    access = navigateSuperNullOnError ? laxStep(rewriter, access, step) : strictStep(rewriter, access, step);
  }
  return access;
}

/** A step that gives NULL where there is nothing to step to. */
function laxStep(rewriter: Rewriter, access: SuperAccess, step: PathStep): SuperAccess {
  const at = access.path ?? '$';
  if (step.kind === 'field_step') {
    const name = rewriter.binder.foldAttribute(step.name);
    return { base: access.base, path: `${at}.${quotedKey(name)}` };
  }
  const index = constantOf(step.index);
  if (typeof index === 'string' && /^\d+$/.test(index)) return { base: access.base, path: `${at}[${index}]` };
  if (typeof index === 'string') return { base: 'CAST(NULL AS JSON)', path: undefined };
  return { base: elementAt(rewriter, access, step.index), path: undefined };
}

/** A subscript known at run time only; negative ones count from the end in DuckDB and give NULL here. */
function elementAt(rewriter: Rewriter, access: SuperAccess, index: Expression): string {
  const place = rewriter.asOperand(index, { id: 'int8' });
  return evaluateOnce(
    place,
    (value) => `CASE WHEN ${value} >= 0 THEN json_extract(${superJson(access)}, ${value}) END`,
  );
}

/** With `navigate_super_null_on_error` off a step into something that is not an object or array is an error. */
function strictStep(rewriter: Rewriter, access: SuperAccess, step: PathStep): SuperAccess {
  const wanted = step.kind === 'field_step' ? 'OBJECT' : 'ARRAY';
  const lax = superJson(laxStep(rewriter, access, step));
  const error = raisedErrorSql(
    '22023',
    `Invalid navigation path on SUPER: the value is not ${step.kind === 'field_step' ? 'an object' : 'an array'}`,
  );
  const kind = superKind(access);
  return {
    base: `CASE WHEN ${kind} = '${wanted}' THEN ${lax} WHEN ${kind} <> 'NULL' THEN ${error} END`,
    path: undefined,
  };
}

function quotedKey(name: string): string {
  return `"${name.replace(/["\\]/g, '\\$&')}"`;
}

const numberKinds = "('BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE')";

/** A SUPER value brought to another type: NULL for one that does not fit, unless `cast_super_null_on_error` is off. */
export function superToType(access: SuperAccess, to: RedshiftType, mode: CastMode, settings: DialectSettings): string {
  const lax: CastMode = settings.castSuperNullOnError ? 'try' : mode;
  const text = superText(access);
  switch (typeCategory(to)) {
    case 'super':
      return superJson(access);
    case 'string':
      return fitText(scalarText(access), undefined, { id: 'varchar' }, to, mode);
    case 'boolean':
      return superToBoolean(access, lax);
    case 'decimal':
      return superToDecimal(access, to, lax);
    case 'integer':
    case 'float':
      return `${lax === 'try' ? 'TRY_CAST' : 'CAST'}(${text} AS ${duckdbType(to)})`;
    case 'unknown':
      return superJson(access);
    default:
      return textToType(text, to, lax);
  }
}

/** The number of digits that a DOUBLE keeps for certain. */
const doubleDigits = 15;

/** A decimal of more digits than a DOUBLE has is read from the value as it is written. */
function superToDecimal(access: SuperAccess, to: RedshiftType, mode: CastMode): string {
  const cast = (text: string): string => `${mode === 'try' ? 'TRY_CAST' : 'CAST'}(${text} AS ${duckdbType(to)})`;
  const text = superText(access);
  if ((to.precision ?? 18) <= doubleDigits) return cast(text);
  const long = `regexp_matches(${text}, '^.{${doubleDigits + 1}}|e')`;
  const exact = cast(`CAST(${superExact(access)} AS VARCHAR)`);
  return `CASE WHEN ${long} AND ${superKind(access)} = 'DOUBLE' THEN ${exact} ELSE ${cast(text)} END`;
}

/** Text of a scalar; an object or array has none. */
function scalarText({ base, path }: SuperAccess): string {
  return `json_extract_string(json_value(${base}, ${quoteLiteral(path ?? '$')}), '$')`;
}

/** Integers are true unless zero; other numbers are no truth values. */
function superToBoolean(access: SuperAccess, mode: CastMode): string {
  const kind = superKind(access);
  const text = superText(access);
  const integer = `WHEN ${kind} IN ('BIGINT', 'UBIGINT') THEN ${text} <> '0'`;
  const string = `WHEN ${kind} = 'VARCHAR' THEN ${textToType(text, { id: 'bool' }, mode)}`;
  return `CASE WHEN ${kind} = 'BOOLEAN' THEN ${text} = 'true' ${integer} ${string} END`;
}

/** A value as a SUPER. */
export function typeToSuper(sql: string, from: RedshiftType): string {
  switch (typeCategory(from)) {
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'object':
      return `CAST(CAST(${sql} AS VARCHAR) AS JSON)`;
    case 'float':
      return `duckshift_float_to_super(CAST(${sql} AS DOUBLE))`;
    case 'super':
      return sql;
    case 'unknown':
      return `CAST(${sql} AS JSON)`;
    default:
      return `to_json(CAST(${sql} AS VARCHAR))`;
  }
}

/**
 * `left operator right` where at least one side is a SUPER: the result is one too, NULL unless both are numbers or, for
 * `+`, strings ("Dynamic typing", "Operators and functions"). Decimals are added and multiplied exactly.
 */
export function superArithmetic(operator: string, left: SuperOperand, right: SuperOperand, zeroError: string): string {
  const sides = [left, right].map(({ sql, access, type }) => {
    const integer = access === undefined ? typeCategory(type) === 'integer' : undefined;
    const kind = access === undefined ? undefined : superKind(access);
    return {
      /** False where the declared type is no integer. */
      integer: integer === undefined ? `${kind} IN ('BIGINT', 'UBIGINT')` : integer ? undefined : false,
      number: kind === undefined ? undefined : `${kind} IN ${numberKinds}`,
      text: access === undefined ? sql : superText(access),
      exact: access === undefined ? typeToSuper(sql, type) : superExact(access),
    };
  });
  const [a, b] = sides;
  if (a === undefined || b === undefined) return 'NULL';
  const integers = sides.flatMap(({ integer }) => (typeof integer === 'string' ? [integer] : []));
  const checked = (divisor: string, result: string): string =>
    operator === '/' || operator === '%' ? `CASE WHEN ${divisor} = 0 THEN ${zeroError} ELSE ${result} END` : result;
  const typed = (type: string): [string, string] => [`CAST(${a.text} AS ${type})`, `CAST(${b.text} AS ${type})`];
  const wholeCase = (): string => {
    const [x, y] = typed('BIGINT');
    const result = checked(y, `${x} ${operator === '/' ? '//' : operator} ${y}`);
    return `WHEN ${integers.join(' AND ')} THEN CAST(CAST(${result} AS VARCHAR) AS JSON) `;
  };
  const integerCase = sides.some(({ integer }) => integer === false) ? '' : wholeCase();
  if (operator === '**') {
    const numbers = sides.flatMap(({ number }) => (number === undefined ? [] : [number]));
    const [x, y] = typed('DOUBLE');
    return `CASE ${integerCase}WHEN ${numbers.join(' AND ')} THEN to_json(${x} ** ${y}) END`;
  }
  const exactly = `duckshift_super_arithmetic(${quoteLiteral(operator)}, ${a.exact}, ${b.exact})`;
  return integerCase === '' ? exactly : `CASE ${integerCase}ELSE ${exactly} END`;
}

export interface SuperOperand {
  readonly sql: string;
  /** Set for a SUPER operand. */
  readonly access: SuperAccess | undefined;
  readonly type: RedshiftType;
}
