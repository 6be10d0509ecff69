import { catalogOid } from './catalog-oids.js';
import { int4, oid, text } from './column-types.js';
import { columnRows, relationRows, schemaRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgDescription: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_description',
  page: 'PostgreSQL: pg_description',
  columns: [
    ['objoid', oid],
    ['classoid', oid],
    ['objsubid', int4],
    ['description', text],
  ],
  duckdb: (scope) => {
    const relations = relationRows(scope);
    return (
      `SELECT r.oid, ${catalogOid(scope, 'pg_class')}, 0, r.definition->>'$.comment' FROM (${relations}) AS r WHERE r.definition->>'$.comment' IS NOT NULL ` +
      `UNION ALL SELECT c.r_oid, ${catalogOid(scope, 'pg_class')}, c.ordinal, c.comment FROM (${columnRows(scope)}) AS c WHERE c.comment IS NOT NULL ` +
      `UNION ALL SELECT s.oid, ${catalogOid(scope, 'pg_namespace')}, 0, s.definition->>'$.comment' FROM (${schemaRows(scope)}) AS s WHERE s.definition->>'$.comment' IS NOT NULL`
    );
  },
};
