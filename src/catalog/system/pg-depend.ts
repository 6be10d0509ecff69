import { catalogOid } from './catalog-oids.js';
import { char, int4, oid } from './column-types.js';
import { keyRows, relationRows } from './sources.js';
import type { SystemView, SystemViewScope, ViewText } from './system-view.js';

const inCatalog =
  (name: string): ViewText =>
  (scope) =>
    catalogOid(scope, name);
const [pgClass, pgRewrite, pgConstraint] = [inCatalog('pg_class'), inCatalog('pg_rewrite'), inCatalog('pg_constraint')];
const views = (scope: SystemViewScope, further = ''): string =>
  `FROM (${relationRows(scope)}) AS r${further} WHERE r.kind NOT IN ('table', 'system_view', 'system_table')`;

/**
 * A view's rule needs what the view reads, and belongs to the view. Keys belong to their tables, and foreign keys need
 * the index of the key they refer to.
 */
export const pgDepend: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_depend',
  page: 'PostgreSQL: pg_depend',
  columns: [
    ['classid', oid, pgRewrite, pgRewrite, pgConstraint, pgClass, pgConstraint],
    ['objid', oid, 'r.oid', 'r.oid', 'k.oid', 'k.index_oid', 'k.oid'],
    ['objsubid', int4, '0', '0', '0', '0', '0'],
    ['refclassid', oid, pgClass, pgClass, pgClass, pgConstraint, pgClass],
    ['refobjid', oid, 'u.oid', 'r.oid', 'k.table_oid', 'k.oid', 'k.referenced_index_oid'],
    ['refobjsubid', int4, '0', '0', 'u.n', '0', '0'],
    ['deptype', char(1), "'n'", "'i'", "'a'", "'i'", "'n'"],
  ],
  from: [
    (scope) => views(scope, ", unnest(CAST(r.definition->'$.dependsOn' AS BIGINT[])) AS u(oid)"),
    (scope) => views(scope),
    `FROM (${keyRows}) AS k, unnest(k.columns) AS u(n)`,
    `FROM (${keyRows}) AS k WHERE k.index_oid > 0`,
    `FROM (${keyRows}) AS k WHERE k.referenced_index_oid > 0`,
  ],
};
