import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { text } from './column-types.js';
import { relationRows, tableType } from './sources.js';
import type { SystemView } from './system-view.js';

export const svvTables: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_tables',
  page: 'SVV_TABLES',
  columns: [
    ['table_catalog', text, (scope) => quoteLiteral(scope.database)],
    ['table_schema', text, 'r.schema_name'],
    ['table_name', text, 'r.name'],
    ['table_type', text, tableType('r.kind', 'BASE TABLE')],
    ['remarks', text, "r.definition->>'$.comment'"],
  ],
  from: [(scope) => `FROM (${relationRows(scope)}) AS r`],
};
