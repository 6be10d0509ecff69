import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { varchar } from './column-types.js';
import { keyRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const informationSchemaConstraintColumnUsage: SystemView = {
  schema: 'information_schema',
  name: 'constraint_column_usage',
  page: 'PostgreSQL: information_schema.constraint_column_usage',
  columns: [
    ['table_catalog', varchar(128)],
    ['table_schema', varchar(128)],
    ['table_name', varchar(128)],
    ['column_name', varchar(128)],
    ['constraint_catalog', varchar(128)],
    ['constraint_schema', varchar(128)],
    ['constraint_name', varchar(128)],
  ],
  duckdb: (scope) => {
    const database = quoteLiteral(scope.database);
    return (
      `SELECT ${database}, if(k.type = 'f', k.referenced_schema, k.schema_name), if(k.type = 'f', k.referenced_table, k.table_name), u.c, ${database}, k.schema_name, k.name ` +
      `FROM (${keyRows}) AS k, unnest(if(k.type = 'f', k.referenced_names, k.column_names)) AS u(c)`
    );
  },
};
