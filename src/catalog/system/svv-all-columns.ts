import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { int4, varchar } from './column-types.js';
import { columnRowsWithLateBinding } from './sources.js';
import type { SystemView } from './system-view.js';

export const svvAllColumns: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_all_columns',
  page: 'SVV_ALL_COLUMNS',
  columns: [
    ['database_name', varchar(128)],
    ['schema_name', varchar(128)],
    ['table_name', varchar(128)],
    ['column_name', varchar(128)],
    ['ordinal_position', int4],
    ['column_default', varchar(4000)],
    ['is_nullable', varchar(3)],
    ['data_type', varchar(128)],
    ['character_maximum_length', int4],
    ['numeric_precision', int4],
    ['numeric_scale', int4],
    ['remarks', varchar(256)],
  ],
  duckdb: (scope) =>
    `SELECT ${quoteLiteral(scope.database)}, c.r_schema, c.r_name, c.name, c.ordinal, c.default_text, if(c.not_null, 'NO', 'YES'), c.data_type, c.length, ` +
    `c.precision, c.scale, c.comment FROM (${columnRowsWithLateBinding(scope)}) AS c WHERE NOT c.r_is_system`,
};
