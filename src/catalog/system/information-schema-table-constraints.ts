import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { varchar } from './column-types.js';
import { keyRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const informationSchemaTableConstraints: SystemView = {
  schema: 'information_schema',
  name: 'table_constraints',
  page: 'PostgreSQL: information_schema.table_constraints',
  columns: [
    ['constraint_catalog', varchar(128), (scope) => quoteLiteral(scope.database)],
    ['constraint_schema', varchar(128), 'k.schema_name'],
    ['constraint_name', varchar(128), 'k.name'],
    ['table_catalog', varchar(128), (scope) => quoteLiteral(scope.database)],
    ['table_schema', varchar(128), 'k.schema_name'],
    ['table_name', varchar(128), 'k.table_name'],
    [
      'constraint_type',
      varchar(128),
      "CASE k.type WHEN 'p' THEN 'PRIMARY KEY' WHEN 'u' THEN 'UNIQUE' ELSE 'FOREIGN KEY' END",
    ],
    ['is_deferrable', varchar(128), "'NO'"],
    ['initially_deferred', varchar(128), "'NO'"],
    ['enforced', varchar(3)],
    ['nulls_distinct', varchar(3)],
  ],
  from: [`FROM (${keyRows}) AS k`],
};
