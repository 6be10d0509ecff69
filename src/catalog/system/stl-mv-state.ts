import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { hidden } from '../physical.js';
import { viewStateEvents } from '../refresh-records.js';
import { char, int8, timestamp } from './column-types.js';
import { userId } from './sources.js';
import type { SystemView } from './system-view.js';

export const stlMvState: SystemView = {
  schema: 'pg_catalog',
  name: 'stl_mv_state',
  page: 'STL_MV_STATE',
  columns: [
    ['userid', int8, (scope) => userId(scope, 'e.user_name')],
    ['starttime', timestamp, 'e.start_time'],
    ['xid', int8, 'e.transaction_id'],
    ['event_desc', char(500), 'e.event_desc'],
    ['db_name', char(128), (scope) => quoteLiteral(scope.database)],
    ['base_table_schema', char(128), 'e.base_table_schema'],
    ['base_table_name', char(128), 'e.base_table_name'],
    ['mv_schema', char(128), 'e.mv_schema'],
    ['mv_name', char(128), 'e.mv_name'],
    ['state', char(32), 'e.state'],
  ],
  from: [(scope) => `FROM ${hidden(scope.database, viewStateEvents.name)} AS e`],
};
