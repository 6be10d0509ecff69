import { bool, int4, name, text, textArray, timestamp } from './column-types.js';
import { userRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgUserInfo: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_user_info',
  page: 'PG_USER_INFO',
  columns: [
    ['usename', name],
    ['usesysid', int4],
    ['usecreatedb', bool],
    ['usesuper', bool],
    ['usecatupd', bool],
    ['passwd', text],
    ['valuntil', timestamp],
    ['useconfig', textArray],
    ['useconnlimit', text],
  ],
  duckdb: (scope) =>
    "SELECT u.usename, u.usesysid, u.create_database, u.superuser, u.superuser, '********', u.valid_until, NULL, if(u.connection_limit < 0, 'UNLIMITED', u.connection_limit::VARCHAR) " +
    `FROM (${userRows(scope)}) AS u`,
};
