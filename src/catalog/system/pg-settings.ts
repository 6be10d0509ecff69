import { sessionValue, sessionVariables } from '../../../sql-dialect/duckdb/session-variables.js';
import { bool, int4, text, textArray } from './column-types.js';
import type { SystemView } from './system-view.js';

export const pgSettings: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_settings',
  page: 'PostgreSQL: pg_settings',
  columns: [
    ['name', text, 'u.entry.key'],
    ['setting', text, 'u.entry.value'],
    ['unit', text],
    ['category', text, "'Session'"],
    ['short_desc', text, "''"],
    ['context', text, "'user'"],
    ['vartype', text, "'string'"],
    ['source', text, "'session'"],
    ['min_val', text],
    ['max_val', text],
    ['enumvals', textArray],
    ['boot_val', text],
    ['reset_val', text],
    ['sourcefile', text],
    ['sourceline', int4],
    ['pending_restart', bool, 'false'],
    ['extra_desc', text],
  ],
  from: [`FROM unnest(map_entries(${sessionValue(sessionVariables.settings)})) AS u(entry)`],
};
