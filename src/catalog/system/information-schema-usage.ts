import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { columnList } from './column-list.js';
import { keyRows, relationRows, userRows } from './sources.js';
import type { SystemView } from './system-view.js';

const view = (name: string, columns: string, duckdb: SystemView['duckdb']): SystemView => ({
  schema: 'information_schema',
  name,
  page: `PostgreSQL: information_schema.${name}`,
  columns: columnList(columns),
  duckdb,
});

/** Views of information_schema about what uses what, and about users as roles. */
export const usageViews: readonly SystemView[] = [
  view(
    'information_schema_catalog_name',
    'catalog_name varchar(128)',
    ({ database }) => `SELECT ${quoteLiteral(database)}`,
  ),
  view('enabled_roles', 'role_name varchar(128)', (scope) => `SELECT u.usename FROM (${userRows(scope)}) AS u`),
  view(
    'applicable_roles',
    'grantee varchar(128), role_name varchar(128), is_grantable varchar(3)',
    () => 'SELECT NULL, NULL, NULL WHERE false',
  ),
  view(
    'constraint_table_usage',
    'table_catalog varchar(128), table_schema varchar(128), table_name varchar(128), constraint_catalog varchar(128), constraint_schema varchar(128), constraint_name varchar(128)',
    (scope) => {
      const database = quoteLiteral(scope.database);
      return (
        `SELECT ${database}, if(k.type = 'f', k.referenced_schema, k.schema_name), if(k.type = 'f', k.referenced_table, k.table_name), ${database}, k.schema_name, k.name ` +
        `FROM (${keyRows}) AS k`
      );
    },
  ),
  view(
    'view_table_usage',
    'view_catalog varchar(128), view_schema varchar(128), view_name varchar(128), table_catalog varchar(128), table_schema varchar(128), table_name varchar(128)',
    (scope) => {
      const database = quoteLiteral(scope.database);
      const relations = relationRows(scope);
      return (
        `SELECT ${database}, v.schema_name, v.name, ${database}, t.schema_name, t.name FROM (${relations}) AS v, ` +
        `unnest(CAST(v.definition->'$.dependsOn' AS BIGINT[])) AS u(oid) JOIN (${relations}) AS t ON t.oid = u.oid WHERE v.kind NOT IN ('table', 'system_view', 'system_table')`
      );
    },
  ),
];
