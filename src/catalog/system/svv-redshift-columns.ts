import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { bool, int4, varchar } from './column-types.js';
import { columnRowsWithLateBinding } from './sources.js';
import type { SystemView } from './system-view.js';

export const svvRedshiftColumns: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_redshift_columns',
  page: 'SVV_REDSHIFT_COLUMNS',
  columns: [
    ['database_name', varchar(128)],
    ['schema_name', varchar(128)],
    ['table_name', varchar(128)],
    ['column_name', varchar(128)],
    ['ordinal_position', int4],
    ['data_type', varchar(32)],
    ['column_default', varchar(4000)],
    ['is_nullable', varchar(3)],
    ['encoding', varchar(128)],
    ['distkey', bool],
    ['sortkey', int4],
    ['column_acl', varchar(128)],
    ['remarks', varchar(256)],
  ],
  duckdb: (scope) =>
    `SELECT ${quoteLiteral(scope.database)}, c.r_schema, c.r_name, c.name, c.ordinal, c.full_type, c.default_text, if(c.not_null, 'NO', 'YES'), c.encoding, c.dist_key, ` +
    `c.sort_key, NULL, c.comment FROM (${columnRowsWithLateBinding(scope)}) AS c WHERE NOT c.r_is_system`,
};
