import { bool, int4, name, oid, text, textArray, timestamp } from './column-types.js';
import { userRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgRoles: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_roles',
  page: 'PostgreSQL: pg_roles',
  columns: [
    ['rolname', name],
    ['rolsuper', bool],
    ['rolinherit', bool],
    ['rolcreaterole', bool],
    ['rolcreatedb', bool],
    ['rolcatupdate', bool],
    ['rolcanlogin', bool],
    ['rolreplication', bool],
    ['rolbypassrls', bool],
    ['rolconnlimit', int4],
    ['rolpassword', text],
    ['rolvaliduntil', timestamp],
    ['rolconfig', textArray],
    ['oid', oid],
  ],
  duckdb: (scope) =>
    "SELECT u.usename, u.superuser, true, u.superuser, u.create_database, u.superuser, true, false, false, u.connection_limit, '********', u.valid_until, NULL, u.usesysid " +
    `FROM (${userRows(scope)}) AS u`,
};
