import { createHash } from 'node:crypto';
import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import type { EngineConnection } from '../../engine/contract.js';
import { describeOutputColumns } from '../describe-columns.js';
import { hidden } from '../physical.js';
import { systemViews } from './registry.js';
import { systemObjectsTable } from './sources.js';
import type { SystemView } from './system-view.js';
import { systemViewOids as recordedOids } from './system-view-oids.js';

/** The recorded oid of a system view: below those of users' objects. */
function recordedOid({ schema, name }: SystemView): number {
  const oid = recordedOids.get(`${schema}.${name}`);
  if (oid !== undefined) return oid;
  const next = Math.max(...recordedOids.values()) + 1;
  throw new Error(`no oid is recorded for ${schema}.${name}: the next free one is ${next}`);
}

/**
 * List the system views in a hidden table of `database`, so that the catalogs show them next to users' objects. Written
 * again only when this version of duckshift has other views than the previous one.
 */
export async function listSystemObjects(connection: EngineConnection, database: string): Promise<void> {
  const rows = systemViews.map((view) => {
    const description = `[${view.columns.map(describedColumn).join(',')}]`;
    return (
      `(${recordedOid(view)}, '${systemTables.has(view.name) ? 'system_table' : 'system_view'}', ` +
      `'${view.schema}', '${view.name}', 'rdsdb', '{}', ${quoteLiteral(description)})`
    );
  });
  const revision = createHash('sha1').update(rows.join()).digest('hex');
  const table = hidden(database, systemObjectsTable);
  await connection.run(
    `CREATE TABLE IF NOT EXISTS ${table} (oid BIGINT, kind VARCHAR, schema_name VARCHAR, name VARCHAR, ` +
      'owner VARCHAR, definition JSON, columns JSON, revision VARCHAR)',
  );
  const [known] = await connection.rows(`SELECT max(revision) AS revision FROM ${table}`);
  if (known?.revision === revision) return;
  await connection.run(`DELETE FROM ${table}`);
  await connection.run(`INSERT INTO ${table} SELECT *, '${revision}' FROM (VALUES ${rows.join(', ')}) AS v`);
}

/** What are tables in PostgreSQL's own catalog; the rest are views. */
const systemTables: ReadonlySet<string> = new Set(
  (
    'pg_aggregate pg_am pg_amop pg_amproc pg_attrdef pg_attribute pg_auth_members pg_cast pg_class pg_collation pg_constraint pg_conversion pg_database pg_db_role_setting ' +
    'pg_default_acl pg_depend pg_description pg_enum pg_event_trigger pg_extension pg_foreign_data_wrapper pg_foreign_server pg_foreign_table pg_group pg_index pg_inherits ' +
    'pg_language pg_largeobject pg_largeobject_metadata pg_listener pg_namespace pg_opclass pg_operator pg_opfamily pg_partitioned_table pg_policy pg_proc pg_publication ' +
    'pg_publication_namespace pg_publication_rel pg_range pg_rewrite pg_seclabel pg_sequence pg_shadow pg_shdepend pg_shdescription pg_statistic pg_statistic_ext ' +
    'pg_subscription pg_tablespace pg_trigger pg_ts_config pg_ts_config_map pg_ts_dict pg_ts_parser pg_ts_template pg_type pg_user_mapping'
  ).split(' '),
);

/**
 * What follows a column's number and name in its description, by type: there are thousands of columns and few types,
 * and the server is to start at once.
 */
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
  return systemViews.map((view) => ({ oid: recordedOid(view), schema: view.schema, name: view.name }));
}
