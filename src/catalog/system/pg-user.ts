import { bool, int4, name, text, textArray, timestamp } from './column-types.js';
import { userRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgUser: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_user',
  page: 'PG_USER',
  columns: [
    ['usename', name],
    ['usesysid', int4],
    ['usecreatedb', bool],
    ['usesuper', bool],
    ['usecatupd', bool],
    ['passwd', text],
    ['valuntil', timestamp],
    ['useconfig', textArray],
  ],
  duckdb: (scope) =>
    `SELECT u.usename, u.usesysid, u.create_database, u.superuser, u.superuser, '********', u.valid_until, NULL FROM (${userRows(scope)}) AS u`,
};
