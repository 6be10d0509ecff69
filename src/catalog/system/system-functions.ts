import { createHash } from 'node:crypto';
import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { listedFunctions } from '../../../sql-dialect/functions/listing.js';
import type { EngineConnection } from '../../engine/contract.js';
import { hidden } from '../physical.js';
import type { SystemViewScope } from './system-view.js';

/** Name of the hidden table that lists the built-in functions. */
const systemFunctionsTable = 'system_functions';

const columns = {
  oid: 'BIGINT',
  name: 'VARCHAR',
  kind: 'VARCHAR',
  argument_oids: 'BIGINT[]',
  result_oid: 'BIGINT',
  result_text: 'VARCHAR',
  volatility: 'VARCHAR',
  variadic_oid: 'BIGINT',
  defaults: 'SMALLINT',
} as const;

/**
 * List the built-in functions in a hidden table of `database`, for PG_PROC and the views over it. Written again only
 * when this version of duckshift has other functions than the previous one.
 */
export async function listSystemFunctions(connection: EngineConnection, database: string): Promise<void> {
  const rows = JSON.stringify(
    listedFunctions.map(
      (listed): Record<keyof typeof columns, unknown> => ({
        oid: listed.oid,
        name: listed.name,
        kind: listed.kind,
        argument_oids: listed.argumentOids,
        result_oid: listed.resultOid,
        result_text: listed.resultText,
        volatility: listed.volatility,
        variadic_oid: listed.variadicOid,
        defaults: listed.defaults,
      }),
    ),
  );
  const revision = createHash('sha1').update(rows).digest('hex');
  const table = hidden(database, systemFunctionsTable);
  const definitions = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
  await connection.run(`CREATE TABLE IF NOT EXISTS ${table} (${definitions.join(', ')}, revision VARCHAR)`);
  const [known] = await connection.rows(`SELECT max(revision) AS revision FROM ${table}`);
  if (known?.revision === revision) return;
  await connection.run(`DELETE FROM ${table}`);
  // One text is planned much faster than thousands of values.
  const fields = Object.keys(columns).map((name) => `u.f.${name}`);
  await connection.run(
    `INSERT INTO ${table} SELECT ${fields.join(', ')}, '${revision}' ` +
      `FROM unnest(from_json(${quoteLiteral(rows)}, '${JSON.stringify([columns])}')) AS u(f)`,
  );
}

/**
 * The built-in functions: `oid, name, kind, argument_oids, result_oid, result_text, volatility, variadic_oid,
 * defaults`.
 */
export function functionRows({ database }: SystemViewScope): string {
  return `SELECT * FROM ${hidden(database, systemFunctionsTable)}`;
}
