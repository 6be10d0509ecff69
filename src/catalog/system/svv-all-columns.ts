import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { int4, varchar } from './column-types.js';
import { columnRowsWithLateBinding } from './sources.js';
import type { SystemView } from './system-view.js';

export const svvAllColumns: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_all_columns',
  page: 'SVV_ALL_COLUMNS',
  columns: [
    ['database_name', varchar(128), (scope) => quoteLiteral(scope.database)],
    ['schema_name', varchar(128), 'c.r_schema'],
    ['table_name', varchar(128), 'c.r_name'],
    ['column_name', varchar(128), 'c.name'],
    ['ordinal_position', int4, 'c.ordinal'],
    ['column_default', varchar(4000), 'c.default_text'],
    ['is_nullable', varchar(3), "if(c.not_null, 'NO', 'YES')"],
    ['data_type', varchar(128), 'c.data_type'],
    ['character_maximum_length', int4, 'c.length'],
    ['numeric_precision', int4, 'c.precision'],
    ['numeric_scale', int4, 'c.scale'],
    ['remarks', varchar(256), 'c.comment'],
  ],
  from: [(scope) => `FROM (${columnRowsWithLateBinding(scope)}) AS c WHERE NOT c.r_is_system`],
};
