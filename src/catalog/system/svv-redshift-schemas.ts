import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { int4, varchar } from './column-types.js';
import { schemaRows, userId } from './sources.js';
import type { SystemView } from './system-view.js';

export const svvRedshiftSchemas: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_redshift_schemas',
  page: 'SVV_REDSHIFT_SCHEMAS',
  columns: [
    ['database_name', varchar(128)],
    ['schema_name', varchar(128)],
    ['schema_owner', int4],
    ['schema_type', varchar(16)],
    ['schema_acl', varchar(128)],
    ['schema_option', varchar(128)],
  ],
  duckdb: (scope) =>
    `SELECT ${quoteLiteral(scope.database)}, s.name, ${userId(scope, 's.owner')}, 'local', NULL, NULL FROM (${schemaRows(scope)}) AS s WHERE s.kind <> 'external_schema'`,
};
