import type { EngineConnection } from '../engine/contract.js';
import { type BackingTable, insertRows } from './backing-table.js';

/**
 * Replace the rows of a view by those of its query, in the caller's transaction.
 *
 * @param query DuckDB SQL that does not read the view itself
 * @param refresh number of the refresh
 * @returns the number of rows
 */
export async function recompute(
  connection: EngineConnection,
  target: BackingTable,
  query: string,
  refresh: number,
): Promise<number> {
  await connection.run(`DELETE FROM ${target.table}`);
  return insertRows(connection, target, query, refresh);
}
