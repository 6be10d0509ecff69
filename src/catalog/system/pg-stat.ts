import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { float4, int4, int8, name, oid, text, timestamp } from './column-types.js';
import { runningText } from './query-history.js';
import { keyRows, relationRows, userId } from './sources.js';
import { sessionRows } from './stv-sessions.js';
import type { SystemColumn, SystemView, ViewText } from './system-view.js';

const view = (viewName: string, columns: SystemView['columns'], from: ViewText): SystemView => ({
  schema: 'pg_catalog',
  name: viewName,
  page: `PostgreSQL: ${viewName}`,
  columns,
  from: [from],
});

/** A counter, which nothing counts. */
const counter = (label: string): SystemColumn => [label, int8, '0'];

const table: readonly SystemColumn[] = [
  ['relid', oid, 'r.oid'],
  ['schemaname', name, 'r.schema_name'],
  ['relname', name, 'r.name'],
];
const tables: ViewText = (scope) => `FROM (${relationRows(scope)}) AS r WHERE r.kind IN ('table', 'materialized_view')`;
const index: readonly SystemColumn[] = [
  ['relid', oid, 'k.table_oid'],
  ['indexrelid', oid, 'k.index_oid'],
  ['schemaname', name, 'k.schema_name'],
  ['relname', name, 'k.table_name'],
  ['indexrelname', name, 'k.name'],
];
const indexes: ViewText = `FROM (${keyRows}) AS k WHERE k.index_oid > 0`;

/** The statistics views of PostgreSQL that clients list objects with. */
export const statisticsViews: readonly SystemView[] = [
  view(
    'pg_stat_activity',
    [
      ['datid', oid],
      ['datname', name, 'a.db_name'],
      ['procpid', int4, 'a.process'],
      ['pid', int4, 'a.process'],
      ['usesysid', int4, 'a.user_id'],
      ['usename', name, 'a.user_name'],
      ['application_name', text],
      ['client_addr', text],
      ['client_port', int4],
      ['backend_start', timestamp, 'a.started'],
      ['xact_start', timestamp],
      ['query_start', timestamp],
      ['state_change', timestamp],
      ['state', text, "if(a.running IS NULL, 'idle', 'active')"],
      ['current_query', text, "coalesce(a.running, '<IDLE>')"],
      ['query', text, 'a.running'],
      ['leader_pid', int4],
      ['client_hostname', text],
      ['wait_event_type', text],
      ['wait_event', text],
      ['backend_xid', int8],
      ['backend_xmin', int8],
      ['query_id', int8],
      ['backend_type', text],
    ],
    (scope) =>
      `FROM (SELECT s.db_name, s.process, ${userId(scope, 's.user_name')} AS user_id, s.user_name, ` +
      `make_timestamp(s.start_micros) AS started, ${runningText('s.process')} AS running ` +
      `FROM (${sessionRows}) AS s) AS a`,
  ),
  view(
    'pg_stat_database',
    [
      ['datid', oid],
      ['datname', name, ({ database }) => quoteLiteral(database)],
      [
        'numbackends',
        int4,
        ({ database }) => `(SELECT count(*) FROM (${sessionRows}) AS s WHERE s.db_name = ${quoteLiteral(database)})`,
      ],
      counter('xact_commit'),
      counter('xact_rollback'),
      counter('blks_read'),
      counter('blks_hit'),
      ['tup_returned', int8],
      ['tup_fetched', int8],
      ['tup_inserted', int8],
      ['tup_updated', int8],
      ['tup_deleted', int8],
      ['conflicts', int8],
      ['temp_files', int8],
      ['temp_bytes', int8],
      ['deadlocks', int8],
      ['checksum_failures', int8],
      ['checksum_last_failure', timestamp],
      ['blk_read_time', float4],
      ['blk_write_time', float4],
      ['session_time', float4],
      ['active_time', float4],
      ['idle_in_transaction_time', float4],
      ['sessions', int8],
      ['sessions_abandoned', int8],
      ['sessions_fatal', int8],
      ['sessions_killed', int8],
      ['stats_reset', timestamp],
    ],
    '',
  ),
  ...['pg_stat_all_tables', 'pg_stat_user_tables'].map((label) =>
    view(
      label,
      [
        ...table,
        counter('seq_scan'),
        counter('seq_tup_read'),
        counter('idx_scan'),
        counter('idx_tup_fetch'),
        counter('n_tup_ins'),
        counter('n_tup_upd'),
        counter('n_tup_del'),
        counter('n_live_tup'),
        counter('n_dead_tup'),
        ['last_vacuum', timestamp],
        ['last_autovacuum', timestamp],
        ['last_analyze', timestamp],
        ['last_autoanalyze', timestamp],
        ['n_tup_hot_upd', int8],
        ['n_mod_since_analyze', int8],
        ['n_ins_since_vacuum', int8],
        ['vacuum_count', int8],
        ['autovacuum_count', int8],
        ['analyze_count', int8],
        ['autoanalyze_count', int8],
      ],
      tables,
    ),
  ),
  ...['pg_statio_all_tables', 'pg_statio_user_tables'].map((label) =>
    view(
      label,
      [
        ...table,
        counter('heap_blks_read'),
        counter('heap_blks_hit'),
        counter('idx_blks_read'),
        counter('idx_blks_hit'),
        ['toast_blks_read', int8],
        ['toast_blks_hit', int8],
        ['tidx_blks_read', int8],
        ['tidx_blks_hit', int8],
      ],
      tables,
    ),
  ),
  ...['pg_stat_all_indexes', 'pg_stat_user_indexes'].map((label) =>
    view(label, [...index, counter('idx_scan'), counter('idx_tup_read'), counter('idx_tup_fetch')], indexes),
  ),
];
