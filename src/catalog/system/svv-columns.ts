import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { int4, text } from './column-types.js';
import { columnRowsWithLateBinding } from './sources.js';
import type { SystemView } from './system-view.js';

export const svvColumns: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_columns',
  page: 'SVV_COLUMNS',
  columns: [
    ['table_catalog', text, (scope) => quoteLiteral(scope.database)],
    ['table_schema', text, 'c.r_schema'],
    ['table_name', text, 'c.r_name'],
    ['column_name', text, 'c.name'],
    ['ordinal_position', int4, 'c.ordinal'],
    ['column_default', text, 'c.default_text'],
    ['is_nullable', text, "if(c.not_null, 'NO', 'YES')"],
    ['data_type', text, 'c.data_type'],
    ['character_maximum_length', int4, 'c.length'],
    ['numeric_precision', int4, 'c.precision'],
    ['numeric_precision_radix', int4, "if(c.precision IS NULL, NULL, if(c.type_name = 'numeric', 10, 2))"],
    ['numeric_scale', int4, 'c.scale'],
    ['datetime_precision', int4, "if(c.type_name LIKE 'time%', 6, NULL)"],
    ['interval_type', text],
    ['interval_precision', text],
    ['character_set_catalog', text],
    ['character_set_schema', text],
    ['character_set_name', text],
    ['collation_catalog', text],
    ['collation_schema', text],
    ['collation_name', text],
    ['domain_name', text],
    ['remarks', text, 'c.comment'],
  ],
  from: [(scope) => `FROM (${columnRowsWithLateBinding(scope)}) AS c`],
};
