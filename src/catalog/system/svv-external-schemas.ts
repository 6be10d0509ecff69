import { int2, int4, name, oid, text } from './column-types.js';
import { externalSchemaKind } from './external-schema-kind.js';
import { schemaRows, userId } from './sources.js';
import type { SystemView } from './system-view.js';

export const svvExternalSchemas: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_external_schemas',
  page: 'SVV_EXTERNAL_SCHEMAS',
  columns: [
    ['esoid', oid, 's.oid'],
    ['eskind', int2, externalSchemaKind('s.definition')],
    ['schemaname', name, 's.name'],
    ['esowner', int4, (scope) => userId(scope, 's.owner')],
    ['databasename', text, "''"],
    ['esoptions', text, "CAST(json_object('IAM_ROLE', s.definition->>'$.iamRole') AS VARCHAR)"],
  ],
  from: [(scope) => `FROM (${schemaRows(scope)}) AS s WHERE s.kind = 'external_schema'`],
};
