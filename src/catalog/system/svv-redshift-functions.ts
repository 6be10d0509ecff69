import { varchar } from './column-types.js';
import { emptyRows } from './empty-views.js';
import type { SystemView } from './system-view.js';

const columns: SystemView['columns'] = [
  ['database_name', varchar(128)],
  ['schema_name', varchar(128)],
  ['function_name', varchar(128)],
  ['function_type', varchar(128)],
  ['argument_type', varchar(512)],
  ['result_type', varchar(128)],
];

export const svvRedshiftFunctions: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_redshift_functions',
  page: 'SVV_REDSHIFT_FUNCTIONS',
  columns,
  duckdb: () => emptyRows(columns),
};
