import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { char, int4, int8, timestamp, varchar } from './column-types.js';
import type { SystemView } from './system-view.js';

/** The statements that ran as JSON text; a session sets it on its own connection before a statement reads it. */
export const queryHistoryVariable = { name: 'duckshift_query_history', type: 'VARCHAR' } as const;

const shape = {
  query: 'BIGINT',
  pid: 'INTEGER',
  userid: 'INTEGER',
  user_name: 'VARCHAR',
  db_name: 'VARCHAR',
  label: 'VARCHAR',
  kind: 'VARCHAR',
  text: 'VARCHAR',
  start_micros: 'BIGINT',
  end_micros: 'BIGINT',
  status: 'VARCHAR',
  error: 'VARCHAR',
};
const rows = `unnest(from_json(coalesce(CAST(getvariable('${queryHistoryVariable.name}') AS VARCHAR), '[]'), ${quoteLiteral(JSON.stringify([shape]))})) AS u(h)`;
const start = 'make_timestamp(h.start_micros)';
const end = 'make_timestamp(h.end_micros)';

/** Texts leave in pieces of 200 characters. */
const pieces = `unnest(generate_series(0, (greatest(length(h.text), 1) - 1) // 200)) AS p(n)`;
const piece = 'substring(h.text, (p.n * 200 + 1)::BIGINT, 200)';

const sysQueryHistory: SystemView = {
  schema: 'pg_catalog',
  name: 'sys_query_history',
  page: 'SYS_QUERY_HISTORY',
  columns: [
    ['user_id', int4],
    ['query_id', int8],
    ['query_label', char(320)],
    ['transaction_id', int8],
    ['session_id', int4],
    ['database_name', char(128)],
    ['query_type', varchar(32)],
    ['status', char(10)],
    ['result_cache_hit', char(1)],
    ['start_time', timestamp],
    ['end_time', timestamp],
    ['elapsed_time', int8],
    ['queue_time', int8],
    ['execution_time', int8],
    ['error_message', char(512)],
    ['returned_rows', int8],
    ['returned_bytes', int8],
    ['query_text', char(4000)],
    ['redshift_version', char(256)],
    ['usage_limit', varchar(150)],
    ['compute_type', varchar(32)],
    ['compile_time', int8],
    ['planning_time', int8],
    ['lock_wait_time', int8],
  ],
  duckdb: () =>
    `SELECT h.userid, h.query, h.label, h.query, h.pid, h.db_name, h.kind, h.status, 'f', ${start}, ${end}, h.end_micros - h.start_micros, 0, ` +
    `h.end_micros - h.start_micros, h.error, NULL, NULL, h.text, NULL, NULL, 'primary', 0, 0, 0 FROM ${rows}`,
};

const stlQuery: SystemView = {
  schema: 'pg_catalog',
  name: 'stl_query',
  page: 'STL_QUERY',
  columns: [
    ['userid', int4],
    ['query', int4],
    ['label', char(320)],
    ['xid', int8],
    ['pid', int4],
    ['database', char(32)],
    ['querytxt', char(4000)],
    ['starttime', timestamp],
    ['endtime', timestamp],
    ['aborted', int4],
    ['insert_pristine', int4],
    ['concurrency_scaling_status', int4],
  ],
  duckdb: () =>
    `SELECT h.userid, h.query, h.label, h.query, h.pid, h.db_name, h.text, ${start}, ${end}, if(h.status IN ('failed', 'canceled'), 1, 0), 0, 0 ` +
    `FROM ${rows} WHERE h.kind NOT IN ('DDL', 'UTILITY')`,
};

const statementColumns: SystemView['columns'] = [
  ['userid', int4],
  ['xid', int8],
  ['pid', int4],
  ['label', char(320)],
  ['starttime', timestamp],
  ['endtime', timestamp],
  ['sequence', int4],
];

const stlDdlText: SystemView = {
  schema: 'pg_catalog',
  name: 'stl_ddltext',
  page: 'STL_DDLTEXT',
  columns: [...statementColumns, ['text', char(200)]],
  duckdb: () =>
    `SELECT h.userid, h.query, h.pid, h.label, ${start}, ${end}, p.n, ${piece} FROM ${rows}, ${pieces} WHERE h.kind = 'DDL'`,
};

const svlStatementText: SystemView = {
  schema: 'pg_catalog',
  name: 'svl_statementtext',
  page: 'SVL_STATEMENTTEXT',
  columns: [...statementColumns, ['type', varchar(10)], ['text', varchar(200)]],
  duckdb: () =>
    `SELECT h.userid, h.query, h.pid, h.label, ${start}, ${end}, p.n, CASE h.kind WHEN 'DDL' THEN 'DDL' WHEN 'UTILITY' THEN 'UTILITY' ELSE 'QUERY' END, ${piece} ` +
    `FROM ${rows}, ${pieces}`,
};

const stlQueryText: SystemView = {
  schema: 'pg_catalog',
  name: 'stl_querytext',
  page: 'STL_QUERYTEXT',
  columns: [
    ['userid', int4],
    ['xid', int8],
    ['pid', int4],
    ['query', int4],
    ['sequence', int4],
    ['text', char(200)],
  ],
  duckdb: () =>
    `SELECT h.userid, h.query, h.pid, h.query, p.n, ${piece} FROM ${rows}, ${pieces} WHERE h.kind NOT IN ('DDL', 'UTILITY')`,
};

const stlUtilityText: SystemView = {
  schema: 'pg_catalog',
  name: 'stl_utilitytext',
  page: 'STL_UTILITYTEXT',
  columns: [...statementColumns, ['text', char(200)]],
  duckdb: () =>
    `SELECT h.userid, h.query, h.pid, h.label, ${start}, ${end}, p.n, ${piece} FROM ${rows}, ${pieces} WHERE h.kind = 'UTILITY'`,
};

const svlQlog: SystemView = {
  schema: 'pg_catalog',
  name: 'svl_qlog',
  page: 'SVL_QLOG',
  columns: [
    ['userid', int4],
    ['query', int4],
    ['xid', int8],
    ['pid', int4],
    ['starttime', timestamp],
    ['endtime', timestamp],
    ['elapsed', int8],
    ['aborted', int4],
    ['label', char(320)],
    ['substring', char(60)],
    ['source_query', int4],
    ['concurrency_scaling_status_txt', varchar(100)],
    ['from_sp_call', int4],
  ],
  duckdb: () =>
    `SELECT h.userid, h.query, h.query, h.pid, ${start}, ${end}, h.end_micros - h.start_micros, if(h.status IN ('failed', 'canceled'), 1, 0), h.label, ` +
    `substring(h.text, 1, 60), NULL, NULL, NULL FROM ${rows} WHERE h.kind NOT IN ('DDL', 'UTILITY')`,
};

const stvRecents: SystemView = {
  schema: 'pg_catalog',
  name: 'stv_recents',
  page: 'STV_RECENTS',
  columns: [
    ['userid', int4],
    ['status', char(20)],
    ['starttime', timestamp],
    ['duration', int4],
    ['user_name', char(50)],
    ['db_name', char(50)],
    ['query', char(600)],
    ['pid', int4],
  ],
  duckdb: () =>
    `SELECT h.userid, if(h.status = 'running', 'Running', 'Done'), ${start}, h.end_micros - h.start_micros, h.user_name, h.db_name, substring(h.text, 1, 600), ` +
    `if(h.status = 'running', h.pid, -1) FROM ${rows}`,
};

const stvInflight: SystemView = {
  schema: 'pg_catalog',
  name: 'stv_inflight',
  page: 'STV_INFLIGHT',
  columns: [
    ['userid', int4],
    ['slice', int4],
    ['query', int4],
    ['label', char(320)],
    ['xid', int8],
    ['pid', int4],
    ['starttime', timestamp],
    ['text', char(100)],
    ['suspended', int4],
    ['insert_pristine', int4],
    ['concurrency_scaling_status', int4],
  ],
  duckdb: () =>
    `SELECT h.userid, 0, h.query, h.label, h.query, h.pid, ${start}, substring(h.text, 1, 100), 0, 0, 0 FROM ${rows} WHERE h.status = 'running'`,
};

/** The text of what the session `process` runs now. */
export const runningText = (process: string): string =>
  `(SELECT max(h.text) FROM ${rows} WHERE h.status = 'running' AND h.pid = ${process})`;

/** The views over the statements that ran. */
export const queryHistoryViews: readonly SystemView[] = [
  sysQueryHistory,
  stlQuery,
  stlQueryText,
  stlDdlText,
  svlStatementText,
  stlUtilityText,
  svlQlog,
  stvRecents,
  stvInflight,
];
