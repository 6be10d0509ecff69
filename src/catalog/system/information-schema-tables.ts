import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { varchar } from './column-types.js';
import { relationRows, tableType } from './sources.js';
import type { SystemView } from './system-view.js';

export const informationSchemaTables: SystemView = {
  schema: 'information_schema',
  name: 'tables',
  page: 'PostgreSQL: information_schema.tables',
  columns: [
    ['table_catalog', varchar(128), (scope) => quoteLiteral(scope.database)],
    ['table_schema', varchar(128), 'r.schema_name'],
    ['table_name', varchar(128), 'r.name'],
    ['table_type', varchar(128), tableType('r.kind', 'BASE TABLE')],
    ['self_referencing_column_name', varchar(128)],
    ['reference_generation', varchar(128)],
    ['user_defined_type_catalog', varchar(128)],
    ['user_defined_type_schema', varchar(128)],
    ['user_defined_name', varchar(128)],
    ['user_defined_type_name', varchar(128)],
    ['is_insertable_into', varchar(3), "if(r.kind = 'table', 'YES', 'NO')"],
    ['is_typed', varchar(3), "'NO'"],
    ['commit_action', varchar(128)],
  ],
  from: [(scope) => `FROM (${relationRows(scope)}) AS r`],
};
