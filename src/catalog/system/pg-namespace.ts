import { int4, name, oid, textArray } from './column-types.js';
import { schemaRows, userId } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgNamespace: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_namespace',
  page: 'PostgreSQL: pg_namespace',
  columns: [
    ['oid', oid, 's.oid'],
    ['nspname', name, 's.name'],
    ['nspowner', int4, (scope) => userId(scope, 's.owner')],
    ['nspacl', textArray],
  ],
  from: [(scope) => `FROM (${schemaRows(scope)}) AS s`],
};
