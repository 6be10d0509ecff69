import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { bool, int4, varchar } from './column-types.js';
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
  columns: [
    ['namespace_name', varchar(128), 'p.schema_name'],
    ['relation_name', varchar(128), 'p.name'],
    ['privilege_type', varchar(128), 'p.privilege'],
    ['identity_id', int4, (scope) => userId(scope, 'p.owner')],
    ['identity_name', varchar(128), 'p.owner'],
    ['identity_type', varchar(128), "'user'"],
    ['admin_option', bool, 'false'],
  ],
  from: [(scope) => `FROM (${ownerRows(scope)}) AS p`],
};

const svvSchemaPrivileges: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_schema_privileges',
  page: 'SVV_SCHEMA_PRIVILEGES',
  columns: [
    ['namespace_name', varchar(128), "'public'"],
    ['privilege_type', varchar(128), 'p.privilege'],
    ['identity_id', int4, '0'],
    ['identity_name', varchar(128), "'public'"],
    ['identity_type', varchar(128), "'public'"],
    ['admin_option', bool, 'false'],
    ['privilege_scope', varchar(128), "'SCHEMA'"],
  ],
  from: ["FROM (VALUES ('CREATE'), ('USAGE')) AS p(privilege)"],
};

const granted = (name: string): SystemView => ({
  schema: 'information_schema',
  name,
  page: `PostgreSQL: information_schema.${name}`,
  columns: [
    ['grantor', varchar(128), 'p.owner'],
    ['grantee', varchar(128), 'p.owner'],
    ['table_catalog', varchar(128), ({ database }) => quoteLiteral(database)],
    ['table_schema', varchar(128), 'p.schema_name'],
    ['table_name', varchar(128), 'p.name'],
    ['privilege_type', varchar(128), 'p.privilege'],
    ['is_grantable', varchar(3), "'YES'"],
    ['with_hierarchy', varchar(3), "'NO'"],
  ],
  from: [(scope) => `FROM (${ownerRows(scope)}) AS p`],
});

const columnPrivileges: SystemView = {
  schema: 'information_schema',
  name: 'column_privileges',
  page: 'PostgreSQL: information_schema.column_privileges',
  columns: [
    ['grantor', varchar(128), 'c.r_owner'],
    ['grantee', varchar(128), 'c.r_owner'],
    ['table_catalog', varchar(128), (scope) => quoteLiteral(scope.database)],
    ['table_schema', varchar(128), 'c.r_schema'],
    ['table_name', varchar(128), 'c.r_name'],
    ['column_name', varchar(128), 'c.name'],
    ['privilege_type', varchar(128), 'p.privilege'],
    ['is_grantable', varchar(3), "'YES'"],
  ],
  from: [
    (scope) =>
      `FROM (${columnRows(scope)}) AS c, (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('REFERENCES')) ` +
      'AS p(privilege) WHERE NOT c.r_is_system',
  ],
};

/** Who may do what with relations, columns and schemas. */
export const relationPrivilegeViews: readonly SystemView[] = [
  svvRelationPrivileges,
  svvSchemaPrivileges,
  columnPrivileges,
  granted('table_privileges'),
  granted('role_table_grants'),
];
