import { int4, text } from './column-types.js';
import type { SystemView } from './system-view.js';

export const svvExternalTables: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_external_tables',
  page: 'SVV_EXTERNAL_TABLES',
  columns: [
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
  ],
  from: [],
};
