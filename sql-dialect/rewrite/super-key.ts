import { type SuperAccess, superExact, superKind, superText } from './super.js';

/** Words of DuckDB for numbers. An integer too large for UBIGINT is a DOUBLE to it. */
const numberKinds = "('BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE')";

export function isNumberKind(kind: string): string {
  return `${kind} IN ${numberKinds}`;
}

export function isIntegerKind(kind: string): string {
  return `${kind} IN ('BIGINT', 'UBIGINT')`;
}

/**
 * True of a number that may be more than its DOUBLE tells: DuckDB reads what is not an integer as DOUBLE, which keeps
 * 15 digits for certain.
 */
export function isLongNumber(access: SuperAccess): string {
  const text = access.path === undefined ? `lower(CAST(${access.base} AS VARCHAR))` : superText(access);
  return `(strlen(${text}) > 15 OR contains(${text}, 'e'))`;
}

/**
 * A text that two SUPER values share if and only if they are equal, NULL for JSON null: what `=`, IN, GROUP BY,
 * DISTINCT, PARTITION BY and set operations compare. It is `equalityKey` of src/json/json-key.ts, without a call of it
 * for strings, booleans and short numbers.
 */
export function superKey(access: SuperAccess): string {
  if (!isColumn(access.base)) return `duckshift_super_key(${superExact(access)})`;
  const text = superText(access);
  const exact = `duckshift_super_key(${superExact(access)})`;
  return (
    `CASE ${superKind(access)} WHEN 'VARCHAR' THEN '"' || rtrim(${text}, ' ') WHEN 'BIGINT' THEN ${text} ` +
    `WHEN 'BOOLEAN' THEN ${text} WHEN 'NULL' THEN NULL WHEN 'UBIGINT' THEN ${text} ` +
    `WHEN 'DOUBLE' THEN CASE WHEN ${isLongNumber(access)} THEN ${exact} ` +
    `WHEN suffix(${text}, '.0') THEN CAST(CAST(CAST(${text} AS DOUBLE) AS BIGINT) AS VARCHAR) ELSE ${text} END ` +
    `ELSE ${exact} END`
  );
}

/** What is read from a row, as against what is made for each use of it. */
function isColumn(sql: string): boolean {
  return /^"(?:[^"]|"")*"(?:\."(?:[^"]|"")*")*$/.test(sql);
}

/**
 * Keys by which SUPER values sort: booleans, numbers, strings, arrays, objects ("Dynamic typing"). A JSON null counts
 * as NULL.
 */
export function superSortKeys(access: SuperAccess): string[] {
  const kind = superKind(access);
  const text = superText(access);
  const rank =
    `CASE ${kind} WHEN 'BOOLEAN' THEN 1 WHEN 'BIGINT' THEN 2 WHEN 'UBIGINT' THEN 2 WHEN 'DOUBLE' THEN 2 WHEN 'HUGEINT' THEN 2 ` +
    `WHEN 'VARCHAR' THEN 3 WHEN 'ARRAY' THEN 4 WHEN 'OBJECT' THEN 5 END`;
  const number = `CASE WHEN ${isNumberKind(kind)} THEN CAST(${text} AS DOUBLE) END`;
  const tie =
    `CASE WHEN ${kind} = 'VARCHAR' THEN rtrim(${text}, ' ') WHEN ${kind} = 'BOOLEAN' THEN ${text} ` +
    `WHEN ${isNumberKind(kind)} AND NOT ${isLongNumber(access)} THEN '1' ` +
    `WHEN ${kind} <> 'NULL' THEN duckshift_super_tie(${superExact(access)}) END`;
  return [rank, number, tie];
}
