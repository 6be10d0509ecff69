import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { columnList } from './column-list.js';
import { runningText } from './query-history.js';
import { keyRows, relationRows, userId } from './sources.js';
import { sessionRows } from './stv-sessions.js';
import type { SystemView, SystemViewScope } from './system-view.js';

const view = (name: string, columns: string, duckdb: SystemView['duckdb']): SystemView => ({
  schema: 'pg_catalog',
  name,
  page: `PostgreSQL: ${name}`,
  columns: columnList(columns),
  duckdb,
});

const tableColumns =
  'relid oid, schemaname name, relname name, seq_scan int8, seq_tup_read int8, idx_scan int8, idx_tup_fetch int8, n_tup_ins int8, n_tup_upd int8, n_tup_del int8, ' +
  'n_live_tup int8, n_dead_tup int8, last_vacuum timestamp, last_autovacuum timestamp, last_analyze timestamp, last_autoanalyze timestamp';
const tableBlocks =
  'relid oid, schemaname name, relname name, heap_blks_read int8, heap_blks_hit int8, idx_blks_read int8, idx_blks_hit int8';
const indexColumns =
  'relid oid, indexrelid oid, schemaname name, relname name, indexrelname name, idx_scan int8, idx_tup_read int8, idx_tup_fetch int8';

/** Tables with counters, which nothing counts. `count` is the number of counters. */
function tables(scope: SystemViewScope, count: number, times: number): string {
  const counters = [...Array<string>(count).fill('0'), ...Array<string>(times).fill('NULL')];
  return `SELECT r.oid, r.schema_name, r.name, ${counters.join(', ')} FROM (${relationRows(scope)}) AS r WHERE r.kind IN ('table', 'materialized_view')`;
}

const indexes = `SELECT k.table_oid, k.index_oid, k.schema_name, k.table_name, k.name, 0, 0, 0 FROM (${keyRows}) AS k WHERE k.index_oid > 0`;

/** The statistics views of PostgreSQL that clients list objects with. */
export const statisticsViews: readonly SystemView[] = [
  view(
    'pg_stat_activity',
    'datid oid, datname name, procpid int4, pid int4, usesysid int4, usename name, application_name text, client_addr text, client_port int4, backend_start timestamp, ' +
      'xact_start timestamp, query_start timestamp, state_change timestamp, state text, current_query text, query text',
    (scope) =>
      `SELECT NULL, a.db_name, a.process, a.process, a.user_id, a.user_name, NULL, NULL, NULL, a.started, NULL, NULL, NULL, if(a.running IS NULL, 'idle', 'active'), ` +
      `coalesce(a.running, '<IDLE>'), a.running FROM (SELECT s.db_name, s.process, ${userId(scope, 's.user_name')} AS user_id, s.user_name, make_timestamp(s.start_micros) AS started, ` +
      `${runningText('s.process')} AS running FROM (${sessionRows}) AS s) AS a`,
  ),
  view(
    'pg_stat_database',
    'datid oid, datname name, numbackends int4, xact_commit int8, xact_rollback int8, blks_read int8, blks_hit int8',
    ({ database }) =>
      `SELECT NULL, ${quoteLiteral(database)}, (SELECT count(*) FROM (${sessionRows}) AS s WHERE s.db_name = ${quoteLiteral(database)}), 0, 0, 0, 0`,
  ),
  ...['pg_stat_all_tables', 'pg_stat_user_tables'].map((name) =>
    view(name, tableColumns, (scope) => tables(scope, 9, 4)),
  ),
  ...['pg_statio_all_tables', 'pg_statio_user_tables'].map((name) =>
    view(name, tableBlocks, (scope) => tables(scope, 4, 0)),
  ),
  ...['pg_stat_all_indexes', 'pg_stat_user_indexes'].map((name) => view(name, indexColumns, () => indexes)),
];
