import { catalogOid } from './catalog-oids.js';
import { char, int4, oid } from './column-types.js';
import { keyRows, relationRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgDepend: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_depend',
  page: 'PostgreSQL: pg_depend',
  columns: [
    ['classid', oid],
    ['objid', oid],
    ['objsubid', int4],
    ['refclassid', oid],
    ['refobjid', oid],
    ['refobjsubid', int4],
    ['deptype', char(1)],
  ],
  duckdb: (scope) => {
    const [pgClass, pgRewrite, pgConstraint] = ['pg_class', 'pg_rewrite', 'pg_constraint'].map((catalog) =>
      catalogOid(scope, catalog),
    );
    const views = `(${relationRows(scope)}) AS r`;
    const isView = "r.kind NOT IN ('table', 'system_view', 'system_table')";
    return (
      // A view's rule needs what the view reads, and belongs to the view.
      `SELECT ${pgRewrite}, r.oid, 0, ${pgClass}, u.oid, 0, 'n' FROM ${views}, unnest(CAST(r.definition->'$.dependsOn' AS BIGINT[])) AS u(oid) WHERE ${isView} ` +
      `UNION ALL SELECT ${pgRewrite}, r.oid, 0, ${pgClass}, r.oid, 0, 'i' FROM ${views} WHERE ${isView} ` +
      // Keys belong to their tables, and foreign keys need the index of the key they refer to.
      `UNION ALL SELECT ${pgConstraint}, k.oid, 0, ${pgClass}, k.table_oid, u.n, 'a' FROM (${keyRows}) AS k, unnest(k.columns) AS u(n) ` +
      `UNION ALL SELECT ${pgClass}, k.index_oid, 0, ${pgConstraint}, k.oid, 0, 'i' FROM (${keyRows}) AS k WHERE k.index_oid > 0 ` +
      `UNION ALL SELECT ${pgConstraint}, k.oid, 0, ${pgClass}, k.referenced_index_oid, 0, 'n' FROM (${keyRows}) AS k WHERE k.referenced_index_oid > 0`
    );
  },
};
