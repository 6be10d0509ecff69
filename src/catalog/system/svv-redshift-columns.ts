import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { bool, int4, varchar } from './column-types.js';
import { columnRowsWithLateBinding } from './sources.js';
import type { SystemView } from './system-view.js';

export const svvRedshiftColumns: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_redshift_columns',
  page: 'SVV_REDSHIFT_COLUMNS',
  columns: [
    ['database_name', varchar(128), (scope) => quoteLiteral(scope.database)],
    ['schema_name', varchar(128), 'c.r_schema'],
    ['table_name', varchar(128), 'c.r_name'],
    ['column_name', varchar(128), 'c.name'],
    ['ordinal_position', int4, 'c.ordinal'],
    ['data_type', varchar(32), 'c.full_type'],
    ['column_default', varchar(4000), 'c.default_text'],
    ['is_nullable', varchar(3), "if(c.not_null, 'NO', 'YES')"],
    ['encoding', varchar(128), 'c.encoding'],
    ['distkey', bool, 'c.dist_key'],
    ['sortkey', int4, 'c.sort_key'],
    ['column_acl', varchar(128)],
    ['remarks', varchar(256), 'c.comment'],
  ],
  from: [(scope) => `FROM (${columnRowsWithLateBinding(scope)}) AS c WHERE NOT c.r_is_system`],
};
