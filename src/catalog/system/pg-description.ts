import { catalogOid } from './catalog-oids.js';
import { int4, oid, text } from './column-types.js';
import { columnRows, relationRows, schemaRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgDescription: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_description',
  page: 'PostgreSQL: pg_description',
  columns: [
    ['objoid', oid, 'r.oid', 'c.r_oid', 's.oid'],
    [
      'classoid',
      oid,
      (scope) => catalogOid(scope, 'pg_class'),
      (scope) => catalogOid(scope, 'pg_class'),
      (scope) => catalogOid(scope, 'pg_namespace'),
    ],
    ['objsubid', int4, '0', 'c.ordinal', '0'],
    ['description', text, "r.definition->>'$.comment'", 'c.comment', "s.definition->>'$.comment'"],
  ],
  from: [
    (scope) => `FROM (${relationRows(scope)}) AS r WHERE r.definition->>'$.comment' IS NOT NULL`,
    (scope) => `FROM (${columnRows(scope)}) AS c WHERE c.comment IS NOT NULL`,
    (scope) => `FROM (${schemaRows(scope)}) AS s WHERE s.definition->>'$.comment' IS NOT NULL`,
  ],
};
