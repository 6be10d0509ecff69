import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { int4, text } from './column-types.js';
import { columnRowsWithLateBinding } from './sources.js';
import type { SystemView } from './system-view.js';

export const svvColumns: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_columns',
  page: 'SVV_COLUMNS',
  columns: [
    ['table_catalog', text],
    ['table_schema', text],
    ['table_name', text],
    ['column_name', text],
    ['ordinal_position', int4],
    ['column_default', text],
    ['is_nullable', text],
    ['data_type', text],
    ['character_maximum_length', int4],
    ['numeric_precision', int4],
    ['numeric_precision_radix', int4],
    ['numeric_scale', int4],
    ['datetime_precision', int4],
    ['interval_type', text],
    ['interval_precision', text],
    ['character_set_catalog', text],
    ['character_set_schema', text],
    ['character_set_name', text],
    ['collation_catalog', text],
    ['collation_schema', text],
    ['collation_name', text],
    ['domain_name', text],
    ['remarks', text],
  ],
  duckdb: (scope) =>
    `SELECT ${quoteLiteral(scope.database)}, c.r_schema, c.r_name, c.name, c.ordinal, c.default_text, if(c.not_null, 'NO', 'YES'), c.data_type, c.length, ` +
    "c.precision, if(c.precision IS NULL, NULL, if(c.type_name = 'numeric', 10, 2)), c.scale, if(c.type_name LIKE 'time%', 6, NULL), " +
    'NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, c.comment ' +
    `FROM (${columnRowsWithLateBinding(scope)}) AS c`,
};
