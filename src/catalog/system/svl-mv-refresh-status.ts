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
    ['db_name', char(128), (scope) => quoteLiteral(scope.database)],
    ['userid', int8, (scope) => userId(scope, 'h.user_name')],
    ['schema_name', char(128), 'h.schema_name'],
    ['mv_name', char(128), 'h.mv_name'],
    ['xid', int8, 'h.transaction_id'],
    ['starttime', timestamp, 'h.start_time'],
    ['endtime', timestamp, 'h.end_time'],
    ['status', text, 'h.status'],
    ['refresh_type', char(32), 'h.refresh_type'],
    ['consumer_account', char(12)],
    ['consumer_region', char(32)],
    ['consumer_namespace', char(36)],
  ],
  from: [(scope) => `FROM ${hidden(scope.database, refreshHistory.name)} AS h`],
};
