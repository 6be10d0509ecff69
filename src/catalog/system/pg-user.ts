import { bool, int4, name, text, textArray, timestamp } from './column-types.js';
import { userRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgUser: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_user',
  page: 'PG_USER',
  columns: [
    ['usename', name, 'u.usename'],
    ['usesysid', int4, 'u.usesysid'],
    ['usecreatedb', bool, 'u.create_database'],
    ['usesuper', bool, 'u.superuser'],
    ['usecatupd', bool, 'u.superuser'],
    ['passwd', text, "'********'"],
    ['valuntil', timestamp, 'u.valid_until'],
    ['useconfig', textArray],
    ['userepl', bool],
    ['usebypassrls', bool],
  ],
  from: [(scope) => `FROM (${userRows(scope)}) AS u`],
};
