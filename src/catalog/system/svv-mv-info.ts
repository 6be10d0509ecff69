import { char, int4 } from './column-types.js';
import { materializedViewRows } from './materialized-view-rows.js';
import type { SystemView } from './system-view.js';

export const svvMvInfo: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_mv_info',
  page: 'SVV_MV_INFO',
  columns: [
    ['database_name', char(128), 'm.database_name'],
    ['schema_name', char(128), 'm.schema_name'],
    ['user_name', char(128), 'm.user_name'],
    ['name', char(128), 'm.name'],
    ['is_stale', char(1), 'm.is_stale'],
    ['state', int4, 'm.state'],
    ['autorewrite', char(1), 'm.autorewrite'],
    ['autorefresh', char(1), 'm.autorefresh'],
  ],
  from: [(scope) => `FROM (${materializedViewRows(scope)}) AS m`],
};
