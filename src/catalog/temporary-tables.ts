import type { CatalogSnapshot, TableEntry } from './contract.js';
import { describeTable } from './describe-columns.js';

/** The schema that temporary tables are in, for clients; DuckDB's is `temp.main`. */
export const temporarySchema = 'pg_temp';

/** Its name in the catalogs: each session has its own (PostgreSQL: "Schemas"). */
export function temporarySchemaOf(processId: number): string {
  return `${temporarySchema}_${processId}`;
}

/** Shape of a temporary table as the system views read it, for DuckDB's `from_json`. */
export const temporaryTableShape = {
  oid: 'BIGINT',
  schema_name: 'VARCHAR',
  name: 'VARCHAR',
  owner: 'VARCHAR',
  definition: 'JSON',
  columns: 'JSON',
} as const;

/** A temporary table in the form of `temporaryTableShape`; `schema` is its schema's name in the catalogs. */
export function temporaryTableRow(
  table: TableEntry,
  schema: string,
): Record<keyof typeof temporaryTableShape, unknown> {
  const { oid, name, owner } = table;
  return { oid, schema_name: schema, name, owner, definition: table, columns: describeTable(table) };
}

/** Temporary tables as the catalogs show them: in the session's own schema. */
export function inTemporarySchema(tables: Iterable<TableEntry>, schema: string): TableEntry[] {
  return Array.from(tables, (table) => ({ ...table, schema }));
}

/** The relations of a snapshot that have keys, and a session's temporary tables. */
export function tablesWithKeys(snapshot: CatalogSnapshot, temporary: readonly TableEntry[]): TableEntry[] {
  return [...snapshot.relations().filter((entry) => entry.kind === 'table'), ...temporary];
}
