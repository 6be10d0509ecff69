import { redshiftRelease } from '../../../sql-dialect/duckdb/session-variables.js';
import {
  always,
  boolean,
  duration,
  fixed,
  integer,
  number,
  only,
  type SettingDefinition,
  text,
  words,
} from './definition.js';
import { clientEncoding, dateStyle, timeZone } from './formats.js';

type Line = readonly [
  name: string,
  fallback: string,
  parse: (name: string) => (value: string) => string,
  description: string,
];

/**
 * Settings that only need a name, a default and a check. Names, defaults and values: "Configuration reference" of the
 * Amazon Redshift developer guide; below the second heading PostgreSQL 8.0's "Run-time Configuration", as far as
 * clients use it.
 */
const plain: readonly Line[] = [
  ['analyze_threshold_percent', '10', number(0, 100), 'share of changed rows from which ANALYZE looks at a table'],
  ['cast_super_null_on_error', 'on', boolean, 'an invalid cast from SUPER gives NULL'],
  ['datashare_break_glass_session_var', '', text, 'one-time token for changing data shares'],
  ['default_geometry_encoding', '1', integer(1, 4), 'default encoding of geometry'],
  ['describe_field_name_in_uppercase', 'off', boolean, 'result column names in upper case'],
  ['downcase_delimited_identifier', 'on', boolean, 'quoted identifiers are folded to lower case'],
  ['enable_case_sensitive_identifier', 'off', boolean, 'quoted identifiers keep their case'],
  ['enable_case_sensitive_super_attribute', 'off', boolean, 'SUPER attribute names keep their case'],
  ['enable_numeric_rounding', 'on', always('on'), 'numeric results are rounded'],
  ['enable_result_cache_for_session', 'on', boolean, 'use cached results'],
  ['enable_vacuum_boost', 'off', boolean, 'VACUUM runs with boost'],
  ['error_on_nondeterministic_update', 'off', always('off'), 'UPDATE that matches a row several times is an error'],
  ['interval_forbid_composite_literals', 'on', boolean, 'interval literals with both months and days are an error'],
  ['json_parse_dedup_attributes', 'off', boolean, 'JSON_PARSE keeps the last of duplicate keys'],
  ['json_parse_truncate_strings', 'off', boolean, 'JSON_PARSE truncates over-long strings'],
  ['json_serialization_enable', 'off', boolean, 'nested external columns are printed as JSON'],
  ['json_serialization_parse_nested_strings', 'off', boolean, 'nested JSON strings are parsed when printed'],
  ['max_concurrency_scaling_clusters', '1', integer(0, 10), 'number of scaling clusters'],
  ['max_cursor_result_set_size', '0', integer(0, 14_400_000), 'deprecated'],
  ['mv_enable_aqmv_for_session', 'on', boolean, 'queries may be answered from materialized views'],
  ['navigate_super_null_on_error', 'on', boolean, 'a wrong path into SUPER gives NULL'],
  ['parse_super_null_on_error', 'off', boolean, 'JSON_PARSE gives NULL for invalid text'],
  ['pg_federation_repeatable_read', 'on', boolean, 'isolation of federated queries'],
  ['query_group', 'unset', text, 'label of the queries that follow'],
  ['seed', '0', number(-1, 1), 'seed of RANDOM'],
  ['spectrum_enable_pseudo_columns', 'on', boolean, 'pseudo columns of external tables'],
  ['spectrum_query_maxerror', '0', integer(-1, 2_147_483_647), 'errors allowed in a scan of external tables'],
  ['statement_timeout', '0', duration, 'milliseconds after which a statement is cancelled; 0: never'],
  [
    'stored_proc_log_min_messages',
    'LOG',
    words(
      'DEBUG5',
      'DEBUG4',
      'DEBUG3',
      'DEBUG2',
      'DEBUG1',
      'INFO',
      'NOTICE',
      'WARNING',
      'ERROR',
      'LOG',
      'FATAL',
      'PANIC',
    ),
    'level of procedure messages that are kept',
  ],
  ['use_fips_ssl', 'off', boolean, 'FIPS-compliant TLS'],
  ['wlm_query_slot_count', '1', integer(1, 50), 'query slots of a statement'],

  // PostgreSQL's.
  ['array_nulls', 'on', boolean, 'NULL is recognised in array literals'],
  ['autocommit', 'on', only('on', (value) => /^(on|true|1)$/i.test(value.trim())), 'statements commit on their own'],
  ['check_function_bodies', 'on', boolean, 'function bodies are checked at creation'],
  [
    'client_min_messages',
    'notice',
    words(
      'debug5',
      'debug4',
      'debug3',
      'debug2',
      'debug1',
      'log',
      'info',
      'notice',
      'warning',
      'error',
      'fatal',
      'panic',
    ),
    'least severity of messages sent to the client',
  ],
  ['default_transaction_isolation', 'serializable', text, 'isolation of new transactions, as clients name it'],
  ['default_transaction_read_only', 'off', boolean, 'new transactions only read'],
  ['enable_hashjoin', 'on', boolean, 'planner choice'],
  ['enable_mergejoin', 'on', boolean, 'planner choice'],
  ['enable_nestloop', 'on', boolean, 'planner choice'],
  ['extra_float_digits', '0', integer(-15, 3), 'digits of floating-point numbers'],
  ['idle_in_transaction_session_timeout', '0', duration, 'limit on idle transactions'],
  ['lock_timeout', '0', duration, 'limit on waiting for locks'],
  ['password_encryption', 'on', always('on'), 'passwords are kept encrypted'],
  ['readonly', 'off', boolean, 'new transactions only read; set by the JDBC driver'],
  ['search_path', '$user, public', text, 'schemas in which unqualified names are looked up'],
  ['synchronous_commit', 'on', boolean, 'COMMIT waits for the disk'],
  ['transaction_isolation', 'serializable', text, 'isolation of this transaction, as clients name it'],
  ['transaction_read_only', 'off', boolean, 'this transaction only reads'],
  ['work_mem', '1024', text, 'memory of a sort'],
];

/** What the server is; clients read it and cannot change it. */
const facts: readonly (readonly [name: string, value: string, reportedAs: string | undefined])[] = [
  ['integer_datetimes', 'on', 'integer_datetimes'],
  ['is_superuser', 'on', 'is_superuser'],
  ['lc_collate', 'C', undefined],
  ['lc_ctype', 'C', undefined],
  ['max_identifier_length', '127', undefined],
  ['max_index_keys', '32', undefined],
  ['padb_revision', redshiftRelease, 'padb_revision'],
  ['padb_version', redshiftRelease, 'padb_version'],
  ['server_encoding', 'UTF8', 'server_encoding'],
  ['server_version', '8.0.2', 'server_version'],
  ['server_version_num', '80002', undefined],
  ['session_authorization', '', 'session_authorization'],
];

const special: readonly SettingDefinition[] = [
  {
    name: 'application_name',
    default: '',
    parse: (value) => Array.from(value).slice(0, 250).join(''),
    reportedAs: 'application_name',
    description: 'name of the client program',
  },
  {
    name: 'client_encoding',
    default: 'UTF8',
    parse: clientEncoding,
    reportedAs: 'client_encoding',
    description: 'character set of the client',
  },
  { name: 'datestyle', default: 'ISO, MDY', parse: dateStyle, reportedAs: 'DateStyle', description: 'form of dates' },
  {
    name: 'timezone',
    default: 'UTC',
    parse: timeZone,
    reportedAs: 'TimeZone',
    description: 'time zone of the session',
  },
  {
    // Redshift reads backslash escapes in plain strings, and drivers that quote on the client must know.
    name: 'standard_conforming_strings',
    default: 'off',
    parse: only('off', (value) => /^(off|false|0)$/i.test(value.trim()))('standard_conforming_strings'),
    reportedAs: 'standard_conforming_strings',
    description: 'plain strings take backslashes literally',
  },
];

const definitions: readonly SettingDefinition[] = [
  ...plain.map(([name, fallback, parse, description]) => ({
    name,
    default: fallback,
    parse: parse(name),
    description,
  })),
  ...facts.map(([name, value, reportedAs]) => ({
    name,
    default: value,
    parse: fixed(name),
    reportedAs,
    readOnly: true,
    description: 'server fact',
  })),
  ...special,
];

/** Every setting by its name, in the order of SHOW ALL. */
export const settingsTable: ReadonlyMap<string, SettingDefinition> = new Map(
  [...definitions].sort((a, b) => (a.name < b.name ? -1 : 1)).map((definition) => [definition.name, definition]),
);
