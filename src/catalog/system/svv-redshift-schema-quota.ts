import { int4, varchar } from './column-types.js';
import type { SystemView } from './system-view.js';

export const svvRedshiftSchemaQuota: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_redshift_schema_quota',
  page: 'SVV_REDSHIFT_SCHEMA_QUOTA',
  columns: [
    ['database_name', varchar(128)],
    ['schema_name', varchar(128)],
    ['schema_owner', int4],
    ['quota', int4],
    ['disk_usage', int4],
  ],
  from: [],
};
