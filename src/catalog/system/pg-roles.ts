import { bool, int4, name, oid, text, textArray, timestamp } from './column-types.js';
import { userRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgRoles: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_roles',
  page: 'PostgreSQL: pg_roles',
  columns: [
    ['rolname', name, 'u.usename'],
    ['rolsuper', bool, 'u.superuser'],
    ['rolinherit', bool, 'true'],
    ['rolcreaterole', bool, 'u.superuser'],
    ['rolcreatedb', bool, 'u.create_database'],
    ['rolcatupdate', bool, 'u.superuser'],
    ['rolcanlogin', bool, 'true'],
    ['rolreplication', bool, 'false'],
    ['rolbypassrls', bool, 'false'],
    ['rolconnlimit', int4, 'u.connection_limit'],
    ['rolpassword', text, "'********'"],
    ['rolvaliduntil', timestamp, 'u.valid_until'],
    ['rolconfig', textArray],
    ['oid', oid, 'u.usesysid'],
  ],
  from: [(scope) => `FROM (${userRows(scope)}) AS u`],
};
