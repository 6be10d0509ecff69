import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { int4, varchar } from './column-types.js';
import { schemaRows, userId } from './sources.js';
import type { SystemView } from './system-view.js';

export const svvAllSchemas: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_all_schemas',
  page: 'SVV_ALL_SCHEMAS',
  columns: [
    ['database_name', varchar(128), (scope) => quoteLiteral(scope.database)],
    ['schema_name', varchar(128), 's.name'],
    ['schema_owner', int4, (scope) => userId(scope, 's.owner')],
    ['schema_type', varchar(128), "if(s.kind = 'external_schema', 'external', 'local')"],
    ['schema_acl', varchar(128)],
    ['source_database', varchar(128)],
    [
      'schema_option',
      varchar(256),
      "CASE WHEN s.kind = 'external_schema' THEN CAST(json_object('IAM_ROLE', s.definition->>'$.iamRole') " +
        'AS VARCHAR) END',
    ],
  ],
  from: [(scope) => `FROM (${schemaRows(scope)}) AS s`],
};
