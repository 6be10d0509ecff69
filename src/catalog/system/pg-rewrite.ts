import { bool, char, int2, name, oid, text } from './column-types.js';
import { relationRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgRewrite: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_rewrite',
  page: 'PostgreSQL: pg_rewrite',
  columns: [
    ['oid', oid, 'r.oid'],
    ['rulename', name, "'_RETURN'"],
    ['ev_class', oid, 'r.oid'],
    ['ev_attr', int2, '-1'],
    ['ev_type', char(1), "'1'"],
    ['ev_enabled', char(1), "'O'"],
    ['is_instead', bool, 'true'],
    ['ev_qual', text],
    ['ev_action', text, "r.definition->>'$.text'"],
  ],
  from: [(scope) => `FROM (${relationRows(scope)}) AS r WHERE r.kind NOT IN ('table', 'system_view', 'system_table')`],
};
