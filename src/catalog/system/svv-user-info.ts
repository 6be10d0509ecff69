import { bool, int4, timestamp, varchar } from './column-types.js';
import { userRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const svvUserInfo: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_user_info',
  page: 'SVV_USER_INFO',
  columns: [
    ['user_name', varchar(128), 'u.usename'],
    ['user_id', int4, 'u.usesysid'],
    ['createdb', bool, 'u.create_database'],
    ['superuser', bool, 'u.superuser'],
    ['catalog_update', bool, 'u.superuser'],
    ['connection_limit', varchar(32), "if(u.connection_limit < 0, 'UNLIMITED', u.connection_limit::VARCHAR)"],
    ['syslog_access', varchar(32), "if(u.superuser, 'UNRESTRICTED', u.syslog_access)"],
    ['last_ddl_timestamp', timestamp],
    ['session_timeout', int4, '0'],
    ['external_user_id', varchar(128)],
  ],
  from: [(scope) => `FROM (${userRows(scope)}) AS u`],
};
