import { int4, text } from './column-types.js';
import type { SystemView } from './system-view.js';

export const svvExternalColumns: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_external_columns',
  page: 'SVV_EXTERNAL_COLUMNS',
  columns: [
    ['redshift_database_name', text],
    ['schemaname', text],
    ['tablename', text],
    ['columnname', text],
    ['external_type', text],
    ['columnnum', int4],
    ['part_key', int4],
    ['is_nullable', text],
  ],
  from: [],
};
