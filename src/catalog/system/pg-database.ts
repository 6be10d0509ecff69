import { bool, char, int4, int8, name, oid, text, textArray } from './column-types.js';
import { databaseRows } from './sources.js';
import type { SystemView } from './system-view.js';

/** The columns that Redshift has; clients that were written for newer servers name those after them. */
export const pgDatabaseColumns: SystemView['columns'] = [
  ['oid', oid, 'd.oid'],
  ['datname', name, 'd.name'],
  ['datdba', int4, '100'],
  ['encoding', int4, '6'],
  ['datistemplate', bool, 'false'],
  ['datallowconn', bool, 'true'],
  ['datlastsysoid', oid, '0'],
  ['datvacuumxid', int8, '0'],
  ['datfrozenxid', int8, '0'],
  ['dattablespace', oid, '1663'],
  ['datconnlimit', int4, '-1'],
  ['datcollate', text, "'C'"],
  ['datctype', text, "'C'"],
  ['datlocprovider', char(1), "'c'"],
  ['daticulocale', text],
  ['datconfig', textArray],
  ['datacl', textArray],
];

export const pgDatabase: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_database',
  page: 'PostgreSQL: pg_database',
  columns: [...pgDatabaseColumns, ['datminmxid', int8], ['datcollversion', text]],
  from: [`FROM (${databaseRows}) AS d`],
};
