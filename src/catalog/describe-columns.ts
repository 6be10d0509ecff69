import type { OutputColumn, TableAttributes } from '../../sql-dialect/plan.js';
import type { RedshiftType } from '../../sql-dialect/types/redshift-type.js';
import { displayType, internalTypeName, typeEntry, typeModifier } from '../../sql-dialect/types/type-table.js';
import type { MaterializedViewEntry, TableColumn, TableEntry, ViewEntry } from './contract.js';

/** A column as the system views print it; stored next to the entry, so that the views need no code for it. */
export interface ColumnDescription {
  /** 1-based. */
  readonly ordinal: number;
  readonly name: string;
  /** `character varying`. */
  readonly data_type: string;
  /** `character varying(10)`. */
  readonly full_type: string;
  /** `varchar`. */
  readonly type_name: string;
  readonly type_oid: number;
  readonly type_length: number;
  readonly type_modifier: number;
  readonly length: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
  readonly not_null: boolean;
  readonly default_text: string | null;
  readonly identity: boolean;
  readonly encoding: string;
  readonly dist_key: boolean;
  /** Position in the sort key, 0 for none. */
  readonly sort_key: number;
  readonly comment: string | null;
}

/** Shape of `ColumnDescription` for DuckDB's `from_json`. */
export const columnDescriptionShape: Readonly<Record<keyof ColumnDescription, string>> = {
  ordinal: 'INTEGER',
  name: 'VARCHAR',
  data_type: 'VARCHAR',
  full_type: 'VARCHAR',
  type_name: 'VARCHAR',
  type_oid: 'BIGINT',
  type_length: 'INTEGER',
  type_modifier: 'INTEGER',
  length: 'INTEGER',
  precision: 'INTEGER',
  scale: 'INTEGER',
  not_null: 'BOOLEAN',
  default_text: 'VARCHAR',
  identity: 'BOOLEAN',
  encoding: 'VARCHAR',
  dist_key: 'BOOLEAN',
  sort_key: 'INTEGER',
  comment: 'VARCHAR',
};

/** Precision that `information_schema` gives for types without a modifier. */
const fixedPrecision: Readonly<Record<string, number>> = { int2: 16, int4: 32, int8: 64, float4: 24, float8: 53 };

/** Columns of a table, as the system views print them. */
export function describeTable(entry: TableEntry): ColumnDescription[] {
  return entry.columns.map((column, index) => tableColumn(entry, column, index));
}

/** Columns of a materialized view, keys included. */
export function describeMaterializedView(entry: MaterializedViewEntry): ColumnDescription[] {
  return describeView(entry).map((column, index) => keyed(column, entry.attributes, index));
}

/** Columns of a view. */
export function describeOutputColumns(columns: readonly OutputColumn[]): ColumnDescription[] {
  return columns.map((column, index) => ({
    ...typeDescription(column.type),
    ordinal: index + 1,
    name: column.label,
    not_null: false,
    default_text: null,
    identity: false,
    encoding: 'none',
    dist_key: false,
    sort_key: 0,
    comment: null,
  }));
}

/** Columns of a view with their comments. */
export function describeView({ columns, columnComments = {} }: ViewEntry | MaterializedViewEntry): ColumnDescription[] {
  // A column may be called like a property that every object has.
  const comments = new Map(Object.entries(columnComments));
  return describeOutputColumns(columns).map((column) => ({ ...column, comment: comments.get(column.name) ?? null }));
}

/** A column of a materialized view, which its keys name or count. */
function keyed(column: ColumnDescription, attributes: TableAttributes, index: number): ColumnDescription {
  const isKey = (key: string | number | undefined): boolean => key === column.name || key === index + 1;
  return { ...column, dist_key: isKey(attributes.distKey), sort_key: attributes.sortKey.findIndex(isKey) + 1 };
}

function tableColumn(entry: TableEntry, column: TableColumn, index: number): ColumnDescription {
  const { distKey } = entry.attributes;
  return {
    ...typeDescription(column.type),
    ordinal: index + 1,
    name: column.name,
    not_null: column.notNull,
    default_text: defaultText(column),
    identity: column.identity !== undefined,
    encoding: column.encoding ?? defaultEncoding(column),
    dist_key: column.distKey || distKey === column.name || distKey === index + 1,
    sort_key: sortKeyPosition(entry, column.name, index),
    comment: column.comment ?? null,
  };
}

function defaultText(column: TableColumn): string | null {
  const { identity } = column;
  if (identity === undefined) return column.defaultText ?? null;
  // AWS's JDBC driver recognises by these names the columns that generate their values.
  return `${identity.byDefault ? 'default_identity' : '"identity"'}(0, 0, '${identity.seed},${identity.step}'::text)`;
}

/** Encodings that ENCODE AUTO gives small tables ("Compression encodings"). */
function defaultEncoding(column: TableColumn): string {
  if (column.sortKey) return 'none';
  switch (column.type.id) {
    case 'bool':
    case 'float4':
    case 'float8':
    case 'super':
      return 'none';
    case 'varchar':
    case 'char':
    case 'varbyte':
      return 'lzo';
    default:
      return 'az64';
  }
}

/** 1-based position of a column in its table's sort key; 0 when it is not part of it. */
export function sortKeyPosition(entry: TableEntry, column: string, index: number): number {
  const keys = entry.attributes.sortKey;
  const position = keys.findIndex((key) => key === column || key === index + 1);
  if (position >= 0) return position + 1;
  return entry.columns[index]?.sortKey === true ? 1 : 0;
}

function typeDescription(type: RedshiftType) {
  const entry = typeEntry(type.id);
  return {
    data_type: displayType(type, { modifier: false }),
    full_type: displayType(type),
    type_name: internalTypeName(type),
    type_oid: entry.oid,
    type_length: entry.typlen,
    type_modifier: typeModifier(type),
    length: entry.category === 'string' ? (type.length ?? null) : null,
    precision: type.precision ?? fixedPrecision[type.id] ?? null,
    scale: type.scale ?? (entry.category === 'integer' ? 0 : null),
  };
}
