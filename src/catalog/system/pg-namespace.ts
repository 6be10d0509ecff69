import { int4, name, oid, textArray } from './column-types.js';
import { schemaRows, userId } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgNamespace: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_namespace',
  page: 'PostgreSQL: pg_namespace',
  columns: [
    ['oid', oid],
    ['nspname', name],
    ['nspowner', int4],
    ['nspacl', textArray],
  ],
  duckdb: (scope) => `SELECT s.oid, s.name, ${userId(scope, 's.owner')}, NULL FROM (${schemaRows(scope)}) AS s`,
};
