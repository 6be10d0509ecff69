import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { hidden } from '../physical.js';
import { viewStateEvents } from '../refresh-records.js';
import { char, int8, timestamp } from './column-types.js';
import { userId } from './sources.js';
import type { SystemView } from './system-view.js';

export const sysMvState: SystemView = {
  schema: 'pg_catalog',
  name: 'sys_mv_state',
  page: 'SYS_MV_STATE',
  columns: [
    ['user_id', int8],
    ['transaction_id', int8],
    ['database_name', char(128)],
    ['event_desc', char(500)],
    ['start_time', timestamp],
    ['base_table_database_name', char(128)],
    ['base_table_schema', char(128)],
    ['base_table_name', char(128)],
    ['mv_schema', char(128)],
    ['mv_name', char(128)],
    ['state', char(32)],
  ],
  duckdb: (scope) => {
    const database = quoteLiteral(scope.database);
    return (
      `SELECT ${userId(scope, 'e.user_name')}, e.transaction_id, ${database}, e.event_desc, e.start_time, ${database}, e.base_table_schema, e.base_table_name, ` +
      `e.mv_schema, e.mv_name, e.state FROM ${hidden(scope.database, viewStateEvents.name)} AS e`
    );
  },
};
