import { char, int4 } from './column-types.js';
import { materializedViewRows } from './materialized-view-rows.js';
import type { SystemView } from './system-view.js';

export const svvMvInfo: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_mv_info',
  page: 'SVV_MV_INFO',
  columns: [
    ['database_name', char(128)],
    ['schema_name', char(128)],
    ['user_name', char(128)],
    ['name', char(128)],
    ['is_stale', char(1)],
    ['state', int4],
    ['autorewrite', char(1)],
    ['autorefresh', char(1)],
  ],
  duckdb: (scope) =>
    'SELECT m.database_name, m.schema_name, m.user_name, m.name, m.is_stale, m.state, m.autorewrite, m.autorefresh ' +
    `FROM (${materializedViewRows(scope)}) AS m`,
};
