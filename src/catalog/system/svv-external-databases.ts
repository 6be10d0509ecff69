import { int4, text } from './column-types.js';
import type { SystemView } from './system-view.js';

export const svvExternalDatabases: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_external_databases',
  page: 'SVV_EXTERNAL_DATABASES',
  columns: [
    ['eskind', int4],
    ['esoptions', text],
    ['databasename', text],
    ['location', text],
    ['parameters', text],
  ],
  from: [],
};
