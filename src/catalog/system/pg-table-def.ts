import { sessionValue, sessionVariables } from '../../../sql-dialect/duckdb/session-variables.js';
import { bool, char, int4, name, text } from './column-types.js';
import { columnRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgTableDef: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_table_def',
  page: 'PG_TABLE_DEF',
  columns: [
    ['schemaname', name],
    ['tablename', name],
    ['column', text],
    ['type', text],
    ['encoding', char(32)],
    ['distkey', bool],
    ['sortkey', int4],
    ['notnull', bool],
  ],
  duckdb: (scope) =>
    'SELECT c.r_schema, c.r_name, c.name, c.full_type, c.encoding, c.dist_key, c.sort_key, c.not_null ' +
    `FROM (${columnRows(scope)}) AS c WHERE c.r_kind = 'table' AND list_contains(${sessionValue(sessionVariables.searchPath)}, c.r_schema)`,
};
