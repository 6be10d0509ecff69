import { char, int4, int8 } from './column-types.js';
import { materializedViewRows } from './materialized-view-rows.js';
import type { SystemView } from './system-view.js';

export const stvMvInfo: SystemView = {
  schema: 'pg_catalog',
  name: 'stv_mv_info',
  page: 'STV_MV_INFO',
  columns: [
    ['db_name', char(128)],
    ['schema', char(128)],
    ['name', char(128)],
    ['updated_upto_xid', int8],
    ['is_stale', char(1)],
    ['owner_user_name', char(128)],
    ['state', int4],
    ['autorewrite', char(1)],
    ['autorefresh', char(1)],
  ],
  duckdb: (scope) =>
    'SELECT m.database_name, m.schema_name, m.name, m.updated_upto_xid, m.is_stale, m.user_name, m.state, m.autorewrite, m.autorefresh ' +
    `FROM (${materializedViewRows(scope)}) AS m`,
};
