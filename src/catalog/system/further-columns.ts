import { duckdbType } from '../../../sql-dialect/types/type-table.js';
import { columnList } from './column-list.js';
import type { SystemView } from './system-view.js';

/**
 * Columns of PostgreSQL 15 that the views here have no value for: clients that were written for newer servers name
 * them, and find NULL. By schema and name.
 */
const furtherColumns: Readonly<Record<string, string>> = {
  'information_schema.domains':
    'character_octet_length int4, character_set_catalog varchar(128), character_set_schema varchar(128), character_set_name varchar(128), collation_catalog varchar(128), collation_schema varchar(128), collation_name varchar(128), numeric_precision_radix int4, datetime_precision int4, interval_type varchar(4000), interval_precision int4, scope_catalog varchar(128), scope_schema varchar(128), scope_name varchar(128), maximum_cardinality int4, dtd_identifier varchar(128)',
  'information_schema.element_types':
    'collection_type_identifier varchar(128), character_maximum_length int4, character_octet_length int4, character_set_catalog varchar(128), character_set_schema varchar(128), character_set_name varchar(128), collation_catalog varchar(128), collation_schema varchar(128), collation_name varchar(128), numeric_precision int4, numeric_precision_radix int4, numeric_scale int4, datetime_precision int4, interval_type varchar(4000), interval_precision int4, domain_default varchar(4000), udt_catalog varchar(128), udt_schema varchar(128), udt_name varchar(128), scope_catalog varchar(128), scope_schema varchar(128), scope_name varchar(128), maximum_cardinality int4, dtd_identifier varchar(128)',
  'information_schema.parameters':
    'is_result varchar(3), as_locator varchar(3), character_maximum_length int4, character_octet_length int4, character_set_catalog varchar(128), character_set_schema varchar(128), character_set_name varchar(128), collation_catalog varchar(128), collation_schema varchar(128), collation_name varchar(128), numeric_precision int4, numeric_precision_radix int4, numeric_scale int4, datetime_precision int4, interval_type varchar(4000), interval_precision int4, udt_catalog varchar(128), udt_schema varchar(128), udt_name varchar(128), scope_catalog varchar(128), scope_schema varchar(128), scope_name varchar(128), maximum_cardinality int4, dtd_identifier varchar(128), parameter_default varchar(4000)',
  'information_schema.routines':
    'module_catalog varchar(128), module_schema varchar(128), module_name varchar(128), udt_catalog varchar(128), udt_schema varchar(128), udt_name varchar(128), character_maximum_length int4, character_octet_length int4, character_set_catalog varchar(128), character_set_schema varchar(128), character_set_name varchar(128), collation_catalog varchar(128), collation_schema varchar(128), collation_name varchar(128), numeric_precision int4, numeric_precision_radix int4, numeric_scale int4, datetime_precision int4, interval_type varchar(4000), interval_precision int4, scope_catalog varchar(128), scope_schema varchar(128), scope_name varchar(128), maximum_cardinality int4, dtd_identifier varchar(128), parameter_style varchar(4000), is_deterministic varchar(3), sql_data_access varchar(4000), is_null_call varchar(3), sql_path varchar(4000), schema_level_routine varchar(3), max_dynamic_result_sets int4, is_user_defined_cast varchar(3), is_implicitly_invocable varchar(3), security_type varchar(4000), to_sql_specific_catalog varchar(128), to_sql_specific_schema varchar(128), to_sql_specific_name varchar(128), as_locator varchar(3), created timestamp, last_altered timestamp, new_savepoint_level varchar(3), is_udt_dependent varchar(3), result_cast_from_data_type varchar(4000), result_cast_as_locator varchar(3), result_cast_char_max_length int4, result_cast_char_octet_length int4, result_cast_char_set_catalog varchar(128), result_cast_char_set_schema varchar(128), result_cast_char_set_name varchar(128), result_cast_collation_catalog varchar(128), result_cast_collation_schema varchar(128), result_cast_collation_name varchar(128), result_cast_numeric_precision int4, result_cast_numeric_precision_radix int4, result_cast_numeric_scale int4, result_cast_datetime_precision int4, result_cast_interval_type varchar(4000), result_cast_interval_precision int4, result_cast_type_udt_catalog varchar(128), result_cast_type_udt_schema varchar(128), result_cast_type_udt_name varchar(128), result_cast_scope_catalog varchar(128), result_cast_scope_schema varchar(128), result_cast_scope_name varchar(128), result_cast_maximum_cardinality int4, result_cast_dtd_identifier varchar(128)',
  'information_schema.table_constraints': 'enforced varchar(3), nulls_distinct varchar(3)',
  'information_schema.triggers':
    'action_reference_old_table varchar(128), action_reference_new_table varchar(128), action_reference_old_row varchar(128), action_reference_new_row varchar(128), created timestamp',
  'information_schema.views':
    'is_trigger_updatable varchar(3), is_trigger_deletable varchar(3), is_trigger_insertable_into varchar(3)',
  'pg_catalog.pg_aggregate':
    'aggfinalfn regproc, aggcombinefn regproc, aggserialfn regproc, aggdeserialfn regproc, aggmtransfn regproc, aggminvtransfn regproc, aggmfinalfn regproc, aggfinalextra bool, aggmfinalextra bool, aggfinalmodify char(1), aggmfinalmodify char(1), aggsortop oid, aggtranstype oid, aggtransspace int4, aggmtranstype oid, aggmtransspace int4, agginitval text, aggminitval text',
  'pg_catalog.pg_attribute': 'attcompression char(1), atthasmissing bool, attfdwoptions text[], attmissingval text',
  'pg_catalog.pg_class': 'relallvisible int4, relrewrite oid, relfrozenxid int8, relminmxid int8, relpartbound text',
  'pg_catalog.pg_constraint':
    'conpfeqop int8[], conppeqop int8[], conffeqop int8[], confdelsetcols int2[], conexclop int8[]',
  'pg_catalog.pg_database': 'datminmxid int8, datcollversion text',
  'pg_catalog.pg_extension': 'extconfig int8[], extcondition text[]',
  'pg_catalog.pg_language': 'laninline oid',
  'pg_catalog.pg_locks': 'virtualxid text, waitstart timestamp',
  'pg_catalog.pg_partitioned_table': 'partclass int8[], partcollation int8[], partexprs text',
  'pg_catalog.pg_proc': 'prosupport regproc, protrftypes int8[], prosqlbody text',
  'pg_catalog.pg_range': 'rngcanonical regproc, rngsubdiff regproc',
  'pg_catalog.pg_shadow': 'userepl bool, usebypassrls bool',
  'pg_catalog.pg_stat_activity':
    'leader_pid int4, client_hostname text, wait_event_type text, wait_event text, backend_xid int8, backend_xmin int8, query_id int8, backend_type text',
  'pg_catalog.pg_stat_all_tables':
    'n_tup_hot_upd int8, n_mod_since_analyze int8, n_ins_since_vacuum int8, vacuum_count int8, autovacuum_count int8, analyze_count int8, autoanalyze_count int8',
  'pg_catalog.pg_stat_database':
    'tup_returned int8, tup_fetched int8, tup_inserted int8, tup_updated int8, tup_deleted int8, conflicts int8, temp_files int8, temp_bytes int8, deadlocks int8, checksum_failures int8, checksum_last_failure timestamp, blk_read_time float4, blk_write_time float4, session_time float4, active_time float4, idle_in_transaction_time float4, sessions int8, sessions_abandoned int8, sessions_fatal int8, sessions_killed int8, stats_reset timestamp',
  'pg_catalog.pg_stat_user_tables':
    'n_tup_hot_upd int8, n_mod_since_analyze int8, n_ins_since_vacuum int8, vacuum_count int8, autovacuum_count int8, analyze_count int8, autoanalyze_count int8',
  'pg_catalog.pg_statio_all_tables':
    'toast_blks_read int8, toast_blks_hit int8, tidx_blks_read int8, tidx_blks_hit int8',
  'pg_catalog.pg_statio_user_tables':
    'toast_blks_read int8, toast_blks_hit int8, tidx_blks_read int8, tidx_blks_hit int8',
  'pg_catalog.pg_statistic':
    'stakind1 int2, stakind2 int2, stakind3 int2, stakind4 int2, stakind5 int2, staop1 oid, staop2 oid, staop3 oid, staop4 oid, staop5 oid, stacoll1 oid, stacoll2 oid, stacoll3 oid, stacoll4 oid, stacoll5 oid, stanumbers1 text, stanumbers2 text, stanumbers3 text, stanumbers4 text, stanumbers5 text, stavalues1 text, stavalues2 text, stavalues3 text, stavalues4 text, stavalues5 text',
  'pg_catalog.pg_statistic_ext': 'stxexprs text',
  'pg_catalog.pg_stats': 'most_common_elems text, most_common_elem_freqs text, elem_count_histogram text',
  'pg_catalog.pg_subscription':
    'subskiplsn text, subbinary bool, substream bool, subtwophasestate char(1), subdisableonerr bool, subconninfo text, subslotname name, subsynccommit text, subpublications text[]',
  'pg_catalog.pg_trigger': 'tgconstrindid oid, tgoldtable name, tgnewtable name',
  'pg_catalog.pg_type':
    'typsubscript regproc, typmodin regproc, typmodout regproc, typanalyze regproc, typdefaultbin text',
  'pg_catalog.pg_user': 'userepl bool, usebypassrls bool',
};

/** A view with the columns of PostgreSQL 15 that it lacks, behind its own. */
export function withFurtherColumns(view: SystemView): SystemView {
  const text = furtherColumns[`${view.schema}.${view.name}`];
  if (text === undefined) return view;
  const further = columnList(text);
  const nulls = further.map(([, type]) => `CAST(NULL AS ${duckdbType(type) ?? 'VARCHAR'})`).join(', ');
  return {
    ...view,
    columns: [...view.columns, ...further],
    duckdb: (scope) => `SELECT own.*, ${nulls} FROM (${view.duckdb(scope)}) AS own`,
  };
}
