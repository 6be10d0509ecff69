import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { int4, varchar } from './column-types.js';
import { schemaRows, userId } from './sources.js';
import type { SystemView } from './system-view.js';

export const svvRedshiftSchemas: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_redshift_schemas',
  page: 'SVV_REDSHIFT_SCHEMAS',
  columns: [
    ['database_name', varchar(128), (scope) => quoteLiteral(scope.database)],
    ['schema_name', varchar(128), 's.name'],
    ['schema_owner', int4, (scope) => userId(scope, 's.owner')],
    ['schema_type', varchar(16), "'local'"],
    ['schema_acl', varchar(128)],
    ['schema_option', varchar(128)],
  ],
  from: [(scope) => `FROM (${schemaRows(scope)}) AS s WHERE s.kind <> 'external_schema'`],
};
