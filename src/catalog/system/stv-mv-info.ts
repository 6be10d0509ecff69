import { char, int4, int8 } from './column-types.js';
import { materializedViewRows } from './materialized-view-rows.js';
import type { SystemView } from './system-view.js';

export const stvMvInfo: SystemView = {
  schema: 'pg_catalog',
  name: 'stv_mv_info',
  page: 'STV_MV_INFO',
  columns: [
    ['db_name', char(128), 'm.database_name'],
    ['schema', char(128), 'm.schema_name'],
    ['name', char(128), 'm.name'],
    ['updated_upto_xid', int8, 'm.updated_upto_xid'],
    ['is_stale', char(1), 'm.is_stale'],
    ['owner_user_name', char(128), 'm.user_name'],
    ['state', int4, 'm.state'],
    ['autorewrite', char(1), 'm.autorewrite'],
    ['autorefresh', char(1), 'm.autorefresh'],
  ],
  from: [(scope) => `FROM (${materializedViewRows(scope)}) AS m`],
};
