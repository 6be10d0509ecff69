import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { varchar } from './column-types.js';
import { keyRows, relationRows, userRows } from './sources.js';
import type { SystemView, ViewText } from './system-view.js';

const view = (name: string, columns: SystemView['columns'], from: SystemView['from']): SystemView => ({
  schema: 'information_schema',
  name,
  page: `PostgreSQL: information_schema.${name}`,
  columns,
  from,
});

const catalog: ViewText = ({ database }) => quoteLiteral(database);

/** Views of information_schema about what uses what, and about users as roles. */
export const usageViews: readonly SystemView[] = [
  view('information_schema_catalog_name', [['catalog_name', varchar(128), catalog]], ['']),
  view('enabled_roles', [['role_name', varchar(128), 'u.usename']], [(scope) => `FROM (${userRows(scope)}) AS u`]),
  view(
    'applicable_roles',
    [
      ['grantee', varchar(128)],
      ['role_name', varchar(128)],
      ['is_grantable', varchar(3)],
    ],
    [],
  ),
  view(
    'constraint_table_usage',
    [
      ['table_catalog', varchar(128), catalog],
      ['table_schema', varchar(128), "if(k.type = 'f', k.referenced_schema, k.schema_name)"],
      ['table_name', varchar(128), "if(k.type = 'f', k.referenced_table, k.table_name)"],
      ['constraint_catalog', varchar(128), catalog],
      ['constraint_schema', varchar(128), 'k.schema_name'],
      ['constraint_name', varchar(128), 'k.name'],
    ],
    [`FROM (${keyRows}) AS k`],
  ),
  view(
    'view_table_usage',
    [
      ['view_catalog', varchar(128), catalog],
      ['view_schema', varchar(128), 'v.schema_name'],
      ['view_name', varchar(128), 'v.name'],
      ['table_catalog', varchar(128), catalog],
      ['table_schema', varchar(128), 't.schema_name'],
      ['table_name', varchar(128), 't.name'],
    ],
    [
      (scope) =>
        `FROM (${relationRows(scope)}) AS v, unnest(CAST(v.definition->'$.dependsOn' AS BIGINT[])) AS u(oid) ` +
        `JOIN (${relationRows(scope)}) AS t ON t.oid = u.oid ` +
        "WHERE v.kind NOT IN ('table', 'system_view', 'system_table')",
    ],
  ),
];
