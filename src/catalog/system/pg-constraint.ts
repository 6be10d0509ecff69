import { bool, char, int2Array, int4, int8Array, name, oid, text } from './column-types.js';
import { keyRows, schemaRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgConstraint: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_constraint',
  page: 'PostgreSQL: pg_constraint',
  columns: [
    ['oid', oid, 'k.oid'],
    ['conname', name, 'k.name'],
    ['connamespace', oid, 's.oid'],
    ['contype', char(1), 'k.type'],
    ['condeferrable', bool, 'false'],
    ['condeferred', bool, 'false'],
    ['convalidated', bool, 'true'],
    ['conrelid', oid, 'k.table_oid'],
    ['contypid', oid, '0'],
    ['conindid', oid, 'k.index_oid'],
    ['conparentid', oid, '0'],
    ['confrelid', oid, 'k.referenced_oid'],
    ['confupdtype', char(1), "if(k.type = 'f', 'a', ' ')"],
    ['confdeltype', char(1), "if(k.type = 'f', 'a', ' ')"],
    ['confmatchtype', char(1), "if(k.type = 'f', 's', ' ')"],
    ['conislocal', bool, 'true'],
    ['coninhcount', int4, '0'],
    ['connoinherit', bool, 'true'],
    ['conkey', int2Array, 'k.columns'],
    ['confkey', int2Array, "if(k.type = 'f', k.referenced_columns, NULL)"],
    ['conbin', text],
    ['consrc', text],
    ['conpfeqop', int8Array],
    ['conppeqop', int8Array],
    ['conffeqop', int8Array],
    ['confdelsetcols', int2Array],
    ['conexclop', int8Array],
  ],
  from: [(scope) => `FROM (${keyRows}) AS k JOIN (${schemaRows(scope)}) AS s ON s.name = k.schema_name`],
};
