import type { RedshiftType, TypeId } from './redshift-type.js';

/** What a type takes in parentheses. */
type Modifier = 'none' | 'length' | 'precision scale';

/** Groups that implicit conversion and operator lookup work with. */
export type TypeCategory =
  | 'boolean'
  | 'integer'
  | 'decimal'
  | 'float'
  | 'string'
  | 'date'
  | 'time'
  | 'interval'
  | 'super'
  | 'binary'
  | 'spatial'
  | 'object'
  | 'array'
  | 'unknown';

export interface TypeEntry {
  readonly id: TypeId;
  readonly category: TypeCategory;
  /** Name in `pg_type`, in column labels and in the Data API. */
  readonly internalName: string;
  /** Name that `format_type` prints, without modifier. */
  readonly displayName: string;
  /** OID that drivers know (AWS drivers' type tables). */
  readonly oid: number;
  /** Bytes of the fixed-length binary form, -1 for variable length. */
  readonly typlen: number;
  readonly modifier: Modifier;
  /** DuckDB type that stores it; `numeric` adds its modifier. Undefined: the engine has no such type. */
  readonly duckdb: string | undefined;
}

const rows: readonly (readonly [
  TypeId,
  TypeCategory,
  internalName: string,
  displayName: string,
  oid: number,
  typlen: number,
  Modifier,
  duckdb: string | undefined,
])[] = [
  ['bool', 'boolean', 'bool', 'boolean', 16, 1, 'none', 'BOOLEAN'],
  ['int2', 'integer', 'int2', 'smallint', 21, 2, 'none', 'SMALLINT'],
  ['int4', 'integer', 'int4', 'integer', 23, 4, 'none', 'INTEGER'],
  ['int8', 'integer', 'int8', 'bigint', 20, 8, 'none', 'BIGINT'],
  ['numeric', 'decimal', 'numeric', 'numeric', 1700, -1, 'precision scale', 'DECIMAL'],
  ['float4', 'float', 'float4', 'real', 700, 4, 'none', 'FLOAT'],
  ['float8', 'float', 'float8', 'double precision', 701, 8, 'none', 'DOUBLE'],
  ['char', 'string', 'bpchar', 'character', 1042, -1, 'length', 'VARCHAR'],
  ['varchar', 'string', 'varchar', 'character varying', 1043, -1, 'length', 'VARCHAR'],
  ['date', 'date', 'date', 'date', 1082, 4, 'none', 'DATE'],
  ['time', 'time', 'time', 'time without time zone', 1083, 8, 'none', 'TIME'],
  ['timetz', 'time', 'timetz', 'time with time zone', 1266, 12, 'none', 'TIMETZ'],
  ['timestamp', 'date', 'timestamp', 'timestamp without time zone', 1114, 8, 'none', 'TIMESTAMP'],
  ['timestamptz', 'date', 'timestamptz', 'timestamp with time zone', 1184, 8, 'none', 'TIMESTAMPTZ'],
  ['interval', 'interval', 'interval', 'interval', 1186, 12, 'none', 'INTERVAL'],
  ['intervaly2m', 'interval', 'intervaly2m', 'interval year to month', 1188, 4, 'none', 'INTERVAL'],
  ['intervald2s', 'interval', 'intervald2s', 'interval day to second', 1190, 8, 'none', 'INTERVAL'],
  ['super', 'super', 'super', 'super', 4000, -1, 'none', 'JSON'],
  ['varbyte', 'binary', 'varbyte', 'binary varying', 6551, -1, 'length', 'BLOB'],
  ['geometry', 'spatial', 'geometry', 'geometry', 3000, -1, 'none', undefined],
  ['geography', 'spatial', 'geography', 'geography', 3001, -1, 'none', undefined],
  ['hllsketch', 'spatial', 'hllsketch', 'hllsketch', 2935, -1, 'none', undefined],
  ['text', 'string', 'text', 'text', 25, -1, 'none', 'VARCHAR'],
  ['name', 'string', 'name', 'name', 19, 128, 'none', 'VARCHAR'],
  ['oid', 'object', 'oid', 'oid', 26, 4, 'none', 'BIGINT'],
  ['regclass', 'object', 'regclass', 'regclass', 2205, 4, 'none', 'BIGINT'],
  ['regtype', 'object', 'regtype', 'regtype', 2206, 4, 'none', 'BIGINT'],
  ['regproc', 'object', 'regproc', 'regproc', 24, 4, 'none', 'VARCHAR'],
  ['bool_array', 'array', '_bool', 'boolean[]', 1000, -1, 'none', 'BOOLEAN[]'],
  ['int2_array', 'array', '_int2', 'smallint[]', 1005, -1, 'none', 'SMALLINT[]'],
  ['int4_array', 'array', '_int4', 'integer[]', 1007, -1, 'none', 'INTEGER[]'],
  ['int8_array', 'array', '_int8', 'bigint[]', 1016, -1, 'none', 'BIGINT[]'],
  ['text_array', 'array', '_text', 'text[]', 1009, -1, 'none', 'VARCHAR[]'],
  ['int2vector', 'array', 'int2vector', 'int2vector', 22, -1, 'none', 'SMALLINT[]'],
  ['oidvector', 'array', 'oidvector', 'oidvector', 30, -1, 'none', 'BIGINT[]'],
  ['unknown', 'unknown', 'unknown', '"unknown"', 705, -1, 'none', 'VARCHAR'],
];

const table = new Map<TypeId, TypeEntry>(
  rows.map(([id, category, internalName, displayName, oid, typlen, modifier, duckdb]) => [
    id,
    { id, category, internalName, displayName, oid, typlen, modifier, duckdb },
  ]),
);

/** The line of the type table for `id`. */
export function typeEntry(id: TypeId): TypeEntry {
  const entry = table.get(id);
  if (entry === undefined) throw new Error(`type table lacks ${id}`);
  return entry;
}

/** Every line of the type table. */
export function typeEntries(): readonly TypeEntry[] {
  return [...table.values()];
}

export function typeCategory(type: RedshiftType): TypeCategory {
  return typeEntry(type.id).category;
}

/**
 * The type as Redshift's `format_type` prints it: `character varying(256)`, `numeric(8,2)`,
 * `timestamp without time zone`. With `modifier: false` as error messages print it: `character varying`.
 */
export function displayType(type: RedshiftType, options: { readonly modifier?: boolean } = {}): string {
  const entry = typeEntry(type.id);
  if (options.modifier === false) return entry.displayName;
  if (entry.modifier === 'length' && type.length !== undefined) return `${entry.displayName}(${type.length})`;
  if (entry.modifier === 'precision scale' && type.precision !== undefined) {
    return `${entry.displayName}(${type.precision},${type.scale ?? 0})`;
  }
  return entry.displayName;
}

/** `atttypmod` as PostgreSQL encodes it: length + 4, or ((precision << 16) | scale) + 4; -1 without modifier. */
export function typeModifier(type: RedshiftType): number {
  const entry = typeEntry(type.id);
  if (entry.modifier === 'length' && type.length !== undefined) return type.length + 4;
  if (entry.modifier === 'precision scale' && type.precision !== undefined) {
    return ((type.precision << 16) | (type.scale ?? 0)) + 4;
  }
  return -1;
}

/** The DuckDB type that holds values of `type`, e.g. `DECIMAL(8,2)`; undefined where the engine has none. */
export function duckdbType(type: RedshiftType): string | undefined {
  if (type.id === 'numeric') return `DECIMAL(${type.precision ?? 18},${type.scale ?? 0})`;
  return typeEntry(type.id).duckdb;
}

/** The type's name in `pg_type`, in labels of casts and in the Data API's `typeName`. */
export function internalTypeName(type: RedshiftType): string {
  return typeEntry(type.id).internalName;
}
