import { varchar } from './column-types.js';
import type { SystemView } from './system-view.js';

export const svvRedshiftFunctions: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_redshift_functions',
  page: 'SVV_REDSHIFT_FUNCTIONS',
  columns: [
    ['database_name', varchar(128)],
    ['schema_name', varchar(128)],
    ['function_name', varchar(128)],
    ['function_type', varchar(128)],
    ['argument_type', varchar(512)],
    ['result_type', varchar(128)],
  ],
  from: [],
};
