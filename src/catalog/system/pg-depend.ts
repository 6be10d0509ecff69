import { char, int4, oid } from './column-types.js';
import { relationRows } from './sources.js';
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
  duckdb: (scope) =>
    "SELECT 0, r.oid, 0, 0, u.oid, 0, 'n' " +
    `FROM (${relationRows(scope)}) AS r, unnest(CAST(r.definition->'$.dependsOn' AS BIGINT[])) AS u(oid) WHERE r.kind NOT IN ('table', 'system_view')`,
};
