import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { int4, varchar } from './column-types.js';
import { keyRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const informationSchemaKeyColumnUsage: SystemView = {
  schema: 'information_schema',
  name: 'key_column_usage',
  page: 'PostgreSQL: information_schema.key_column_usage',
  columns: [
    ['constraint_catalog', varchar(128)],
    ['constraint_schema', varchar(128)],
    ['constraint_name', varchar(128)],
    ['table_catalog', varchar(128)],
    ['table_schema', varchar(128)],
    ['table_name', varchar(128)],
    ['column_name', varchar(128)],
    ['ordinal_position', int4],
    ['position_in_unique_constraint', int4],
  ],
  duckdb: (scope) => {
    const database = quoteLiteral(scope.database);
    return (
      `SELECT ${database}, k.schema_name, k.name, ${database}, k.schema_name, k.table_name, k.column_names[u.n], u.n, if(k.type = 'f', u.n, NULL) ` +
      `FROM (${keyRows}) AS k, unnest(generate_series(1, len(k.column_names))) AS u(n)`
    );
  },
};
