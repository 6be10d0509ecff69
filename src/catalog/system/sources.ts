import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { sessionValue, sessionVariables } from '../../../sql-dialect/duckdb/session-variables.js';
import { columnDescriptionShape } from '../describe-columns.js';
import { tableKeyShape } from '../keys.js';
import { hidden } from '../physical.js';
import { userRowShape } from '../principals/users.js';
import { temporaryTableShape } from '../temporary-tables.js';
import { systemSchemas } from './system-schemas.js';
import type { SystemViewScope } from './system-view.js';

/** Name of the hidden table that lists the system views themselves, in the form of `objects`. */
export const systemObjectsTable = 'system_objects';

const shape = quoteLiteral(JSON.stringify([columnDescriptionShape]));

const lateShape = quoteLiteral(
  JSON.stringify([
    {
      view_oid: 'BIGINT',
      view_schema: 'VARCHAR',
      view_name: 'VARCHAR',
      view_owner: 'VARCHAR',
      ...columnDescriptionShape,
    },
  ]),
);
const fields = Object.keys(columnDescriptionShape)
  .map((field) => `u.c.${field} AS ${field}`)
  .join(', ');

/**
 * Relations of the database: `oid, kind, schema_name, name, owner, definition, columns, is_system`. System views have
 * kind `system_view`, PostgreSQL's own tables `system_table`.
 */
export function relationRows({ database }: SystemViewScope): string {
  return (
    'SELECT oid, kind, schema_name, name, owner, definition, columns, false AS is_system ' +
    `FROM ${hidden(database, 'objects')} WHERE schema_name IS NOT NULL ` +
    'UNION ALL SELECT oid, kind, schema_name, name, owner, definition, columns, true ' +
    `FROM ${hidden(database, systemObjectsTable)} ` +
    "UNION ALL SELECT u.t.oid, 'table', u.t.schema_name, u.t.name, u.t.owner, u.t.definition, u.t.columns, " +
    `false FROM ${temporaryRows}`
  );
}

const temporaryRows =
  `unnest(from_json(${sessionValue(sessionVariables.temporaryRelations)}, ` +
  `${quoteLiteral(JSON.stringify([temporaryTableShape]))})) AS u(t)`;

/**
 * Columns of relations, each relation's in their order: those of `relationRows` under `r_` names, and the fields of
 * `ColumnDescription`.
 */
export function columnRows(scope: SystemViewScope): string {
  return (
    `SELECT u.* EXCLUDE (c), ${fields} FROM (SELECT r.oid AS r_oid, r.kind AS r_kind, r.schema_name ` +
    'AS r_schema, r.name AS r_name, r.owner AS r_owner, ' +
    `r.is_system AS r_is_system, unnest(from_json(r.columns, ${shape})) AS c FROM (${relationRows(scope)}) AS r) AS u`
  );
}

/**
 * As `columnRows`, with the columns that late-binding views have now. PG_ATTRIBUTE does not have these: drivers add
 * them from PG_GET_LATE_BINDING_VIEW_COLS.
 */
export function columnRowsWithLateBinding(scope: SystemViewScope): string {
  return (
    `${columnRows(scope)} UNION ALL SELECT u.c.view_oid, 'late_binding_view', u.c.view_schema, ` +
    `u.c.view_name, u.c.view_owner, false, ${fields} ` +
    `FROM unnest(from_json(${sessionValue(sessionVariables.lateColumns)}, ${lateShape})) AS u(c)`
  );
}

const systemSchemaRows = systemSchemas
  .map(({ oid, name }) => `(${oid}, 'system_schema', '${name}', 'rdsdb', NULL)`)
  .join(', ');

/** Schemas: `oid, kind, name, owner, definition`; system schemas have kind `system_schema`. */
export function schemaRows({ database }: SystemViewScope): string {
  return (
    `SELECT oid, kind, name, owner, definition FROM ${hidden(database, 'objects')} WHERE schema_name IS NULL ` +
    `UNION ALL VALUES ${systemSchemaRows} ` +
    `UNION ALL SELECT DISTINCT 10002, 'system_schema', u.t.schema_name, 'rdsdb', NULL FROM ${temporaryRows}`
  );
}

const userFields = Object.keys(userRowShape)
  .map((field) =>
    field === 'valid_until' ? 'TRY_CAST(u.p.valid_until AS TIMESTAMP) AS valid_until' : `u.p.${field} AS ${field}`,
  )
  .join(', ');
const userShape = quoteLiteral(JSON.stringify([userRowShape]));

/** Users, with the fields of `UserRow`; connection_limit -1: none. */
export function userRows(_scope: SystemViewScope): string {
  return ownUsers;
}

const ownUsers =
  "SELECT 1 AS usesysid, 'rdsdb' AS usename, true AS superuser, true AS create_database, -1 " +
  'AS connection_limit, NULL::TIMESTAMP AS valid_until, ' +
  "'UNRESTRICTED' AS syslog_access " +
  `UNION ALL SELECT ${userFields} FROM unnest(from_json(${sessionValue(sessionVariables.users)}, ` +
  `${userShape})) AS u(p)`;

const keyShape = quoteLiteral(JSON.stringify([tableKeyShape]));
const keyFields = Object.keys(tableKeyShape)
  .map((field) => `u.k.${field} AS ${field}`)
  .join(', ');

/** Keys of tables, with the fields of `tableKeyShape`. */
export const keyRows = `SELECT ${keyFields} FROM unnest(from_json(${sessionValue(sessionVariables.keys)}, ${keyShape})) AS u(k)`;

/** The id of the user whose name is the expression `owner`; 100, the first user, when it is not known. */
export function userId(scope: SystemViewScope, owner: string): string {
  return `coalesce((SELECT max(u.usesysid) FROM (${userRows(scope)}) AS u WHERE u.usename = ${owner}), 100)`;
}

/** `TABLE` or `VIEW` for a relation's kind: materialized views are views to clients. */
export const tableType = (kind: string, table: string): string =>
  `CASE WHEN ${kind} IN ('table', 'system_table') THEN '${table}' ELSE 'VIEW' END`;

/** Attached databases: `oid, name`. */
export const databaseRows =
  'SELECT database_oid AS oid, database_name AS name FROM duckdb_databases() WHERE NOT internal ' +
  "AND database_name <> 'memory'";

const keyed =
  "((r.definition->>'$.attributes.distKey') IS NOT NULL " +
  "OR len(list_filter(CAST(coalesce(r.definition->'$.columns[*].distKey', '[]') AS JSON[]), " +
  "lambda k: k = 'true'::JSON)) > 0)";

/** `reldiststyle` of a table's `definition` ("PG_CLASS_INFO"): 0 EVEN, 1 KEY, 8 ALL, 9 AUTO. */
export const distStyle =
  "CASE WHEN r.definition->>'$.attributes.distStyle' = 'even' THEN 0 " +
  `WHEN r.definition->>'$.attributes.distStyle' = 'all' THEN 8 WHEN ${keyed} THEN 1 WHEN r.kind = 'table' ` +
  'THEN 9 ELSE 0 END';

/** `releffectivediststyle`: small tables of style AUTO are distributed to all nodes, 10. */
export const effectiveDistStyle = `CASE ${distStyle} WHEN 9 THEN 10 ELSE ${distStyle} END`;
