import type { RedshiftType } from '../../sql-dialect/types/redshift-type.js';
import { duckdbType } from '../../sql-dialect/types/type-table.js';
import { DuckshiftError } from '../base/errors.js';
import type { MaterializedViewEntry } from '../catalog/contract.js';
import type { EngineConnection } from '../engine/contract.js';

/** Where a materialized view lives in DuckDB: a view of its name over the table `mv_tbl__<name>__0`. */
export interface BackingTable {
  readonly table: string;
  readonly view: string;
  /** Quoted names of the table's columns, in order. */
  readonly columns: readonly string[];
  /** The table has one more column, `refreshColumn`: the number of the refresh that added the row. */
  readonly numbered: boolean;
}

/**
 * Holds the number of the refresh that added a row. Rows of a refresh are stored together, so that DuckDB skips the
 * others by its zone maps.
 */
export const refreshColumn = 'duckshift_refresh';

/**
 * Make the table, empty, in the caller's transaction, and the view that shows `viewQuery`.
 *
 * @param types of the table's columns
 * @throws DuckshiftError 0A000 for a column type that cannot be stored
 */
export async function createBackingTable(
  connection: EngineConnection,
  target: BackingTable,
  types: readonly RedshiftType[],
  viewQuery: string,
): Promise<void> {
  const definitions = target.columns.map((column, index) => `${column} ${storedType(column, types[index])}`);
  if (target.numbered) definitions.push(`${refreshColumn} BIGINT NOT NULL`);
  await connection.run(`CREATE TABLE ${target.table} (${definitions.join(', ')})`);
  await connection.run(`CREATE VIEW ${target.view} AS ${viewQuery}`);
}

/**
 * Add the rows of `query` (DuckDB SQL) in the caller's transaction.
 *
 * @param refresh number of the refresh
 * @returns the number of rows
 */
export async function insertRows(
  connection: EngineConnection,
  target: BackingTable,
  query: string,
  refresh: number,
): Promise<number> {
  const columns = target.columns.join(', ');
  return connection.run(
    target.numbered
      ? `INSERT INTO ${target.table} (${columns}, ${refreshColumn}) SELECT *, ${refresh} FROM (${query}\n) AS rows`
      : `INSERT INTO ${target.table} (${columns}) ${query}`,
  );
}

export async function dropBackingTable(connection: EngineConnection, target: BackingTable): Promise<void> {
  await connection.run(`DROP VIEW IF EXISTS ${target.view}`);
  await connection.run(`DROP TABLE IF EXISTS ${target.table}`);
}

/** The DuckDB type that stores values of `type`. */
export function storedType(column: string, type: RedshiftType | undefined): string {
  const stored = type === undefined ? undefined : duckdbType(type);
  if (stored === undefined)
    throw new DuckshiftError('0A000', `column ${column} has a type that a materialized view cannot store`);
  return stored;
}

/** DuckDB ignores case in column names. @throws DuckshiftError 42701 when two columns have the same name. */
export function refuseDuplicateColumns(entry: MaterializedViewEntry): void {
  const seen = new Set<string>([refreshColumn]);
  for (const { label } of entry.columns) {
    const key = label.toLowerCase();
    if (seen.has(key))
      throw new DuckshiftError('42701', `column "${label}" specified more than once`, {
        hint: 'Give the columns of the view different names with AS.',
      });
    seen.add(key);
  }
}
