import { columnList } from './column-list.js';
import { emptyRows } from './empty-views.js';
import type { SystemView } from './system-view.js';

const postgres: Readonly<Record<string, string>> = {
  pg_opfamily: 'oid oid, opfmethod oid, opfname name, opfnamespace oid, opfowner int4',
  pg_amop:
    'oid oid, amopclaid oid, amopsubtype oid, amopfamily oid, amoplefttype oid, amoprighttype oid, amopstrategy int2, amopreqcheck bool, amoppurpose char(1), amopopr oid, amopmethod oid, amopsortfamily oid',
  pg_amproc:
    'oid oid, amopclaid oid, amprocsubtype oid, amprocfamily oid, amproclefttype oid, amprocrighttype oid, amprocnum int2, amproc regproc',
  pg_conversion:
    'oid oid, conname name, connamespace oid, conowner int4, conforencoding int4, contoencoding int4, conproc regproc, condefault bool',
  pg_default_acl:
    'oid oid, defaclrole oid, defacluser int4, defaclnamespace oid, defaclobjtype char(1), defaclacl text[]',
  pg_foreign_data_wrapper:
    'oid oid, fdwname name, fdwowner int4, fdwhandler oid, fdwvalidator oid, fdwacl text[], fdwoptions text[]',
  pg_user_mappings: 'umid oid, srvid oid, srvname name, umuser oid, usename name, umoptions text[]',
  pg_ts_config: 'oid oid, cfgname name, cfgnamespace oid, cfgowner int4, cfgparser oid',
  pg_ts_dict: 'oid oid, dictname name, dictnamespace oid, dictowner int4, dicttemplate oid, dictinitoption text',
  pg_ts_parser:
    'oid oid, prsname name, prsnamespace oid, prsstart regproc, prstoken regproc, prsend regproc, prsheadline regproc, prslextype regproc',
  pg_ts_template: 'oid oid, tmplname name, tmplnamespace oid, tmplinit regproc, tmpllexize regproc',
  pg_largeobject: 'loid oid, pageno int4, data text',
  pg_largeobject_metadata: 'oid oid, lomowner int4, lomacl text[]',
  pg_listener: 'relname name, listenerpid int4, notification int4',
  pg_statistic: 'starelid oid, staattnum int2, stainherit bool, stanullfrac float4, stawidth int4, stadistinct float4',
  pg_stats:
    'schemaname name, tablename name, attname name, inherited bool, null_frac float4, avg_width int4, n_distinct float4, most_common_vals text, most_common_freqs text, histogram_bounds text, correlation float4',
  pg_rules: 'schemaname name, tablename name, rulename name, definition text',
  pg_locks:
    'locktype text, database oid, relation oid, page int4, tuple int2, transaction int8, transactionid int8, virtualtransaction text, classid oid, objid oid, objsubid int2, pid int4, mode text, granted bool, fastpath bool',
  pg_shdescription: 'objoid oid, classoid oid, description text',
  pg_shdepend: 'dbid oid, classid oid, objid oid, objsubid int4, refclassid oid, refobjid oid, deptype char(1)',
  pg_seclabel: 'objoid oid, classoid oid, objsubid int4, provider text, label text',
  pg_sequences:
    'schemaname name, sequencename name, sequenceowner name, data_type text, start_value int8, min_value int8, max_value int8, increment_by int8, cycle bool, cache_size int8, last_value int8',
  pg_available_extensions: 'name name, default_version text, installed_version text, comment text',
  pg_subscription: 'oid oid, subdbid oid, subname name, subowner int4, subenabled bool',
  pg_policies:
    'schemaname name, tablename name, policyname name, permissive text, roles text, cmd text, qual text, with_check text',
  pg_prepared_xacts: 'transaction int8, gid text, prepared timestamp, owner name, database name',
  pg_publication_tables: 'pubname name, schemaname name, tablename name, attnames text, rowfilter text',
  pg_seclabels:
    'objoid oid, classoid oid, objsubid int4, objtype text, objnamespace oid, objname text, provider text, label text',
  pg_ts_config_map: 'mapcfg oid, maptokentype int4, mapseqno int4, mapdict oid',
  pg_user_mapping: 'oid oid, umuser oid, umserver oid, umoptions text[]',
};

const redshift: Readonly<Record<string, string>> = {
  pg_library: 'name name, language_oid oid, file_store_id int4, owner int4',
  pg_statistic_indicator: 'stairelid oid, stairows float4, staiins float4, staidels float4',
  svv_roles: 'role_id int4, role_name varchar(128), role_owner varchar(128), external_id varchar(128)',
  svv_role_grants: 'role_id int4, role_name varchar(128), granted_role_id int4, granted_role_name varchar(128)',
  svv_user_grants: 'user_id int4, user_name varchar(128), role_id int4, role_name varchar(128), admin_option bool',
  svv_database_privileges:
    'database_name varchar(128), privilege_type varchar(128), identity_id int4, identity_name varchar(128), identity_type varchar(128), admin_option bool, privilege_scope varchar(128)',
  svv_column_privileges:
    'namespace_name varchar(128), relation_name varchar(128), column_name varchar(128), privilege_type varchar(128), identity_id int4, identity_name varchar(128), identity_type varchar(128), admin_option bool',
  svv_function_privileges:
    'namespace_name varchar(128), function_name varchar(128), argument_types varchar(512), privilege_type varchar(128), identity_id int4, identity_name varchar(128), identity_type varchar(128), admin_option bool',
  svv_language_privileges:
    'language_name varchar(128), privilege_type varchar(128), identity_id int4, identity_name varchar(128), identity_type varchar(128), admin_option bool',
  svv_default_privileges:
    'schema_name varchar(128), object_type varchar(128), owner_id int4, owner_name varchar(128), owner_type varchar(128), privilege_type varchar(128), grantee_id int4, grantee_name varchar(128), grantee_type varchar(128), admin_option bool',
  svv_system_privileges:
    'system_privilege varchar(128), identity_id int4, identity_name varchar(128), identity_type varchar(128)',
  svv_datashares:
    'share_name varchar(128), share_id int4, share_owner int4, source_database varchar(128), consumer_database varchar(128), share_type varchar(128), createdate timestamp, is_publicaccessible bool, share_acl varchar(256), producer_account varchar(16), producer_namespace varchar(64), managed_by varchar(64)',
  svv_datashare_objects:
    'share_type varchar(128), share_name varchar(128), object_type varchar(64), object_name varchar(512), producer_account varchar(16), producer_namespace varchar(64), include_new bool',
  svv_datashare_consumers:
    'share_name varchar(128), consumer_account varchar(16), consumer_namespace varchar(64), share_date timestamp',
  svv_external_partitions:
    'schemaname text, tablename text, values text, location text, input_format text, output_format text, serialization_lib text, serde_parameters text, compressed int4, parameters text',
  svv_alter_table_recommendations:
    'type char(30), database char(128), table_id int4, group_id int4, ddl char(1024), auto_eligible char(1)',
  svv_identity_providers: 'uid int4, name text, type text, instanceid text, namespc text, params text, enabled bool',
  svv_masking_policy:
    'policy_database text, policy_name text, input_columns text, policy_expression text, policy_modified_by text, policy_modified_time timestamp',
  svv_attached_masking_policy:
    'policy_name text, schema_name text, table_name text, table_type text, grantor text, grantee text, grantee_type text, priority int4, input_columns text, output_columns text',
  svv_rls_policy:
    'poldb text, polname text, polalias text, polatts text, polqual text, polenabled bool, polmodifiedby text, polmodifiedtime timestamp',
  svv_rls_relation:
    'datname text, relschema text, relname text, relkind text, is_rls_on bool, is_rls_datashare_on bool',
  svv_rls_attached_policy:
    'relschema text, relname text, relkind text, polname text, grantor text, grantee text, granteekind text, is_pol_on bool, is_rls_on bool',
  svv_ml_model_info:
    'database_name char(128), schema_name char(128), user_name char(128), model_name char(128), life_cycle char(20), is_refreshable int4, model_state char(128)',
  svv_transactions:
    'txn_owner text, txn_db text, xid int8, pid int4, txn_start timestamp, lock_mode text, lockable_object_type text, relation int4, granted bool',
  stv_locks:
    'table_id int4, last_update timestamp, last_commit timestamp, lock_owner int8, lock_owner_pid int4, lock_status char(22)',
  stl_load_errors:
    'userid int4, slice int4, tbl int4, starttime timestamp, session int4, query int4, filename char(256), line_number int8, colname char(127), type char(10), col_length char(10), position int4, raw_line char(1024), raw_field_value char(1024), err_code int4, err_reason char(100), is_partial int4, start_offset int8, copy_job_id int8',
  sys_query_detail:
    'user_id int4, query_id int8, child_query_sequence int4, stream_id int4, segment_id int4, step_id int4, step_name text, table_id int4, table_name char(136), is_rrscan char(1), start_time timestamp, end_time timestamp, duration int8, alert text, input_bytes int8, input_rows int8, output_bytes int8, output_rows int8, blocks_read int8, blocks_write int8, local_read_io int8, remote_read_io int8, source text, data_skewness int4, time_skewness int4, is_active char(1), spilled_block_local_disk int8, spilled_block_remote_disk int8, step_attribute char(64)',
  sys_load_error_detail:
    'user_id int4, query_id int8, transaction_id int8, session_id int4, database_name char(128), table_id int4, start_time timestamp, file_name char(256), line_number int8, column_name char(127), column_type char(10), column_length char(10), position int4, error_code int4, error_message char(512)',
};

const informationSchema: Readonly<Record<string, string>> = {
  check_constraints:
    'constraint_catalog varchar(128), constraint_schema varchar(128), constraint_name varchar(128), check_clause varchar(4000)',
  sequences:
    'sequence_catalog varchar(128), sequence_schema varchar(128), sequence_name varchar(128), data_type varchar(128), numeric_precision int4, numeric_precision_radix int4, numeric_scale int4, start_value varchar(128), minimum_value varchar(128), maximum_value varchar(128), increment varchar(128), cycle_option varchar(3)',
  triggers:
    'trigger_catalog varchar(128), trigger_schema varchar(128), trigger_name varchar(128), event_manipulation varchar(128), event_object_catalog varchar(128), event_object_schema varchar(128), event_object_table varchar(128), action_order int4, action_condition varchar(4000), action_statement varchar(4000), action_orientation varchar(128), condition_timing varchar(128), action_timing varchar(128)',
  domains:
    'domain_catalog varchar(128), domain_schema varchar(128), domain_name varchar(128), data_type varchar(128), character_maximum_length int4, numeric_precision int4, numeric_scale int4, domain_default varchar(4000), udt_catalog varchar(128), udt_schema varchar(128), udt_name varchar(128)',
  domain_constraints:
    'constraint_catalog varchar(128), constraint_schema varchar(128), constraint_name varchar(128), domain_catalog varchar(128), domain_schema varchar(128), domain_name varchar(128), is_deferrable varchar(3), initially_deferred varchar(3)',
  element_types:
    'object_catalog varchar(128), object_schema varchar(128), object_name varchar(128), object_type varchar(128), array_type_identifier varchar(128), data_type varchar(128)',
  routine_privileges:
    'grantor varchar(128), grantee varchar(128), specific_catalog varchar(128), specific_schema varchar(128), specific_name varchar(128), routine_catalog varchar(128), routine_schema varchar(128), routine_name varchar(128), privilege_type varchar(128), is_grantable varchar(3)',
  usage_privileges:
    'grantor varchar(128), grantee varchar(128), object_catalog varchar(128), object_schema varchar(128), object_name varchar(128), object_type varchar(128), privilege_type varchar(128), is_grantable varchar(3)',
  administrable_role_authorizations: 'grantee varchar(128), role_name varchar(128), is_grantable varchar(3)',
  attributes:
    'udt_catalog varchar(128), udt_schema varchar(128), udt_name varchar(128), attribute_name varchar(128), ordinal_position int4, attribute_default varchar(4000), is_nullable varchar(3), data_type varchar(4000), character_maximum_length int4, character_octet_length int4, character_set_catalog varchar(128), character_set_schema varchar(128), character_set_name varchar(128), collation_catalog varchar(128), collation_schema varchar(128), collation_name varchar(128), numeric_precision int4, numeric_precision_radix int4, numeric_scale int4, datetime_precision int4, interval_type varchar(4000), interval_precision int4, attribute_udt_catalog varchar(128), attribute_udt_schema varchar(128), attribute_udt_name varchar(128), scope_catalog varchar(128), scope_schema varchar(128), scope_name varchar(128), maximum_cardinality int4, dtd_identifier varchar(128), is_derived_reference_attribute varchar(3)',
  character_sets:
    'character_set_catalog varchar(128), character_set_schema varchar(128), character_set_name varchar(128), character_repertoire varchar(128), form_of_use varchar(128), default_collate_catalog varchar(128), default_collate_schema varchar(128), default_collate_name varchar(128)',
  collations:
    'collation_catalog varchar(128), collation_schema varchar(128), collation_name varchar(128), pad_attribute varchar(4000)',
  column_domain_usage:
    'domain_catalog varchar(128), domain_schema varchar(128), domain_name varchar(128), table_catalog varchar(128), table_schema varchar(128), table_name varchar(128), column_name varchar(128)',
  column_udt_usage:
    'udt_catalog varchar(128), udt_schema varchar(128), udt_name varchar(128), table_catalog varchar(128), table_schema varchar(128), table_name varchar(128), column_name varchar(128)',
  data_type_privileges:
    'object_catalog varchar(128), object_schema varchar(128), object_name varchar(128), object_type varchar(4000), dtd_identifier varchar(128)',
  domain_udt_usage:
    'udt_catalog varchar(128), udt_schema varchar(128), udt_name varchar(128), domain_catalog varchar(128), domain_schema varchar(128), domain_name varchar(128)',
  role_column_grants:
    'grantor varchar(128), grantee varchar(128), table_catalog varchar(128), table_schema varchar(128), table_name varchar(128), column_name varchar(128), privilege_type varchar(4000), is_grantable varchar(3)',
  role_routine_grants:
    'grantor varchar(128), grantee varchar(128), specific_catalog varchar(128), specific_schema varchar(128), specific_name varchar(128), routine_catalog varchar(128), routine_schema varchar(128), routine_name varchar(128), privilege_type varchar(4000), is_grantable varchar(3)',
  role_usage_grants:
    'grantor varchar(128), grantee varchar(128), object_catalog varchar(128), object_schema varchar(128), object_name varchar(128), object_type varchar(4000), privilege_type varchar(4000), is_grantable varchar(3)',
  sql_features:
    'feature_id varchar(4000), feature_name varchar(4000), sub_feature_id varchar(4000), sub_feature_name varchar(4000), is_supported varchar(3), is_verified_by varchar(4000), comments varchar(4000)',
  sql_implementation_info:
    'implementation_info_id varchar(4000), implementation_info_name varchar(4000), integer_value int4, character_value varchar(4000), comments varchar(4000)',
  sql_sizing: 'sizing_id int4, sizing_name varchar(4000), supported_value int4, comments varchar(4000)',
  triggered_update_columns:
    'trigger_catalog varchar(128), trigger_schema varchar(128), trigger_name varchar(128), event_object_catalog varchar(128), event_object_schema varchar(128), event_object_table varchar(128), event_object_column varchar(128)',
  view_column_usage:
    'view_catalog varchar(128), view_schema varchar(128), view_name varchar(128), table_catalog varchar(128), table_schema varchar(128), table_name varchar(128), column_name varchar(128)',
};

function views(schema: SystemView['schema'], lists: Readonly<Record<string, string>>, page: (name: string) => string) {
  return Object.entries(lists).map(([name, text]): SystemView => {
    const columns = columnList(text);
    return { schema, name, page: page(name), columns, duckdb: () => emptyRows(columns) };
  });
}

/**
 * Views without rows, about objects that duckshift does not have: roles, data shares, policies, external tables, large
 * objects, sequences, triggers, domains and the like. Clients that list such objects find the columns they query.
 */
export const bareViews: readonly SystemView[] = [
  ...views('pg_catalog', postgres, (name) => `PostgreSQL: ${name}`),
  ...views('pg_catalog', redshift, (name) => name.toUpperCase()),
  ...views('information_schema', informationSchema, (name) => `PostgreSQL: information_schema.${name}`),
];
