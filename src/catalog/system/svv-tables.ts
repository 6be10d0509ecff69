import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { text } from './column-types.js';
import { relationRows, tableType } from './sources.js';
import type { SystemView } from './system-view.js';

export const svvTables: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_tables',
  page: 'SVV_TABLES',
  columns: [
    ['table_catalog', text],
    ['table_schema', text],
    ['table_name', text],
    ['table_type', text],
    ['remarks', text],
  ],
  duckdb: (scope) =>
    `SELECT ${quoteLiteral(scope.database)}, r.schema_name, r.name, ${tableType('r.kind', 'BASE TABLE')}, r.definition->>'$.comment' ` +
    `FROM (${relationRows(scope)}) AS r`,
};
