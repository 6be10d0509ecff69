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
const rows =
  `unnest(from_json(coalesce(CAST(getvariable('${queryHistoryVariable.name}') AS VARCHAR), '[]'), ` +
  `${quoteLiteral(JSON.stringify([shape]))})) AS u(h)`;
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
    ['user_id', int4, 'h.userid'],
    ['query_id', int8, 'h.query'],
    ['query_label', char(320), 'h.label'],
    ['transaction_id', int8, 'h.query'],
    ['session_id', int4, 'h.pid'],
    ['database_name', char(128), 'h.db_name'],
    ['query_type', varchar(32), 'h.kind'],
    ['status', char(10), 'h.status'],
    ['result_cache_hit', char(1), "'f'"],
    ['start_time', timestamp, start],
    ['end_time', timestamp, end],
    ['elapsed_time', int8, 'h.end_micros - h.start_micros'],
    ['queue_time', int8, '0'],
    ['execution_time', int8, 'h.end_micros - h.start_micros'],
    ['error_message', char(512), 'h.error'],
    ['returned_rows', int8],
    ['returned_bytes', int8],
    ['query_text', char(4000), 'h.text'],
    ['redshift_version', char(256)],
    ['usage_limit', varchar(150)],
    ['compute_type', varchar(32), "'primary'"],
    ['compile_time', int8, '0'],
    ['planning_time', int8, '0'],
    ['lock_wait_time', int8, '0'],
  ],
  from: [`FROM ${rows}`],
};

const stlQuery: SystemView = {
  schema: 'pg_catalog',
  name: 'stl_query',
  page: 'STL_QUERY',
  columns: [
    ['userid', int4, 'h.userid'],
    ['query', int4, 'h.query'],
    ['label', char(320), 'h.label'],
    ['xid', int8, 'h.query'],
    ['pid', int4, 'h.pid'],
    ['database', char(32), 'h.db_name'],
    ['querytxt', char(4000), 'h.text'],
    ['starttime', timestamp, start],
    ['endtime', timestamp, end],
    ['aborted', int4, "if(h.status IN ('failed', 'canceled'), 1, 0)"],
    ['insert_pristine', int4, '0'],
    ['concurrency_scaling_status', int4, '0'],
  ],
  from: [`FROM ${rows} WHERE h.kind NOT IN ('DDL', 'UTILITY')`],
};

const stlDdlText: SystemView = {
  schema: 'pg_catalog',
  name: 'stl_ddltext',
  page: 'STL_DDLTEXT',
  columns: [
    ['userid', int4, 'h.userid'],
    ['xid', int8, 'h.query'],
    ['pid', int4, 'h.pid'],
    ['label', char(320), 'h.label'],
    ['starttime', timestamp, start],
    ['endtime', timestamp, end],
    ['sequence', int4, 'p.n'],
    ['text', char(200), piece],
  ],
  from: [`FROM ${rows}, ${pieces} WHERE h.kind = 'DDL'`],
};

const svlStatementText: SystemView = {
  schema: 'pg_catalog',
  name: 'svl_statementtext',
  page: 'SVL_STATEMENTTEXT',
  columns: [
    ['userid', int4, 'h.userid'],
    ['xid', int8, 'h.query'],
    ['pid', int4, 'h.pid'],
    ['label', char(320), 'h.label'],
    ['starttime', timestamp, start],
    ['endtime', timestamp, end],
    ['sequence', int4, 'p.n'],
    ['type', varchar(10), "CASE h.kind WHEN 'DDL' THEN 'DDL' WHEN 'UTILITY' THEN 'UTILITY' ELSE 'QUERY' END"],
    ['text', varchar(200), piece],
  ],
  from: [`FROM ${rows}, ${pieces}`],
};

const stlQueryText: SystemView = {
  schema: 'pg_catalog',
  name: 'stl_querytext',
  page: 'STL_QUERYTEXT',
  columns: [
    ['userid', int4, 'h.userid'],
    ['xid', int8, 'h.query'],
    ['pid', int4, 'h.pid'],
    ['query', int4, 'h.query'],
    ['sequence', int4, 'p.n'],
    ['text', char(200), piece],
  ],
  from: [`FROM ${rows}, ${pieces} WHERE h.kind NOT IN ('DDL', 'UTILITY')`],
};

const stlUtilityText: SystemView = {
  schema: 'pg_catalog',
  name: 'stl_utilitytext',
  page: 'STL_UTILITYTEXT',
  columns: [
    ['userid', int4, 'h.userid'],
    ['xid', int8, 'h.query'],
    ['pid', int4, 'h.pid'],
    ['label', char(320), 'h.label'],
    ['starttime', timestamp, start],
    ['endtime', timestamp, end],
    ['sequence', int4, 'p.n'],
    ['text', char(200), piece],
  ],
  from: [`FROM ${rows}, ${pieces} WHERE h.kind = 'UTILITY'`],
};

const svlQlog: SystemView = {
  schema: 'pg_catalog',
  name: 'svl_qlog',
  page: 'SVL_QLOG',
  columns: [
    ['userid', int4, 'h.userid'],
    ['query', int4, 'h.query'],
    ['xid', int8, 'h.query'],
    ['pid', int4, 'h.pid'],
    ['starttime', timestamp, start],
    ['endtime', timestamp, end],
    ['elapsed', int8, 'h.end_micros - h.start_micros'],
    ['aborted', int4, "if(h.status IN ('failed', 'canceled'), 1, 0)"],
    ['label', char(320), 'h.label'],
    ['substring', char(60), 'substring(h.text, 1, 60)'],
    ['source_query', int4],
    ['concurrency_scaling_status_txt', varchar(100)],
    ['from_sp_call', int4],
  ],
  from: [`FROM ${rows} WHERE h.kind NOT IN ('DDL', 'UTILITY')`],
};

const stvRecents: SystemView = {
  schema: 'pg_catalog',
  name: 'stv_recents',
  page: 'STV_RECENTS',
  columns: [
    ['userid', int4, 'h.userid'],
    ['status', char(20), "if(h.status = 'running', 'Running', 'Done')"],
    ['starttime', timestamp, start],
    ['duration', int4, 'h.end_micros - h.start_micros'],
    ['user_name', char(50), 'h.user_name'],
    ['db_name', char(50), 'h.db_name'],
    ['query', char(600), 'substring(h.text, 1, 600)'],
    ['pid', int4, "if(h.status = 'running', h.pid, -1)"],
  ],
  from: [`FROM ${rows}`],
};

const stvInflight: SystemView = {
  schema: 'pg_catalog',
  name: 'stv_inflight',
  page: 'STV_INFLIGHT',
  columns: [
    ['userid', int4, 'h.userid'],
    ['slice', int4, '0'],
    ['query', int4, 'h.query'],
    ['label', char(320), 'h.label'],
    ['xid', int8, 'h.query'],
    ['pid', int4, 'h.pid'],
    ['starttime', timestamp, start],
    ['text', char(100), 'substring(h.text, 1, 100)'],
    ['suspended', int4, '0'],
    ['insert_pristine', int4, '0'],
    ['concurrency_scaling_status', int4, '0'],
  ],
  from: [`FROM ${rows} WHERE h.status = 'running'`],
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
