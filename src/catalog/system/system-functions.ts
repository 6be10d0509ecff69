import { createHash } from 'node:crypto';
import { listedFunctions } from '../../../sql-dialect/functions/listing.js';
import type { EngineConnection } from '../../engine/contract.js';
import { quoteText } from '../../engine/quote.js';
import { hidden } from '../physical.js';
import type { SystemViewScope } from './system-view.js';

/** Name of the hidden table that lists the built-in functions. */
const systemFunctionsTable = 'system_functions';

/**
 * List the built-in functions in a hidden table of `database`, for PG_PROC and what is made of it. Written again only when this version of duckshift has other functions
 * than the one before.
 */
export async function listSystemFunctions(connection: EngineConnection, database: string): Promise<void> {
  const rows = listedFunctions.map((listed) => {
    const { oid, name, kind, argumentOids, resultOid, resultText, volatility, variadicOid, defaults } = listed;
    const values = [oid, quoteText(name), `'${kind}'`, `[${argumentOids.join(', ')}]::BIGINT[]`, resultOid];
    return `(${[...values, quoteText(resultText), `'${volatility}'`, variadicOid, defaults].join(', ')})`;
  });
  const revision = createHash('sha1').update(rows.join()).digest('hex');
  const table = hidden(database, systemFunctionsTable);
  await connection.run(
    `CREATE TABLE IF NOT EXISTS ${table} (oid BIGINT, name VARCHAR, kind VARCHAR, argument_oids BIGINT[], result_oid BIGINT, ` +
      'result_text VARCHAR, volatility VARCHAR, variadic_oid BIGINT, defaults SMALLINT, revision VARCHAR)',
  );
  const [known] = await connection.rows(`SELECT max(revision) AS revision FROM ${table}`);
  if (known?.revision === revision) return;
  await connection.run(`DELETE FROM ${table}`);
  await connection.run(`INSERT INTO ${table} SELECT *, '${revision}' FROM (VALUES ${rows.join(', ')}) AS v`);
}

/** The built-in functions: `oid, name, kind, argument_oids, result_oid, result_text, volatility, variadic_oid, defaults`. */
export function functionRows({ database }: SystemViewScope): string {
  return `SELECT * FROM ${hidden(database, systemFunctionsTable)}`;
}
