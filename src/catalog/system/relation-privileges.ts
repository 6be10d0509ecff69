import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { columnList } from './column-list.js';
import { columnRows, relationRows, userId } from './sources.js';
import type { SystemView, SystemViewScope } from './system-view.js';

const privileges = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'RULE', 'REFERENCES', 'TRIGGER'];

/**
 * What the owners of relations may do with them: `schema_name, name, owner, privilege`. Nothing can be granted to
 * others.
 */
function ownerRows(scope: SystemViewScope): string {
  return (
    `SELECT r.schema_name, r.name, r.owner, p.privilege FROM (${relationRows(scope)}) AS r, ` +
    `(VALUES ${privileges.map((privilege) => `('${privilege}')`).join(', ')}) AS p(privilege) WHERE NOT r.is_system`
  );
}

const svvRelationPrivileges: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_relation_privileges',
  page: 'SVV_RELATION_PRIVILEGES',
  columns: columnList(
    'namespace_name varchar(128), relation_name varchar(128), privilege_type varchar(128), identity_id int4, identity_name varchar(128), identity_type varchar(128), admin_option bool',
  ),
  duckdb: (scope) =>
    `SELECT p.schema_name, p.name, p.privilege, ${userId(scope, 'p.owner')}, p.owner, 'user', false FROM (${ownerRows(scope)}) AS p`,
};

const svvSchemaPrivileges: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_schema_privileges',
  page: 'SVV_SCHEMA_PRIVILEGES',
  columns: columnList(
    'namespace_name varchar(128), privilege_type varchar(128), identity_id int4, identity_name varchar(128), identity_type varchar(128), admin_option bool, privilege_scope varchar(128)',
  ),
  duckdb: () =>
    "SELECT 'public', p.privilege, 0, 'public', 'public', false, 'SCHEMA' FROM (VALUES ('CREATE'), ('USAGE')) AS p(privilege)",
};

const granted = (name: string): SystemView => ({
  schema: 'information_schema',
  name,
  page: `PostgreSQL: information_schema.${name}`,
  columns: columnList(
    'grantor varchar(128), grantee varchar(128), table_catalog varchar(128), table_schema varchar(128), table_name varchar(128), privilege_type varchar(128), is_grantable varchar(3), with_hierarchy varchar(3)',
  ),
  duckdb: (scope) =>
    `SELECT p.owner, p.owner, ${quoteLiteral(scope.database)}, p.schema_name, p.name, p.privilege, 'YES', 'NO' FROM (${ownerRows(scope)}) AS p`,
});

const columnPrivileges: SystemView = {
  schema: 'information_schema',
  name: 'column_privileges',
  page: 'PostgreSQL: information_schema.column_privileges',
  columns: columnList(
    'grantor varchar(128), grantee varchar(128), table_catalog varchar(128), table_schema varchar(128), table_name varchar(128), column_name varchar(128), privilege_type varchar(128), is_grantable varchar(3)',
  ),
  duckdb: (scope) =>
    `SELECT c.r_owner, c.r_owner, ${quoteLiteral(scope.database)}, c.r_schema, c.r_name, c.name, p.privilege, 'YES' FROM (${columnRows(scope)}) AS c, ` +
    "(VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('REFERENCES')) AS p(privilege) WHERE NOT c.r_is_system",
};

/** Who may do what with relations, columns and schemas. */
export const relationPrivilegeViews: readonly SystemView[] = [
  svvRelationPrivileges,
  svvSchemaPrivileges,
  columnPrivileges,
  granted('table_privileges'),
  granted('role_table_grants'),
];
