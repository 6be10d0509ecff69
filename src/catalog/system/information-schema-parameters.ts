import { int4, varchar } from './column-types.js';
import { emptyRows } from './empty-views.js';
import type { SystemView } from './system-view.js';

export const informationSchemaParameters: SystemView = {
  schema: 'information_schema',
  name: 'parameters',
  page: 'PostgreSQL: information_schema.parameters',
  columns: [
    ['specific_catalog', varchar(128)],
    ['specific_schema', varchar(128)],
    ['specific_name', varchar(128)],
    ['ordinal_position', int4],
    ['parameter_mode', varchar(128)],
    ['parameter_name', varchar(128)],
    ['data_type', varchar(128)],
  ],
  duckdb: () => emptyRows(7),
};
