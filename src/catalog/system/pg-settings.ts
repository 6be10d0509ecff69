import { sessionValue, sessionVariables } from '../../../sql-dialect/duckdb/session-variables.js';
import { bool, int4, text, textArray } from './column-types.js';
import type { SystemView } from './system-view.js';

export const pgSettings: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_settings',
  page: 'PostgreSQL: pg_settings',
  columns: [
    ['name', text],
    ['setting', text],
    ['unit', text],
    ['category', text],
    ['short_desc', text],
    ['context', text],
    ['vartype', text],
    ['source', text],
    ['min_val', text],
    ['max_val', text],
    ['enumvals', textArray],
    ['boot_val', text],
    ['reset_val', text],
    ['sourcefile', text],
    ['sourceline', int4],
    ['pending_restart', bool],
    ['extra_desc', text],
  ],
  duckdb: () =>
    "SELECT u.entry.key, u.entry.value, NULL, 'Session', '', 'user', 'string', 'session', NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL " +
    `FROM unnest(map_entries(${sessionValue(sessionVariables.settings)})) AS u(entry)`,
};
