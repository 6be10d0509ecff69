import { bool, name } from './column-types.js';
import { relationRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgTables: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_tables',
  page: 'PostgreSQL: pg_tables',
  columns: [
    ['schemaname', name],
    ['tablename', name],
    ['tableowner', name],
    ['tablespace', name],
    ['hasindexes', bool],
    ['hasrules', bool],
    ['hastriggers', bool],
    ['rowsecurity', bool],
  ],
  duckdb: (scope) =>
    `SELECT r.schema_name, r.name, r.owner, NULL, false, false, false, false FROM (${relationRows(scope)}) AS r WHERE r.kind IN ('table', 'system_table')`,
};
