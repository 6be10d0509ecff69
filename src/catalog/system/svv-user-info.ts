import { bool, int4, timestamp, varchar } from './column-types.js';
import { userRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const svvUserInfo: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_user_info',
  page: 'SVV_USER_INFO',
  columns: [
    ['user_name', varchar(128)],
    ['user_id', int4],
    ['createdb', bool],
    ['superuser', bool],
    ['catalog_update', bool],
    ['connection_limit', varchar(32)],
    ['syslog_access', varchar(32)],
    ['last_ddl_timestamp', timestamp],
    ['session_timeout', int4],
    ['external_user_id', varchar(128)],
  ],
  duckdb: (scope) =>
    "SELECT u.usename, u.usesysid, u.create_database, u.superuser, u.superuser, if(u.connection_limit < 0, 'UNLIMITED', u.connection_limit::VARCHAR), " +
    `if(u.superuser, 'UNRESTRICTED', u.syslog_access), NULL, 0, NULL FROM (${userRows(scope)}) AS u`,
};
