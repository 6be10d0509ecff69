import { duckdbType } from '../../sql-dialect/types/type-table.js';
import type { MaterializedViewEntry } from '../catalog/contract.js';
import { backingTable, qualified } from '../catalog/physical.js';
import type { EngineConnection } from '../engine/contract.js';
import { quoteName } from '../engine/quote.js';
import { DuckshiftError } from '../errors.js';

/** Where a materialized view lives in DuckDB: a view of its name over the table `mv_tbl__<name>__0`. */
export interface BackingTable {
  readonly table: string;
  readonly view: string;
  /** Quoted names of the columns, in order. */
  readonly columns: readonly string[];
}

export function backingTableOf(database: string, physicalSchema: string, entry: MaterializedViewEntry): BackingTable {
  return {
    table: qualified(database, physicalSchema, backingTable(entry.name)),
    view: qualified(database, physicalSchema, entry.name),
    columns: entry.columns.map((column) => quoteName(column.label)),
  };
}

/**
 * Make the table and the view, empty, in the caller's transaction.
 *
 * @throws DuckshiftError 42701 when two columns have the same name, 0A000 for a column type that cannot be stored.
 */
export async function createBackingTable(
  connection: EngineConnection,
  target: BackingTable,
  entry: MaterializedViewEntry,
): Promise<void> {
  refuseDuplicates(entry);
  const definitions = target.columns.map((column, index) => `${column} ${storedType(entry, index)}`);
  await connection.run(`CREATE TABLE ${target.table} (${definitions.join(', ')})`);
  await connection.run(`CREATE VIEW ${target.view} AS SELECT ${target.columns.join(', ')} FROM ${target.table}`);
}

export async function dropBackingTable(connection: EngineConnection, target: BackingTable): Promise<void> {
  await connection.run(`DROP VIEW IF EXISTS ${target.view}`);
  await connection.run(`DROP TABLE IF EXISTS ${target.table}`);
}

/** The DuckDB type of column `index`. */
export function storedType(entry: MaterializedViewEntry, index: number): string {
  const column = entry.columns[index];
  const type = column === undefined ? undefined : duckdbType(column.type);
  if (type === undefined)
    throw new DuckshiftError('0A000', `column "${column?.label}" has a type that a materialized view cannot store`);
  return type;
}

/** DuckDB ignores case in column names. */
function refuseDuplicates(entry: MaterializedViewEntry): void {
  const seen = new Set<string>();
  for (const { label } of entry.columns) {
    const key = label.toLowerCase();
    if (seen.has(key))
      throw new DuckshiftError('42701', `column "${label}" specified more than once`, {
        hint: 'Give the columns of the view different names with AS.',
      });
    seen.add(key);
  }
}
