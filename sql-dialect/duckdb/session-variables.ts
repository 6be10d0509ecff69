/**
 * DuckDB session variables (`SET VARIABLE name = value`, one set per connection) through which functions learn about
 * the session. The session sets them; a variable that is not set takes its default, so that every function answers on a
 * bare connection too.
 */
export interface SessionVariable {
  readonly name: string;
  /** DuckDB type. */
  readonly type: string;
  /** DuckDB expression. */
  readonly fallback: string;
  readonly meaning: string;
}

/** The release of Redshift that clients are told: drivers read the number at the end of VERSION(). */
export const redshiftRelease = '1.0.133407';
const version = `PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017 (Red Hat 3.4.2-6.fc3), Redshift ${redshiftRelease}`;

export const sessionVariables = {
  user: variable('duckshift_user', 'VARCHAR', "'awsuser'", 'CURRENT_USER'),
  sessionUser: variable('duckshift_session_user', 'VARCHAR', "'awsuser'", 'SESSION_USER: who logged in'),
  userId: variable('duckshift_user_id', 'INTEGER', '100', 'CURRENT_USER_ID: usesysid of the user'),
  database: variable('duckshift_database', 'VARCHAR', 'current_database()', 'CURRENT_DATABASE()'),
  searchPath: variable(
    'duckshift_search_path',
    'VARCHAR[]',
    "['public']",
    'existing schemas of search_path in order, without pg_catalog: CURRENT_SCHEMA(), CURRENT_SCHEMAS()',
  ),
  processId: variable('duckshift_pid', 'INTEGER', '0', 'PG_BACKEND_PID()'),
  lastQueryId: variable('duckshift_last_query_id', 'BIGINT', '-1', 'PG_LAST_QUERY_ID(), LAST_USER_QUERY_ID()'),
  lastCopyId: variable('duckshift_last_copy_id', 'BIGINT', '-1', 'PG_LAST_COPY_ID()'),
  lastCopyCount: variable('duckshift_last_copy_count', 'BIGINT', '0', 'PG_LAST_COPY_COUNT()'),
  lastUnloadId: variable('duckshift_last_unload_id', 'BIGINT', '-1', 'PG_LAST_UNLOAD_ID()'),
  lastUnloadCount: variable('duckshift_last_unload_count', 'BIGINT', '0', 'PG_LAST_UNLOAD_COUNT()'),
  clockOffset: variable(
    'duckshift_clock_offset',
    'BIGINT',
    '0',
    'microseconds added to the time of day by a test clock',
  ),
  settings: variable(
    'duckshift_settings',
    'MAP(VARCHAR, VARCHAR)',
    'MAP {}::MAP(VARCHAR, VARCHAR)',
    'session settings by lower-case name: CURRENT_SETTING()',
  ),
  userNames: variable(
    'duckshift_user_names',
    'MAP(BIGINT, VARCHAR)',
    "MAP {1: 'rdsdb', 100: 'awsuser'}::MAP(BIGINT, VARCHAR)",
    'names of users by id: PG_GET_USERBYID()',
  ),
  visibleRelations: variable(
    'duckshift_visible_relations',
    'BIGINT[]',
    '[]::BIGINT[]',
    'relations found without their schema: PG_TABLE_IS_VISIBLE()',
  ),
  relationNames: variable(
    'duckshift_relation_names',
    'MAP(BIGINT, VARCHAR)',
    'MAP {}::MAP(BIGINT, VARCHAR)',
    'names of relations by oid, as regclass shows them',
  ),
  relationOids: variable(
    'duckshift_relation_oids',
    'MAP(VARCHAR, BIGINT)',
    'MAP {}::MAP(VARCHAR, BIGINT)',
    'oids of relations by name, with and without schema: casts to regclass',
  ),
  comments: variable(
    'duckshift_comments',
    'MAP(VARCHAR, VARCHAR)',
    'MAP {}::MAP(VARCHAR, VARCHAR)',
    'comments by oid and column number (0: the object itself): OBJ_DESCRIPTION()',
  ),
  viewTexts: variable(
    'duckshift_view_texts',
    'MAP(BIGINT, VARCHAR)',
    'MAP {}::MAP(BIGINT, VARCHAR)',
    'queries of views by oid: PG_GET_VIEWDEF()',
  ),
  keyTexts: variable(
    'duckshift_key_texts',
    'MAP(BIGINT, VARCHAR)',
    'MAP {}::MAP(BIGINT, VARCHAR)',
    'constraints by oid: PG_GET_CONSTRAINTDEF()',
  ),
  indexTexts: variable(
    'duckshift_index_texts',
    'MAP(BIGINT, VARCHAR)',
    'MAP {}::MAP(BIGINT, VARCHAR)',
    'indexes behind keys by oid: PG_GET_INDEXDEF()',
  ),
  functionArguments: variable(
    'duckshift_function_arguments',
    'MAP(BIGINT, VARCHAR)',
    'MAP {}::MAP(BIGINT, VARCHAR)',
    'arguments of the built-in functions by oid: PG_GET_FUNCTION_ARGUMENTS()',
  ),
  functionResults: variable(
    'duckshift_function_results',
    'MAP(BIGINT, VARCHAR)',
    'MAP {}::MAP(BIGINT, VARCHAR)',
    'results of the built-in functions by oid: PG_GET_FUNCTION_RESULT()',
  ),
  functionDefinitions: variable(
    'duckshift_function_definitions',
    'MAP(BIGINT, VARCHAR)',
    'MAP {}::MAP(BIGINT, VARCHAR)',
    'definitions of the built-in functions by oid: PG_GET_FUNCTIONDEF()',
  ),
  functionOids: variable(
    'duckshift_function_oids',
    'MAP(VARCHAR, BIGINT)',
    'MAP {}::MAP(VARCHAR, BIGINT)',
    'oids of the built-in functions by name, 0 for a name with several: casts from regproc',
  ),
  temporaryRelations: variable(
    'duckshift_temporary_relations',
    'VARCHAR',
    "'[]'",
    "the session's temporary tables as JSON: PG_CLASS, PG_ATTRIBUTE",
  ),
  users: variable('duckshift_users', 'VARCHAR', "'[]'", 'the users as JSON: PG_USER, SVV_USER_INFO'),
  superusers: variable('duckshift_superusers', 'VARCHAR[]', "['awsuser', 'rdsdb']", 'names: HAS_TABLE_PRIVILEGE()'),
  relationOwners: variable(
    'duckshift_relation_owners',
    'MAP(BIGINT, VARCHAR)',
    'MAP {}::MAP(BIGINT, VARCHAR)',
    'owners of relations by oid: HAS_TABLE_PRIVILEGE()',
  ),
  schemaOwners: variable(
    'duckshift_schema_owners',
    'MAP(VARCHAR, VARCHAR)',
    "MAP {'public': 'awsuser', 'pg_catalog': 'rdsdb', 'information_schema': 'rdsdb'}",
    'owners of schemas by name: HAS_SCHEMA_PRIVILEGE()',
  ),
  schemaNames: variable(
    'duckshift_schema_names',
    'MAP(BIGINT, VARCHAR)',
    'MAP {}::MAP(BIGINT, VARCHAR)',
    'names of schemas by oid: HAS_SCHEMA_PRIVILEGE()',
  ),
  keys: variable('duckshift_keys', 'VARCHAR', "'[]'", 'keys of all tables as JSON: PG_CONSTRAINT, PG_INDEX'),
  lateColumns: variable(
    'duckshift_late_columns',
    'VARCHAR',
    "'[]'",
    'columns of late-binding views as JSON: PG_GET_LATE_BINDING_VIEW_COLS()',
  ),
  relationColumns: variable(
    'duckshift_relation_columns',
    'VARCHAR',
    "'[]'",
    'columns of tables and views as JSON: PG_GET_COLS()',
  ),
  version: variable('duckshift_version', 'VARCHAR', `'${version}'`, 'VERSION()'),
} as const satisfies Record<string, SessionVariable>;

function variable(name: string, type: string, fallback: string, meaning: string): SessionVariable {
  return { name, type, fallback, meaning };
}

/** DuckDB expression for the value of a session variable, or its default. */
export function sessionValue(wanted: SessionVariable): string {
  return `coalesce(CAST(getvariable('${wanted.name}') AS ${wanted.type}), ${wanted.fallback})`;
}

/** DuckDB expression, TIMESTAMPTZ: the start of the transaction on the session's clock. */
export const transactionStart = `(now() + to_microseconds(${sessionValue(sessionVariables.clockOffset)}))`;
