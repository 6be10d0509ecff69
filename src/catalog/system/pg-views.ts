import { name, text } from './column-types.js';
import { shownDefinition } from './shown-definition.js';
import { relationRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgViews: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_views',
  page: 'PostgreSQL: pg_views',
  columns: [
    ['schemaname', name, 'r.schema_name'],
    ['viewname', name, 'r.name'],
    ['viewowner', name, 'r.owner'],
    ['definition', text, shownDefinition],
  ],
  from: [(scope) => `FROM (${relationRows(scope)}) AS r WHERE r.kind NOT IN ('table', 'system_table')`],
};
