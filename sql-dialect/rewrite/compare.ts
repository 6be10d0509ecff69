import type { Expression } from '../ast/expression.js';
import { constantOf } from '../bind/statement-binder.js';
import { evaluateOnce, isRepeatable } from '../duckdb/evaluate-once.js';
import { quoteLiteral } from '../duckdb/quote.js';
import { grouped, unpadded } from '../duckdb/text.js';
import { isString, isSuper, isUnknown, varchar } from '../types/coercion.js';
import type { OperatorUse } from '../types/operators.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { typeCategory } from '../types/type-table.js';
import { castSql } from './cast.js';
import type { Rewriter } from './rewriter.js';
import { type SuperAccess, superAccess, superJson, superKind, superText, superToType } from './super.js';

/** One side of a comparison: an expression of the tree, or a column by its DuckDB text. */
export type Side = { readonly node: Expression } | { readonly sql: string; readonly type: RedshiftType };

function typeOfSide(rewriter: Rewriter, side: Side): RedshiftType {
  return 'node' in side ? rewriter.typeOf(side.node) : side.type;
}

function sideAs(rewriter: Rewriter, side: Side, type: RedshiftType): string {
  if ('node' in side) return rewriter.as(side.node, type);
  return castSql(side.sql, side.type, type, 'implicit', rewriter.binding.settings);
}

/** Functions whose text never ends in a blank. */
const blankFree = new Set([
  'md5',
  'sha',
  'sha1',
  'sha2',
  'func_sha1',
  'to_hex',
  'trim',
  'json_typeof',
  'current_database',
  'current_user',
]);

/** Whether a string may end in blanks, which comparisons overlook. CHAR values are kept without. */
function mayEndInBlank(rewriter: Rewriter, side: Side): boolean {
  const type = typeOfSide(rewriter, side);
  if (type.id === 'char' || type.id === 'name') return false;
  if (!isString(type)) return false;
  if (!('node' in side)) return true;
  const { node } = side;
  const constant = constantOf(node);
  if (typeof constant === 'string') return constant.endsWith(' ');
  if (node.kind === 'parenthesized') return mayEndInBlank(rewriter, { node: node.inner });
  if (node.kind === 'cast')
    return isString(rewriter.typeOf(node.operand)) && mayEndInBlank(rewriter, { node: node.operand });
  if (node.kind === 'call') {
    const bound = rewriter.binding.calls.get(node);
    if (bound === undefined) return true;
    const { name } = bound.definition;
    if (['btrim', 'rtrim'].includes(name)) return bound.args.length > 1;
    if (name === 'lower' || name === 'upper' || name === 'initcap') {
      const [arg] = bound.args;
      return arg === undefined || mayEndInBlank(rewriter, { node: arg });
    }
    return !blankFree.has(name);
  }
  return true;
}

/** A side as it is compared: brought to `type`, strings without trailing blanks. */
export function comparable(rewriter: Rewriter, side: Side, type: RedshiftType): string {
  if (!isString(type)) return grouped(sideAs(rewriter, side, type));
  if ('node' in side) {
    const constant = constantOf(side.node);
    if (typeof constant === 'string' && side.node.kind === 'string') {
      return `'${constant.replace(/ +$/, '').replaceAll("'", "''")}'`;
    }
  }
  const sql = sideAs(rewriter, side, varchar(undefined));
  if (!mayEndInBlank(rewriter, side)) return grouped(sql);
  return isRepeatable(sql) ? `(${unpadded(sql, true)})` : unpadded(sql, false);
}

/** A string or SUPER expression as GROUP BY, DISTINCT, PARTITION BY and joins tell values apart; others as they are. */
export function distinctKey(rewriter: Rewriter, side: Side): string {
  const type = typeOfSide(rewriter, side);
  if (isSuper(type)) return superDistinctKey(accessOf(rewriter, side));
  return isString(type) ? comparable(rewriter, side, type) : grouped(sideAs(rewriter, side, type));
}

/** True when values of the expression are told apart by more than their DuckDB text. */
export function needsDistinctKey(rewriter: Rewriter, side: Side): boolean {
  return isSuper(typeOfSide(rewriter, side)) || mayEndInBlank(rewriter, side);
}

/** Text that equal SUPER values share: strings without trailing blanks, numbers by value; NULL for JSON null. */
function superDistinctKey(access: SuperAccess): string {
  const text = superText(access);
  return (
    `CASE ${superKind(access)} WHEN 'VARCHAR' THEN '"' || rtrim(${text}, ' ') WHEN 'NULL' THEN NULL ` +
    `WHEN 'DOUBLE' THEN regexp_replace(CAST(CAST(${text} AS DOUBLE) AS VARCHAR), '[.]0$', '') ` +
    `ELSE CAST(json_extract(${superJson(access)}, '$') AS VARCHAR) END`
  );
}

/** `left operator right` as a condition. */
export function comparison(
  rewriter: Rewriter,
  operator: string,
  left: Side,
  right: Side,
  use: OperatorUse | undefined,
): string {
  const family = use?.family ?? 'compare';
  if (family === 'super compare') return superComparison(rewriter, operator, left, right);
  const [l, r] = [left, right].map((side, i) =>
    comparable(rewriter, side, (i === 0 ? use?.left : use?.right) ?? typeOfSide(rewriter, side)),
  );
  return `${l} ${operator} ${r}`;
}

const numberKinds = ['BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE'];
const isNumberKind = (kind: string): string => `${kind} IN (${numberKinds.map((name) => `'${name}'`).join(', ')})`;
const integerKinds = "('BIGINT', 'UBIGINT')";

/**
 * A comparison with a SUPER value goes by the value's dynamic type: equal only to what is of its kind; `<` and its kin are NULL between kinds ("Dynamic
 * typing", AWS developer guide). A JSON null counts as NULL.
 */
function superComparison(rewriter: Rewriter, operator: string, left: Side, right: Side): string {
  if (operator === '<>') return `NOT (${superComparison(rewriter, '=', left, right)})`;
  const leftSuper = isSuper(typeOfSide(rewriter, left));
  const rightSuper = isSuper(typeOfSide(rewriter, right));
  if (leftSuper && rightSuper) return superWithSuper(operator, accessOf(rewriter, left), accessOf(rewriter, right));
  const value = accessOf(rewriter, leftSuper ? left : right);
  const other = leftSuper ? right : left;
  const ordered = (a: string, b: string): string => (leftSuper ? `${a} ${operator} ${b}` : `${b} ${operator} ${a}`);
  return superWithScalar(rewriter, operator, value, other, ordered);
}

function accessOf(rewriter: Rewriter, side: Side): SuperAccess {
  return 'node' in side ? superAccess(rewriter, side.node) : { base: side.sql, path: undefined };
}

function superWithScalar(
  rewriter: Rewriter,
  operator: string,
  value: SuperAccess,
  other: Side,
  ordered: (a: string, b: string) => string,
): string {
  const type = typeOfSide(rewriter, other);
  const kind = superKind(value);
  const text = superText(value);
  const mismatch = operator === '=' ? ` WHEN ${kind} <> 'NULL' THEN false` : '';
  switch (typeCategory(type)) {
    case 'string': {
      const constant =
        operator === '=' && 'node' in other && other.node.kind === 'string' ? other.node.value : undefined;
      if (constant !== undefined) return equalsText(value, constant);
      return withOther(
        comparable(rewriter, other, type),
        (sql) => `CASE WHEN ${kind} = 'VARCHAR' THEN ${ordered(trimmed(text), sql)}${mismatch} END`,
      );
    }
    case 'integer':
      return withOther(
        comparable(rewriter, other, type),
        (sql) =>
          `CASE WHEN ${kind} IN ${integerKinds} THEN ${ordered(`CAST(${text} AS HUGEINT)`, sql)} ` +
          `WHEN ${isNumberKind(kind)} THEN ${ordered(`CAST(${text} AS DOUBLE)`, sql)}${mismatch} END`,
      );
    case 'decimal':
    case 'float':
      return withOther(
        comparable(rewriter, other, type),
        (sql) =>
          `CASE WHEN ${isNumberKind(kind)} THEN ${ordered(`CAST(${text} AS DOUBLE)`, `CAST(${sql} AS DOUBLE)`)}${mismatch} END`,
      );
    case 'boolean':
      return `CASE WHEN ${kind} = 'BOOLEAN' THEN ${ordered(`(${text} = 'true')`, comparable(rewriter, other, type))}${mismatch} END`;
    case 'unknown':
      if ('node' in other && constantOf(other.node) === null) return 'CAST(NULL AS BOOLEAN)';
      return ordered(text, `CAST(${sideAs(rewriter, other, type)} AS VARCHAR)`);
    default:
      return ordered(
        superToType(value, type, 'implicit', rewriter.binding.settings),
        comparable(rewriter, other, type),
      );
  }
}

/** `value = 'constant'` by one look at the value's JSON text, in which trailing blanks are overlooked. */
function equalsText(value: SuperAccess, constant: string): string {
  const json = JSON.stringify(constant.replace(/ +$/, '')).slice(1, -1);
  const pattern = json.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
  const text = `nullif(CAST(json_extract(${value.base}, ${quoteLiteral(value.path ?? '$')}) AS VARCHAR), 'null')`;
  return `regexp_full_match(${text}, ${quoteLiteral(`"${pattern} *"`)})`;
}

/** The scalar stands in several branches. */
function withOther(sql: string, write: (sql: string) => string): string {
  return evaluateOnce(sql, write);
}

function trimmed(text: string): string {
  return `rtrim(${text}, ' ')`;
}

function superWithSuper(operator: string, left: SuperAccess, right: SuperAccess): string {
  const [a, b] = [superKind(left), superKind(right)];
  const both = (test: (kind: string) => string): string => `${test(a)} AND ${test(b)}`;
  const branches = [
    `WHEN ${both((kind) => `${kind} = 'VARCHAR'`)} THEN ${trimmed(superText(left))} ${operator} ${trimmed(superText(right))}`,
    `WHEN ${both((kind) => `${kind} IN ${integerKinds}`)} THEN CAST(${superText(left)} AS HUGEINT) ${operator} CAST(${superText(right)} AS HUGEINT)`,
    `WHEN ${both(isNumberKind)} THEN CAST(${superText(left)} AS DOUBLE) ${operator} CAST(${superText(right)} AS DOUBLE)`,
  ];
  if (operator === '=') {
    const same = `CAST(json_extract(${superJson(left)}, '$') AS VARCHAR) = CAST(json_extract(${superJson(right)}, '$') AS VARCHAR)`;
    branches.push(`WHEN ${a} <> 'NULL' AND ${b} <> 'NULL' THEN ${same}`);
  } else {
    branches.push(
      `WHEN ${both((kind) => `${kind} = 'BOOLEAN'`)} THEN (${superText(left)} = 'true') ${operator} (${superText(right)} = 'true')`,
    );
  }
  return `CASE ${branches.join(' ')} END`;
}

/** `IS NULL` of a SUPER value: also true of JSON null. */
export function superIsNull(access: SuperAccess, negated: boolean): string {
  return `coalesce(${superKind(access)}, 'NULL') ${negated ? '<>' : '='} 'NULL'`;
}

/** True when a comparison by `use` needs more than DuckDB's own operator on the plain values. */
export function isPlainComparison(use: OperatorUse | undefined): boolean {
  if (use === undefined) return true;
  return use.family === 'compare' && !isString(use.left) && !isString(use.right) && !isUnknown(use.left);
}
