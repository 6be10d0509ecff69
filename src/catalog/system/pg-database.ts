import { bool, char, int4, int8, name, oid, text, textArray } from './column-types.js';
import { databaseRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgDatabase: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_database',
  page: 'PostgreSQL: pg_database',
  columns: [
    ['oid', oid],
    ['datname', name],
    ['datdba', int4],
    ['encoding', int4],
    ['datistemplate', bool],
    ['datallowconn', bool],
    ['datlastsysoid', oid],
    ['datvacuumxid', int8],
    ['datfrozenxid', int8],
    ['dattablespace', oid],
    ['datconnlimit', int4],
    ['datcollate', text],
    ['datctype', text],
    ['datlocprovider', char(1)],
    ['daticulocale', text],
    ['datconfig', textArray],
    ['datacl', textArray],
  ],
  duckdb: () =>
    `SELECT d.oid, d.name, 100, 6, false, true, 0, 0, 0, 1663, -1, 'C', 'C', 'c', NULL, NULL, NULL FROM (${databaseRows}) AS d`,
};
