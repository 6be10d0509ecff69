import type { Expression } from '../ast/expression.js';
import type { DialectSettings } from '../catalog.js';
import { evaluateOnce } from '../duckdb/evaluate-once.js';
import { objectCast } from '../duckdb/object-names.js';
import { raisedErrorSql } from '../duckdb/raised-error.js';
import { isUnknown, isVector } from '../types/coercion.js';
import { textLength } from '../types/operators.js';
import type { RedshiftType, TypeId } from '../types/redshift-type.js';
import { duckdbType, typeCategory } from '../types/type-table.js';
import { fitText, textToType } from './cast-text.js';
import type { Rewriter } from './rewriter.js';
import { superAccess, superToType, typeToSuper } from './super.js';

/**
 * How a cast treats what does not fit: `implicit` and `explicit` cut strings, `assignment` refuses them, `try` gives
 * NULL for what cannot be converted (TRY_CAST).
 */
export type CastMode = 'implicit' | 'explicit' | 'assignment' | 'try';

/** The text for `node`, of type `from`, brought to `to`. */
export function castValue(
  rewriter: Rewriter,
  node: Expression,
  from: RedshiftType,
  to: RedshiftType,
  mode: CastMode,
): string {
  if (from.id === 'super' && to.id !== 'super') {
    return superToType(superAccess(rewriter, node), to, mode, rewriter.binding.settings);
  }
  return castSql(rewriter.emit(node), from, to, mode, rewriter.binding.settings);
}

/** `sql`, a DuckDB expression for a value of type `from`, brought to `to`. */
export function castSql(
  sql: string,
  from: RedshiftType,
  to: RedshiftType,
  mode: CastMode,
  settings: DialectSettings,
): string {
  if (isUnknown(to)) return sql;
  const source = typeCategory(from);
  const target = typeCategory(to);
  const named = objectCast(sql, from, to);
  if (named !== undefined) return target === 'string' ? fitText(named, undefined, from, to, mode) : named;
  if (target === 'string') return fitText(toText(sql, from, mode, settings), textLength(from), from, to, mode);
  if (source === 'super') {
    return target === 'super' ? sql : superToType({ base: sql, path: undefined }, to, mode, settings);
  }
  if (target === 'super') return typeToSuper(sql, from);
  if (source === 'string') return textToType(sql, to, mode);
  if (from.id === to.id && !changesDecimal(from, to)) {
    return to.id === 'varbyte' ? fitBytes(sql, from, to, mode) : sql;
  }
  if (target === 'binary') return fitBytes(source === 'integer' ? integerBytes(sql, from) : sql, from, to, mode);
  // DuckDB lets a float between the greatest integer and the next one wrap around: only the widest integer has no such
  // floats.
  if (source === 'float' && target === 'integer' && to.id !== 'int8')
    return plain(plain(sql, { id: 'int8' }, mode), to, mode);
  return plain(sql, to, mode);
}

function plain(sql: string, to: RedshiftType, mode: CastMode): string {
  const duckdb = duckdbType(to);
  if (duckdb === undefined) return sql;
  return `${mode === 'try' ? 'TRY_CAST' : 'CAST'}(${sql} AS ${duckdb})`;
}

/** A decimal keeps its digits and may hold them all. */
function changesDecimal(from: RedshiftType, to: RedshiftType): boolean {
  if (to.id !== 'numeric') return false;
  const [p, s] = [from.precision ?? 18, from.scale ?? 0];
  const [wide, scale] = [to.precision ?? 18, to.scale ?? 0];
  return s !== scale || wide < p;
}

/** The value as VARCHAR text, not yet cut to a length. */
export function toText(sql: string, from: RedshiftType, mode: CastMode, settings: DialectSettings): string {
  switch (typeCategory(from)) {
    case 'string':
    case 'unknown':
      return sql;
    case 'super':
      return superToType({ base: sql, path: undefined }, { id: 'varchar' }, mode, settings);
    case 'float':
      return floatText(sql, from.id === 'float4' ? 6 : 15);
    case 'interval':
      return intervalText(sql);
    case 'binary':
      return mode === 'try' ? `TRY(decode(${sql}))` : `decode(${sql})`;
    case 'boolean':
      return `CASE WHEN ${sql} THEN 'true' WHEN NOT ${sql} THEN 'false' END`;
    case 'decimal':
      return `CAST(${leadingZero(sql, from)} AS VARCHAR)`;
    case 'array':
      return isVector(from) ? `array_to_string(${sql}, ' ')` : arrayText(sql, from);
    default:
      return `CAST(${sql} AS VARCHAR)`;
  }
}

/**
 * PostgreSQL's `{a,b}`: texts in quotes where they would not read back without ("Arrays: Array Input and Output
 * Syntax").
 */
function arrayText(sql: string, from: RedshiftType): string {
  const element = 'duckshift_element';
  const plain: Partial<Record<TypeId, string>> = {
    text_array:
      `CASE WHEN ${element} = '' OR lower(${element}) = 'null' OR regexp_matches(${element}, '[{},"\\\\\\s]') ` +
      `THEN '"' || replace(replace(${element}, '\\', '\\\\'), '"', '\\"') || '"' ELSE ${element} END`,
    bool_array: `CASE WHEN ${element} THEN 't' WHEN NOT ${element} THEN 'f' END`,
  };
  const text = plain[from.id] ?? `CAST(${element} AS VARCHAR)`;
  return `'{' || array_to_string(list_transform(${sql}, lambda ${element}: coalesce(${text}, 'NULL')), ',') || '}'`;
}

/** PostgreSQL writes `mons`, and the plural for anything but one. */
function intervalText(sql: string): string {
  return `regexp_replace(replace(CAST(${sql} AS VARCHAR), 'month', 'mon'), '-1 (year|mon|day)\\b', '-1 \\1s', 'g')`;
}

/** DuckDB writes no zero before the point of a decimal that has no digits there. */
function leadingZero(sql: string, { precision, scale = 0 }: RedshiftType): string {
  return precision !== undefined && precision === scale ? `CAST(${sql} AS DECIMAL(${precision + 1}, ${scale}))` : sql;
}

/** The digits that `extra_float_digits` 0 shows. */
function floatText(sql: string, digits: number): string {
  return evaluateOnce(
    sql,
    (value) =>
      `CASE WHEN isfinite(${value}) THEN printf('%.${digits}g', CAST(${value} AS DOUBLE)) WHEN isnan(${value}) THEN 'NaN' ` +
      `WHEN ${value} > 0 THEN 'Infinity' WHEN ${value} < 0 THEN '-Infinity' END`,
  );
}

const integerWidth: Readonly<Record<string, number>> = { int2: 4, int4: 8, int8: 16 };

/** An integer's bytes, the highest first. */
function integerBytes(sql: string, from: RedshiftType): string {
  return `unhex(right(lpad(hex(CAST(${sql} AS BIGINT)), 16, '0'), ${integerWidth[from.id] ?? 16}))`;
}

function fitBytes(sql: string, from: RedshiftType, to: RedshiftType, mode: CastMode): string {
  const { length } = to;
  if (length === undefined) return sql;
  if (from.id === 'varbyte' && from.length !== undefined && from.length <= length) return sql;
  if (integerWidth[from.id] !== undefined && length >= 8) return sql;
  return evaluateOnce(sql, (value) => {
    const short = `octet_length(${value}) <= ${length}`;
    if (mode === 'assignment') {
      return `CASE WHEN ${short} THEN ${value} WHEN ${value} IS NOT NULL THEN ${raisedErrorSql('22001', 'Value too long for type varbyte')} END`;
    }
    return `CASE WHEN ${short} THEN ${value} ELSE ${value}[1:${length}] END`;
  });
}
