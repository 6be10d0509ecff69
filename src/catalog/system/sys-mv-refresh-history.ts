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
    ['user_id', int4],
    ['session_id', int4],
    ['transaction_id', int8],
    ['database_name', char(128)],
    ['schema_name', char(128)],
    ['mv_id', int8],
    ['mv_name', char(128)],
    ['refresh_type', char(32)],
    ['status', text],
    ['start_time', timestamp],
    ['end_time', timestamp],
    ['duration', int8],
    ['consumer_account', char(12)],
    ['consumer_region', char(32)],
    ['consumer_namespace', char(36)],
  ],
  duckdb: (scope) =>
    `SELECT ${userId(scope, 'h.user_name')}, h.session_id, h.transaction_id, ${quoteLiteral(scope.database)}, h.schema_name, h.mv_oid, h.mv_name, h.refresh_type, h.status, ` +
    `h.start_time, h.end_time, date_diff('microsecond', h.start_time, h.end_time), NULL, NULL, NULL FROM ${hidden(scope.database, refreshHistory.name)} AS h`,
};
