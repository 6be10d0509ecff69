import { int4, text } from './column-types.js';
import { emptyRows } from './empty-views.js';
import type { SystemView } from './system-view.js';

const columns: SystemView['columns'] = [
  ['redshift_database_name', text],
  ['schemaname', text],
  ['tablename', text],
  ['columnname', text],
  ['external_type', text],
  ['columnnum', int4],
  ['part_key', int4],
  ['is_nullable', text],
];

export const svvExternalColumns: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_external_columns',
  page: 'SVV_EXTERNAL_COLUMNS',
  columns,
  duckdb: () => emptyRows(columns),
};
