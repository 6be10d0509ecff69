import { int4, text } from './column-types.js';
import { emptyRows } from './empty-views.js';
import type { SystemView } from './system-view.js';

const columns: SystemView['columns'] = [
  ['redshift_database_name', text],
  ['schemaname', text],
  ['tablename', text],
  ['tabletype', text],
  ['location', text],
  ['input_format', text],
  ['output_format', text],
  ['serialization_lib', text],
  ['serde_parameters', text],
  ['compressed', int4],
  ['parameters', text],
];

export const svvExternalTables: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_external_tables',
  page: 'SVV_EXTERNAL_TABLES',
  columns,
  duckdb: () => emptyRows(columns),
};
