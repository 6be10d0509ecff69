import type { CatalogSnapshot, TableEntry } from './contract.js';
import { sqlName } from './definition-text.js';
import { tablesWithKeys } from './temporary-tables.js';

/** A primary key, unique or foreign key constraint as the catalogs show it. Redshift records them and enforces none. */
export interface TableKey {
  readonly oid: number;
  /** The index PostgreSQL's catalogs show for a primary key or UNIQUE; 0 for a foreign key. */
  readonly indexOid: number;
  readonly name: string;
  readonly type: 'p' | 'u' | 'f';
  readonly table: TableEntry;
  /** Column numbers, from 1. */
  readonly columns: readonly number[];
  readonly columnNames: readonly string[];
  readonly referenced: TableEntry | undefined;
  readonly referencedColumns: readonly number[];
  readonly referencedNames: readonly string[];
  /** The primary key or UNIQUE that a foreign key refers to. */
  readonly referencedKey: { readonly name: string; readonly indexOid: number } | undefined;
  /** `PRIMARY KEY (id)` (pg_get_constraintdef). */
  readonly text: string;
}

/** Above the oids of any catalog's objects; each table has room for this many keys. */
const firstKeyOid = 1_000_000_000;
const keysPerTable = 100;
const firstIndexOid = 2_000_000_000;

const letters = { 'primary key': 'p', unique: 'u', 'foreign key': 'f' } as const;
const suffixes = { p: 'pkey', u: 'key', f: 'fkey' } as const;

interface Declared {
  readonly type: 'p' | 'u' | 'f';
  readonly name: string | undefined;
  readonly columns: readonly string[];
  readonly references:
    | {
        readonly table: { readonly schema?: string | undefined; readonly name: string };
        readonly columns: readonly string[];
      }
    | undefined;
}

/** The keys of a table, those declared on columns first, with the names PostgreSQL gives where none is written. */
export function tableKeys(snapshot: CatalogSnapshot, table: TableEntry): TableKey[] {
  return declaredKeys(table).map((key, index) => describeKey(snapshot, table, key, index));
}

function declaredKeys(table: TableEntry): Declared[] {
  const declared: Declared[] = table.columns.flatMap((column): Declared[] => {
    const own: Declared[] = [];
    const columns = [column.name];
    if (column.primaryKey) own.push({ type: 'p', name: undefined, columns, references: undefined });
    if (column.unique) own.push({ type: 'u', name: undefined, columns, references: undefined });
    return own;
  });
  for (const { type, name, columns, references } of table.constraints)
    declared.push({ type: letters[type], name, columns, references });
  return declared;
}

/** The keys of all tables, and of a session's temporary ones. */
export function allKeys(snapshot: CatalogSnapshot, temporary: readonly TableEntry[] = []): TableKey[] {
  return tablesWithKeys(snapshot, temporary).flatMap((table) => tableKeys(snapshot, table));
}

function describeKey(snapshot: CatalogSnapshot, table: TableEntry, key: Declared, index: number): TableKey {
  const referenced = key.references === undefined ? undefined : findTable(snapshot, table, key.references.table);
  const referencedNames = referencedColumns(key, referenced);
  return {
    oid: firstKeyOid + table.oid * keysPerTable + index,
    indexOid: key.type === 'f' ? 0 : indexOid(table, index),
    name: keyName(table, key),
    type: key.type,
    table,
    columns: positions(table, key.columns),
    columnNames: key.columns,
    referenced,
    referencedColumns: referenced === undefined ? [] : positions(referenced, referencedNames),
    referencedNames,
    referencedKey: referenced === undefined ? undefined : keyOver(referenced, referencedNames),
    text: keyText(key, referencedNames),
  };
}

function indexOid(table: TableEntry, index: number): number {
  return firstIndexOid + table.oid * keysPerTable + index;
}

function keyName(table: TableEntry, key: Declared): string {
  return key.name ?? [table.name, ...(key.type === 'p' ? [] : key.columns), suffixes[key.type]].join('_');
}

/** The primary key or UNIQUE of `table` over exactly these columns, the primary key first. */
function keyOver(table: TableEntry, columns: readonly string[]): TableKey['referencedKey'] {
  const wanted = [...columns].sort().join('\0');
  const [found] = declaredKeys(table)
    .map((key, index) => ({ key, indexOid: indexOid(table, index) }))
    .filter(({ key }) => key.type !== 'f' && [...key.columns].sort().join('\0') === wanted)
    .sort((a, b) => a.key.type.localeCompare(b.key.type));
  return found === undefined ? undefined : { name: keyName(table, found.key), indexOid: found.indexOid };
}

function findTable(
  snapshot: CatalogSnapshot,
  from: TableEntry,
  name: { readonly schema?: string | undefined; readonly name: string },
): TableEntry | undefined {
  const schemas = name.schema === undefined ? [from.schema, 'public'] : [name.schema];
  for (const schema of schemas) {
    const found = snapshot.relation(schema, name.name);
    if (found?.kind === 'table') return found;
  }
  return undefined;
}

/** Without a column list a foreign key refers to the primary key. */
function referencedColumns({ references }: Declared, referenced: TableEntry | undefined): readonly string[] {
  if (references === undefined) return [];
  if (references.columns.length > 0 || referenced === undefined) return references.columns;
  const primary = referenced.constraints.find((constraint) => constraint.type === 'primary key');
  return primary?.columns ?? referenced.columns.filter((column) => column.primaryKey).map((column) => column.name);
}

function positions(table: TableEntry, names: readonly string[]): number[] {
  return names.map((name) => table.columns.findIndex((column) => column.name === name) + 1);
}

function keyText(key: Declared, referencedNames: readonly string[]): string {
  const columns = key.columns.map(sqlName).join(', ');
  if (key.type === 'p') return `PRIMARY KEY (${columns})`;
  if (key.type === 'u') return `UNIQUE (${columns})`;
  const target = key.references?.table;
  const name =
    target === undefined
      ? ''
      : [target.schema, target.name]
          .flatMap((part) => part ?? [])
          .map(sqlName)
          .join('.');
  return `FOREIGN KEY (${columns}) REFERENCES ${name}(${referencedNames.map(sqlName).join(', ')})`;
}

/** Shape of a key as the system views read it, for DuckDB's `from_json`. */
export const tableKeyShape = {
  oid: 'BIGINT',
  index_oid: 'BIGINT',
  name: 'VARCHAR',
  type: 'VARCHAR',
  schema_name: 'VARCHAR',
  table_name: 'VARCHAR',
  table_oid: 'BIGINT',
  columns: 'SMALLINT[]',
  column_names: 'VARCHAR[]',
  referenced_oid: 'BIGINT',
  referenced_schema: 'VARCHAR',
  referenced_table: 'VARCHAR',
  referenced_columns: 'SMALLINT[]',
  referenced_names: 'VARCHAR[]',
  referenced_key: 'VARCHAR',
  referenced_index_oid: 'BIGINT',
} as const;

/** A key in the form of `tableKeyShape`. */
export function keyRow(key: TableKey): Record<keyof typeof tableKeyShape, unknown> {
  return {
    oid: key.oid,
    index_oid: key.indexOid,
    name: key.name,
    type: key.type,
    schema_name: key.table.schema,
    table_name: key.table.name,
    table_oid: key.table.oid,
    columns: key.columns,
    column_names: key.columnNames,
    referenced_oid: key.referenced?.oid ?? 0,
    referenced_schema: key.referenced?.schema ?? null,
    referenced_table: key.referenced?.name ?? null,
    referenced_columns: key.referencedColumns,
    referenced_names: key.referencedNames,
    referenced_key: key.referencedKey?.name ?? null,
    referenced_index_oid: key.referencedKey?.indexOid ?? 0,
  };
}
