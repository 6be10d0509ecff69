import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { hidden } from '../physical.js';
import { refreshHistory } from '../refresh-records.js';
import { char, int8, text, timestamp } from './column-types.js';
import { userId } from './sources.js';
import type { SystemView } from './system-view.js';

export const svlMvRefreshStatus: SystemView = {
  schema: 'pg_catalog',
  name: 'svl_mv_refresh_status',
  page: 'SVL_MV_REFRESH_STATUS',
  columns: [
    ['db_name', char(128)],
    ['userid', int8],
    ['schema_name', char(128)],
    ['mv_name', char(128)],
    ['xid', int8],
    ['starttime', timestamp],
    ['endtime', timestamp],
    ['status', text],
    ['refresh_type', char(32)],
    ['consumer_account', char(12)],
    ['consumer_region', char(32)],
    ['consumer_namespace', char(36)],
  ],
  duckdb: (scope) =>
    `SELECT ${quoteLiteral(scope.database)}, ${userId(scope, 'h.user_name')}, h.schema_name, h.mv_name, h.transaction_id, h.start_time, h.end_time, h.status, h.refresh_type, ` +
    `NULL, NULL, NULL FROM ${hidden(scope.database, refreshHistory.name)} AS h`,
};
