import { bool, char, int2, name, oid, text } from './column-types.js';
import { relationRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgRewrite: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_rewrite',
  page: 'PostgreSQL: pg_rewrite',
  columns: [
    ['oid', oid],
    ['rulename', name],
    ['ev_class', oid],
    ['ev_attr', int2],
    ['ev_type', char(1)],
    ['ev_enabled', char(1)],
    ['is_instead', bool],
    ['ev_qual', text],
    ['ev_action', text],
  ],
  duckdb: (scope) =>
    `SELECT r.oid, '_RETURN', r.oid, -1, '1', 'O', true, NULL, r.definition->>'$.text' FROM (${relationRows(scope)}) AS r WHERE r.kind NOT IN ('table', 'system_view', 'system_table')`,
};
