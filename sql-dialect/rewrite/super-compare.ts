import { constantOf } from '../bind/statement-binder.js';
import { evaluateOnce } from '../duckdb/evaluate-once.js';
import { quoteLiteral } from '../duckdb/quote.js';
import { isSuper } from '../types/coercion.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { typeCategory } from '../types/type-table.js';
import type { Rewriter } from './rewriter.js';
import { comparable, type Side, sideAs, typeOfSide } from './side.js';
import { type SuperAccess, superAccess, superExact, superKind, superText, superToType, typeToSuper } from './super.js';
import { isIntegerKind, isLongNumber, isNumberKind, superKey } from './super-key.js';

/** The place that a side of type SUPER means. */
export function accessOf(rewriter: Rewriter, side: Side): SuperAccess {
  return 'node' in side ? superAccess(rewriter, side.node) : { base: side.sql, path: undefined };
}

/** The key of any value that is compared with SUPER ones. */
export function comparedKey(rewriter: Rewriter, side: Side): string {
  const type = typeOfSide(rewriter, side);
  if (isSuper(type)) return superKey(accessOf(rewriter, side));
  const value = 'node' in side ? rewriter.as(side.node, { id: 'super' }) : typeToSuper(side.sql, type);
  return `duckshift_super_key(${value})`;
}

/**
 * A comparison with a SUPER value goes by the value's dynamic type: equal only to what is of its kind; `<` and its kin
 * are NULL between kinds ("Dynamic typing", AWS developer guide). A JSON null counts as NULL.
 */
export function superComparison(rewriter: Rewriter, operator: string, left: Side, right: Side): string {
  if (operator === '<>') return `NOT (${superComparison(rewriter, '=', left, right)})`;
  const leftSuper = isSuper(typeOfSide(rewriter, left));
  const rightSuper = isSuper(typeOfSide(rewriter, right));
  if (leftSuper && rightSuper) return superWithSuper(operator, accessOf(rewriter, left), accessOf(rewriter, right));
  const value = accessOf(rewriter, leftSuper ? left : right);
  const other = leftSuper ? right : left;
  const ordered = (a: string, b: string): string => (leftSuper ? `${a} ${operator} ${b}` : `${b} ${operator} ${a}`);
  return superWithScalar(rewriter, operator, value, other, ordered);
}

type Ordered = (value: string, other: string) => string;

function superWithScalar(
  rewriter: Rewriter,
  operator: string,
  value: SuperAccess,
  other: Side,
  ordered: Ordered,
): string {
  const type = typeOfSide(rewriter, other);
  const kind = superKind(value);
  const text = superText(value);
  const mismatch = operator === '=' ? ` WHEN ${kind} <> 'NULL' THEN false` : '';
  switch (typeCategory(type)) {
    case 'string': {
      const constant =
        operator === '=' && 'node' in other && other.node.kind === 'string' ? other.node.value : undefined;
      if (constant !== undefined && !hasControlCharacter(constant)) return equalsText(value, constant);
      // The scalar stands in several branches.
      return evaluateOnce(
        comparable(rewriter, other, type),
        (sql) => `CASE WHEN ${kind} = 'VARCHAR' THEN ${ordered(trimmed(text), sql)}${mismatch} END`,
      );
    }
    case 'integer':
    case 'decimal':
    case 'float':
      return evaluateOnce(
        comparable(rewriter, other, type),
        (sql) => `CASE ${numberBranches(value, sql, type, ordered)}${mismatch} END`,
      );
    case 'boolean':
      return `CASE WHEN ${kind} = 'BOOLEAN' THEN ${ordered(`(${text} = 'true')`, comparable(rewriter, other, type))}${mismatch} END`;
    case 'unknown':
      if ('node' in other && constantOf(other.node) === null) return 'CAST(NULL AS BOOLEAN)';
      return ordered(trimmed(text), trimmed(`CAST(${sideAs(rewriter, other, type)} AS VARCHAR)`));
    default:
      return ordered(
        superToType(value, type, 'implicit', rewriter.binding.settings),
        comparable(rewriter, other, type),
      );
  }
}

/** Exact whatever the numbers: by DOUBLE only where no two numbers of the kinds compared share one. */
function numberBranches(value: SuperAccess, sql: string, type: RedshiftType, ordered: Ordered): string {
  const kind = superKind(value);
  const text = superText(value);
  const exactly = ordered(`duckshift_compare_numbers(${superExact(value)}, CAST(${sql} AS VARCHAR))`, '0');
  const asDouble = ordered(`CAST(${text} AS DOUBLE)`, `CAST(${sql} AS DOUBLE)`);
  switch (typeCategory(type)) {
    case 'integer':
      return (
        `WHEN ${isIntegerKind(kind)} THEN ${ordered(`CAST(${text} AS HUGEINT)`, sql)} ` +
        `WHEN ${isNumberKind(kind)} THEN CASE WHEN ${isLongNumber(value)} THEN ${exactly} ELSE ${asDouble} END`
      );
    case 'decimal':
      if ((type.precision ?? 18) > 15) return `WHEN ${isNumberKind(kind)} THEN ${exactly}`;
      return `WHEN ${kind} = 'DOUBLE' AND ${isLongNumber(value)} THEN ${exactly} WHEN ${isNumberKind(kind)} THEN ${asDouble}`;
    default:
      return (
        `WHEN ${isNumberKind(kind)} AND ${isLongNumber(value)} AND isfinite(${sql}) THEN ${exactly} ` +
        `WHEN ${isNumberKind(kind)} THEN ${asDouble}`
      );
  }
}

/** DuckDB and JavaScript write these differently. */
function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => character < ' ');
}

/** `value = 'constant'` by one look at the value's JSON text, in which trailing blanks are overlooked. */
function equalsText(value: SuperAccess, constant: string): string {
  const json = JSON.stringify(constant.replace(/ +$/, '')).slice(1, -1);
  const pattern = json.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
  const text = `nullif(CAST(json_extract(${value.base}, ${quoteLiteral(value.path ?? '$')}) AS VARCHAR), 'null')`;
  return `regexp_full_match(${text}, ${quoteLiteral(`"${pattern} *"`)})`;
}

function trimmed(text: string): string {
  return `rtrim(${text}, ' ')`;
}

function superWithSuper(operator: string, left: SuperAccess, right: SuperAccess): string {
  if (operator === '=') return `(${superKey(left)}) = (${superKey(right)})`;
  const [a, b] = [superKind(left), superKind(right)];
  const both = (test: (kind: string) => string): string => `${test(a)} AND ${test(b)}`;
  const number = (type: string): string =>
    `CAST(${superText(left)} AS ${type}) ${operator} CAST(${superText(right)} AS ${type})`;
  const exactly = `duckshift_compare_numbers(${superExact(left)}, ${superExact(right)}) ${operator} 0`;
  return (
    `CASE WHEN ${both((kind) => `${kind} = 'VARCHAR'`)} THEN ${trimmed(superText(left))} ${operator} ${trimmed(superText(right))} ` +
    `WHEN ${both(isIntegerKind)} THEN ${number('HUGEINT')} ` +
    `WHEN ${both(isNumberKind)} THEN CASE WHEN ${isLongNumber(left)} OR ${isLongNumber(right)} THEN ${exactly} ELSE ${number('DOUBLE')} END ` +
    `WHEN ${both((kind) => `${kind} = 'BOOLEAN'`)} THEN (${superText(left)} = 'true') ${operator} (${superText(right)} = 'true') END`
  );
}

/** `IS NULL` of a SUPER value: also true of JSON null. */
export function superIsNull(access: SuperAccess, negated: boolean): string {
  return `coalesce(${superKind(access)}, 'NULL') ${negated ? '<>' : '='} 'NULL'`;
}
