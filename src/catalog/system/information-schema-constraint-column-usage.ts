import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { varchar } from './column-types.js';
import { keyRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const informationSchemaConstraintColumnUsage: SystemView = {
  schema: 'information_schema',
  name: 'constraint_column_usage',
  page: 'PostgreSQL: information_schema.constraint_column_usage',
  columns: [
    ['table_catalog', varchar(128), (scope) => quoteLiteral(scope.database)],
    ['table_schema', varchar(128), "if(k.type = 'f', k.referenced_schema, k.schema_name)"],
    ['table_name', varchar(128), "if(k.type = 'f', k.referenced_table, k.table_name)"],
    ['column_name', varchar(128), 'u.c'],
    ['constraint_catalog', varchar(128), (scope) => quoteLiteral(scope.database)],
    ['constraint_schema', varchar(128), 'k.schema_name'],
    ['constraint_name', varchar(128), 'k.name'],
  ],
  from: [`FROM (${keyRows}) AS k, unnest(if(k.type = 'f', k.referenced_names, k.column_names)) AS u(c)`],
};
