import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { varchar } from './column-types.js';
import { keyRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const informationSchemaTableConstraints: SystemView = {
  schema: 'information_schema',
  name: 'table_constraints',
  page: 'PostgreSQL: information_schema.table_constraints',
  columns: [
    ['constraint_catalog', varchar(128)],
    ['constraint_schema', varchar(128)],
    ['constraint_name', varchar(128)],
    ['table_catalog', varchar(128)],
    ['table_schema', varchar(128)],
    ['table_name', varchar(128)],
    ['constraint_type', varchar(128)],
    ['is_deferrable', varchar(128)],
    ['initially_deferred', varchar(128)],
  ],
  duckdb: (scope) => {
    const database = quoteLiteral(scope.database);
    const type = "CASE k.type WHEN 'p' THEN 'PRIMARY KEY' WHEN 'u' THEN 'UNIQUE' ELSE 'FOREIGN KEY' END";
    return `SELECT ${database}, k.schema_name, k.name, ${database}, k.schema_name, k.table_name, ${type}, 'NO', 'NO' FROM (${keyRows}) AS k`;
  },
};
