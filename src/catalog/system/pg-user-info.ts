import { bool, int4, name, text, textArray, timestamp } from './column-types.js';
import { userRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgUserInfo: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_user_info',
  page: 'PG_USER_INFO',
  columns: [
    ['usename', name, 'u.usename'],
    ['usesysid', int4, 'u.usesysid'],
    ['usecreatedb', bool, 'u.create_database'],
    ['usesuper', bool, 'u.superuser'],
    ['usecatupd', bool, 'u.superuser'],
    ['passwd', text, "'********'"],
    ['valuntil', timestamp, 'u.valid_until'],
    ['useconfig', textArray],
    ['useconnlimit', text, "if(u.connection_limit < 0, 'UNLIMITED', u.connection_limit::VARCHAR)"],
  ],
  from: [(scope) => `FROM (${userRows(scope)}) AS u`],
};
