import { int4, oid, text } from './column-types.js';
import { columnRows, relationRows } from './sources.js';
import type { SystemView, SystemViewScope } from './system-view.js';

/** The oid of PG_CLASS itself, the catalog that holds what is described. */
function classOid(scope: SystemViewScope): string {
  return `(SELECT min(c.oid) FROM (${relationRows(scope)}) AS c WHERE c.is_system AND c.name = 'pg_class')`;
}

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
      `SELECT r.oid, ${classOid(scope)}, 0, r.definition->>'$.comment' FROM (${relations}) AS r WHERE r.definition->>'$.comment' IS NOT NULL ` +
      `UNION ALL SELECT c.r_oid, ${classOid(scope)}, c.ordinal, c.comment FROM (${columnRows(scope)}) AS c WHERE c.comment IS NOT NULL`
    );
  },
};
