import { int4, varchar } from './column-types.js';
import { databaseRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const svvRedshiftDatabases: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_redshift_databases',
  page: 'SVV_REDSHIFT_DATABASES',
  columns: [
    ['database_name', varchar(128), 'd.name'],
    ['database_owner', int4, '100'],
    ['database_type', varchar(32), "'local'"],
    ['database_acl', varchar(128)],
    ['database_options', varchar(128)],
    ['database_isolation_level', varchar(128), "'Snapshot Isolation'"],
  ],
  from: [`FROM (${databaseRows}) AS d`],
};
