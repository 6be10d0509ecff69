import { quoteLiteral } from '../../sql-dialect/duckdb/quote.js';
import { sessionVariables } from '../../sql-dialect/duckdb/session-variables.js';
import type { Clock } from '../base/clock.js';
import type { MaterializedViewEntry } from '../catalog/contract.js';
import type { EngineConnection } from '../engine/contract.js';

/**
 * What functions such as GETDATE and CURRENT_USER return in a refresh, which has no session: DuckDB literals by
 * variable.
 */
const values: Readonly<Record<string, (database: string, entry: MaterializedViewEntry, clock: Clock) => string>> = {
  [sessionVariables.user.name]: (_database, entry) => quoteLiteral(entry.owner),
  [sessionVariables.sessionUser.name]: (_database, entry) => quoteLiteral(entry.owner),
  [sessionVariables.database.name]: (database) => quoteLiteral(database),
  [sessionVariables.searchPath.name]: (_database, entry) =>
    `[${entry.searchPath.map(quoteLiteral).join(', ')}]::VARCHAR[]`,
  [sessionVariables.clockOffset.name]: (_database, _entry, clock) =>
    `${clock.nowMicros() - BigInt(Date.now()) * 1000n}::BIGINT`,
};

/** Set the variables that the rewritten text reads. */
export async function setSessionVariables(
  connection: EngineConnection,
  duckdb: string,
  database: string,
  entry: MaterializedViewEntry,
  clock: Clock,
): Promise<void> {
  for (const [name, value] of Object.entries(values))
    if (duckdb.includes(`getvariable('${name}')`))
      await connection.run(`SET VARIABLE ${name} = ${value(database, entry, clock)}`);
}
