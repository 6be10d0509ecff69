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
    ['userid', int8],
    ['starttime', timestamp],
    ['xid', int8],
    ['event_desc', char(500)],
    ['db_name', char(128)],
    ['base_table_schema', char(128)],
    ['base_table_name', char(128)],
    ['mv_schema', char(128)],
    ['mv_name', char(128)],
    ['state', char(32)],
  ],
  duckdb: (scope) =>
    `SELECT ${userId(scope, 'e.user_name')}, e.start_time, e.transaction_id, e.event_desc, ${quoteLiteral(scope.database)}, e.base_table_schema, e.base_table_name, ` +
    `e.mv_schema, e.mv_name, e.state FROM ${hidden(scope.database, viewStateEvents.name)} AS e`,
};
