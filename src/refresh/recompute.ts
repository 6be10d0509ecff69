import type { EngineConnection } from '../engine/contract.js';
import { quoteName } from '../engine/quote.js';
import type { BackingTable } from './backing-table.js';

/** Fill an empty view with its query's rows, in the caller's transaction. */
export async function populate(connection: EngineConnection, target: BackingTable, query: string): Promise<void> {
  await connection.run(`INSERT INTO ${target.table} (${target.columns.join(', ')}) ${query}`);
}

let lastScratch = 0;

/**
 * Compute a view anew in the caller's transaction. Nothing is written when the result is what the view holds already.
 *
 * @returns true when the view changed.
 */
export async function recompute(connection: EngineConnection, target: BackingTable, query: string): Promise<boolean> {
  const scratch = `temp.main.${quoteName(`recompute_${++lastScratch}`)}`;
  await connection.run(`CREATE TEMP TABLE ${scratch} AS SELECT * FROM ${target.table} LIMIT 0`);
  await connection.run(`INSERT INTO ${scratch} (${target.columns.join(', ')}) ${query}`);
  const same = (await fingerprint(connection, scratch)) === (await fingerprint(connection, target.table));
  if (!same) {
    await connection.run(`DELETE FROM ${target.table}`);
    await connection.run(`INSERT INTO ${target.table} SELECT * FROM ${scratch}`);
  }
  await connection.run(`DROP TABLE ${scratch}`);
  return !same;
}

/** Number of rows and the sum of their hashes: equal for equal contents in any order. */
async function fingerprint(connection: EngineConnection, table: string): Promise<string> {
  const [row] = await connection.rows(
    `SELECT count(*) || ':' || coalesce(sum(hash(r)::HUGEINT), 0) AS fingerprint FROM ${table} AS r`,
  );
  return String(row?.fingerprint);
}
