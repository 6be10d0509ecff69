import { bool, int4, varchar } from './column-types.js';
import { relationRows, userId } from './sources.js';
import type { SystemView } from './system-view.js';

export const svvRelationPrivileges: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_relation_privileges',
  page: 'SVV_RELATION_PRIVILEGES',
  columns: [
    ['namespace_name', varchar(128)],
    ['relation_name', varchar(128)],
    ['privilege_type', varchar(128)],
    ['identity_id', int4],
    ['identity_name', varchar(128)],
    ['identity_type', varchar(128)],
    ['admin_option', bool],
  ],
  duckdb: (scope) =>
    `SELECT r.schema_name, r.name, p.privilege, ${userId(scope, 'r.owner')}, r.owner, 'user', false FROM (${relationRows(scope)}) AS r, ` +
    "(VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE'), ('RULE'), ('TRIGGER'), ('REFERENCES')) AS p(privilege) WHERE NOT r.is_system",
};
