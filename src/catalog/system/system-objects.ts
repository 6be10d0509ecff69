import { createHash } from 'node:crypto';
import type { EngineConnection } from '../../engine/contract.js';
import { quoteText } from '../../engine/quote.js';
import { describeOutputColumns } from '../describe-columns.js';
import { hidden } from '../physical.js';
import { systemViews } from './registry.js';
import { systemObjectsTable } from './sources.js';
import type { SystemView } from './system-view.js';

/** Oids of system views: below those of users' objects. */
const firstSystemOid = 12_000;

/**
 * List the system views in a hidden table of `database`, so that the catalogs show them beside users' objects. Written again only when this version of
 * duckshift has other views than the one before.
 */
export async function listSystemObjects(connection: EngineConnection, database: string): Promise<void> {
  const rows = systemViews.map((view, index) => {
    const description = `[${view.columns.map(describedColumn).join(',')}]`;
    return `(${firstSystemOid + index}, 'system_view', '${view.schema}', '${view.name}', 'rdsdb', '{}', ${quoteText(description)})`;
  });
  const revision = createHash('sha1').update(rows.join()).digest('hex');
  const table = hidden(database, systemObjectsTable);
  await connection.run(
    `CREATE TABLE IF NOT EXISTS ${table} (oid BIGINT, kind VARCHAR, schema_name VARCHAR, name VARCHAR, owner VARCHAR, definition JSON, columns JSON, revision VARCHAR)`,
  );
  const [known] = await connection.rows(`SELECT max(revision) AS revision FROM ${table}`);
  if (known?.revision === revision) return;
  await connection.run(`DELETE FROM ${table}`);
  await connection.run(`INSERT INTO ${table} SELECT *, '${revision}' FROM (VALUES ${rows.join(', ')}) AS v`);
}

/** What follows a column's number and name in its description, by type: there are thousands of columns and few types, and the server is to start at once. */
const describedTypes = new Map<string, string>();

function describedColumn([label, type]: SystemView['columns'][number], index: number): string {
  const key = `${type.id} ${type.length} ${type.precision} ${type.scale}`;
  let rest = describedTypes.get(key);
  if (rest === undefined) {
    const [described] = describeOutputColumns([{ label, type }]);
    const { ordinal: _ordinal, name: _name, ...others } = described ?? { ordinal: 0, name: '' };
    rest = JSON.stringify(others).slice(1);
    describedTypes.set(key, rest);
  }
  return `{"ordinal":${index + 1},"name":${JSON.stringify(label)},${rest}`;
}

/** The oids by which the catalogs show the system views. */
export function systemViewOids(): { readonly oid: number; readonly schema: string; readonly name: string }[] {
  return systemViews.map(({ schema, name }, index) => ({ oid: firstSystemOid + index, schema, name }));
}
