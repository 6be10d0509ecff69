import { int2, int4, name, oid, text } from './column-types.js';
import { externalSchemaKind } from './external-schema-kind.js';
import { schemaRows, userId } from './sources.js';
import type { SystemView } from './system-view.js';

export const svvExternalSchemas: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_external_schemas',
  page: 'SVV_EXTERNAL_SCHEMAS',
  columns: [
    ['esoid', oid],
    ['eskind', int2],
    ['schemaname', name],
    ['esowner', int4],
    ['databasename', text],
    ['esoptions', text],
  ],
  duckdb: (scope) =>
    `SELECT s.oid AS esoid, ${externalSchemaKind('s.definition')} AS eskind, ` +
    `s.name AS schemaname, ${userId(scope, 's.owner')} AS esowner, '' AS databasename, ` +
    `CAST(json_object('IAM_ROLE', s.definition->>'$.iamRole') AS VARCHAR) AS esoptions ` +
    `FROM (${schemaRows(scope)}) AS s WHERE s.kind = 'external_schema'`,
};
