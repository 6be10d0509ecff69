import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { varchar } from './column-types.js';
import { relationRows, tableType } from './sources.js';
import type { SystemView } from './system-view.js';

export const svvAllTables: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_all_tables',
  page: 'SVV_ALL_TABLES',
  columns: [
    ['database_name', varchar(128)],
    ['schema_name', varchar(128)],
    ['table_name', varchar(128)],
    ['table_acl', varchar(128)],
    ['table_type', varchar(128)],
    ['remarks', varchar(256)],
  ],
  duckdb: (scope) =>
    `SELECT ${quoteLiteral(scope.database)}, r.schema_name, r.name, NULL, ${tableType('r.kind', 'TABLE')}, r.definition->>'$.comment' ` +
    `FROM (${relationRows(scope)}) AS r WHERE NOT r.is_system`,
};
