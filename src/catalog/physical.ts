import { quoteIdentifier } from '../../sql-dialect/duckdb/quote.js';
import type { OutputColumn } from '../../sql-dialect/plan.js';
import { hiddenSchema } from '../engine/engine.js';
import type { CatalogSnapshot, RelationEntry, TableColumn } from './contract.js';

/** `"database"."schema"."name"` for DuckDB. */
export function qualified(...parts: readonly string[]): string {
  return parts.map(quoteIdentifier).join('.');
}

/** The DuckDB name of an object in the hidden schema of `database`. */
export function hidden(database: string, name: string): string {
  return qualified(database, hiddenSchema, name);
}

/** DuckDB's name of a schema. */
export function physicalSchema(snapshot: CatalogSnapshot, schema: string): string {
  const entry = snapshot.schema(schema);
  return entry?.kind === 'schema' ? (entry.physicalName ?? entry.name) : schema;
}

/** DuckDB's name of the table or view that holds a relation. */
export function physicalName(entry: RelationEntry): string {
  return entry.kind === 'materialized_view' ? entry.name : (entry.physicalName ?? entry.name);
}

/** DuckDB's full name of a relation. */
export function physicalRelation(snapshot: CatalogSnapshot, entry: RelationEntry): string {
  return qualified(snapshot.database, physicalSchema(snapshot, entry.schema), physicalName(entry));
}

/** DuckDB's name of a column. */
export function physicalColumn(column: TableColumn): string {
  return column.duckdb ?? column.name;
}

/**
 * The table behind a materialized view (as Redshift names it, "Automatic query rewriting to use materialized views").
 */
export function backingTable(view: string): string {
  return `mv_tbl__${view}__0`;
}

/** The sequence behind an IDENTITY column. */
export function identitySequence(tableOid: number, ordinal: number): string {
  return `identity_${tableOid}_${ordinal}`;
}

/**
 * A DuckDB name for a new object: `wanted`, or a variant of it when a name that is the same to DuckDB (which ignores
 * case) is taken. `taken` holds lower-case names.
 */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let attempt = 2; taken.has(name.toLowerCase()); attempt++) name = `${wanted}~${attempt}`;
  return name;
}

/** Names of a schema's relations as DuckDB has them, in lower case, tables behind materialized views included. */
export function takenNames(snapshot: CatalogSnapshot, schema: string): Set<string> {
  const taken = new Set<string>();
  for (const entry of snapshot.relations()) {
    if (entry.schema !== schema) continue;
    taken.add(physicalName(entry).toLowerCase());
    if (entry.kind === 'materialized_view') taken.add(backingTable(entry.name).toLowerCase());
  }
  return taken;
}

/** DuckDB names of all schemas, in lower case. */
export function takenSchemaNames(snapshot: CatalogSnapshot): Set<string> {
  const taken = new Set([hiddenSchema]);
  for (const entry of snapshot.schemas()) taken.add(physicalSchema(snapshot, entry.name).toLowerCase());
  return taken;
}

/** DuckDB's names of a view's columns: their labels, made distinct where they differ only in case. */
export function viewColumnNames(columns: readonly OutputColumn[]): string[] {
  const taken = new Set<string>();
  return columns.map(({ label }) => {
    const name = freeName(label, taken);
    taken.add(name.toLowerCase());
    return name;
  });
}
