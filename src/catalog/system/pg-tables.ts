import { bool, name } from './column-types.js';
import { relationRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgTables: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_tables',
  page: 'PostgreSQL: pg_tables',
  columns: [
    ['schemaname', name, 'r.schema_name'],
    ['tablename', name, 'r.name'],
    ['tableowner', name, 'r.owner'],
    ['tablespace', name],
    ['hasindexes', bool, 'false'],
    ['hasrules', bool, 'false'],
    ['hastriggers', bool, 'false'],
    ['rowsecurity', bool, 'false'],
  ],
  from: [(scope) => `FROM (${relationRows(scope)}) AS r WHERE r.kind IN ('table', 'system_table')`],
};
