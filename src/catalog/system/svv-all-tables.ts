import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { varchar } from './column-types.js';
import { relationRows, tableType } from './sources.js';
import type { SystemView } from './system-view.js';

export const svvAllTables: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_all_tables',
  page: 'SVV_ALL_TABLES',
  columns: [
    ['database_name', varchar(128), (scope) => quoteLiteral(scope.database)],
    ['schema_name', varchar(128), 'r.schema_name'],
    ['table_name', varchar(128), 'r.name'],
    ['table_acl', varchar(128)],
    ['table_type', varchar(128), tableType('r.kind', 'TABLE')],
    ['remarks', varchar(256), "r.definition->>'$.comment'"],
  ],
  from: [(scope) => `FROM (${relationRows(scope)}) AS r WHERE NOT r.is_system`],
};
