import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { int4, varchar } from './column-types.js';
import { keyRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const informationSchemaKeyColumnUsage: SystemView = {
  schema: 'information_schema',
  name: 'key_column_usage',
  page: 'PostgreSQL: information_schema.key_column_usage',
  columns: [
    ['constraint_catalog', varchar(128), (scope) => quoteLiteral(scope.database)],
    ['constraint_schema', varchar(128), 'k.schema_name'],
    ['constraint_name', varchar(128), 'k.name'],
    ['table_catalog', varchar(128), (scope) => quoteLiteral(scope.database)],
    ['table_schema', varchar(128), 'k.schema_name'],
    ['table_name', varchar(128), 'k.table_name'],
    ['column_name', varchar(128), 'k.column_names[u.n]'],
    ['ordinal_position', int4, 'u.n'],
    ['position_in_unique_constraint', int4, "if(k.type = 'f', u.n, NULL)"],
  ],
  from: [`FROM (${keyRows}) AS k, unnest(generate_series(1, len(k.column_names))) AS u(n)`],
};
