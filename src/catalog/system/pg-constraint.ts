import { bool, char, int2Array, int4, name, oid, text } from './column-types.js';
import { keyRows, schemaRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgConstraint: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_constraint',
  page: 'PostgreSQL: pg_constraint',
  columns: [
    ['oid', oid],
    ['conname', name],
    ['connamespace', oid],
    ['contype', char(1)],
    ['condeferrable', bool],
    ['condeferred', bool],
    ['convalidated', bool],
    ['conrelid', oid],
    ['contypid', oid],
    ['conindid', oid],
    ['conparentid', oid],
    ['confrelid', oid],
    ['confupdtype', char(1)],
    ['confdeltype', char(1)],
    ['confmatchtype', char(1)],
    ['conislocal', bool],
    ['coninhcount', int4],
    ['connoinherit', bool],
    ['conkey', int2Array],
    ['confkey', int2Array],
    ['conbin', text],
    ['consrc', text],
  ],
  duckdb: (scope) =>
    'SELECT k.oid, k.name, s.oid, k.type, false, false, true, k.table_oid, 0, k.index_oid, 0, k.referenced_oid, ' +
    "if(k.type = 'f', 'a', ' '), if(k.type = 'f', 'a', ' '), if(k.type = 'f', 's', ' '), true, 0, true, k.columns, if(k.type = 'f', k.referenced_columns, NULL), NULL, NULL " +
    `FROM (${keyRows}) AS k JOIN (${schemaRows(scope)}) AS s ON s.name = k.schema_name`,
};
