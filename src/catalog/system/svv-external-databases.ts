import { int4, text } from './column-types.js';
import { emptyRows } from './empty-views.js';
import type { SystemView } from './system-view.js';

const columns: SystemView['columns'] = [
  ['eskind', int4],
  ['esoptions', text],
  ['databasename', text],
  ['location', text],
  ['parameters', text],
];

export const svvExternalDatabases: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_external_databases',
  page: 'SVV_EXTERNAL_DATABASES',
  columns,
  duckdb: () => emptyRows(columns),
};
