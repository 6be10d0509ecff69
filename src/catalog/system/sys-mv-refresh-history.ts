import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { hidden } from '../physical.js';
import { refreshHistory } from '../refresh-records.js';
import { char, int4, int8, text, timestamp } from './column-types.js';
import { userId } from './sources.js';
import type { SystemView } from './system-view.js';

export const sysMvRefreshHistory: SystemView = {
  schema: 'pg_catalog',
  name: 'sys_mv_refresh_history',
  page: 'SYS_MV_REFRESH_HISTORY',
  columns: [
    ['user_id', int4, (scope) => userId(scope, 'h.user_name')],
    ['session_id', int4, 'h.session_id'],
    ['transaction_id', int8, 'h.transaction_id'],
    ['database_name', char(128), (scope) => quoteLiteral(scope.database)],
    ['schema_name', char(128), 'h.schema_name'],
    ['mv_id', int8, 'h.mv_oid'],
    ['mv_name', char(128), 'h.mv_name'],
    ['refresh_type', char(32), 'h.refresh_type'],
    ['status', text, 'h.status'],
    ['start_time', timestamp, 'h.start_time'],
    ['end_time', timestamp, 'h.end_time'],
    ['duration', int8, "date_diff('microsecond', h.start_time, h.end_time)"],
    ['consumer_account', char(12)],
    ['consumer_region', char(32)],
    ['consumer_namespace', char(36)],
  ],
  from: [(scope) => `FROM ${hidden(scope.database, refreshHistory.name)} AS h`],
};
