import { sessionValue, sessionVariables } from '../../../sql-dialect/duckdb/session-variables.js';
import { bool, char, int4, name, text } from './column-types.js';
import { columnRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgTableDef: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_table_def',
  page: 'PG_TABLE_DEF',
  columns: [
    ['schemaname', name, 'c.r_schema'],
    ['tablename', name, 'c.r_name'],
    ['column', text, 'c.name'],
    ['type', text, 'c.full_type'],
    ['encoding', char(32), 'c.encoding'],
    ['distkey', bool, 'c.dist_key'],
    ['sortkey', int4, 'c.sort_key'],
    ['notnull', bool, 'c.not_null'],
  ],
  from: [
    (scope) =>
      `FROM (${columnRows(scope)}) AS c WHERE c.r_kind = 'table' ` +
      `AND list_contains(${sessionValue(sessionVariables.searchPath)}, c.r_schema)`,
  ],
};
