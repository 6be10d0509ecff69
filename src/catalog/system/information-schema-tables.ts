import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { varchar } from './column-types.js';
import { relationRows, tableType } from './sources.js';
import type { SystemView } from './system-view.js';

export const informationSchemaTables: SystemView = {
  schema: 'information_schema',
  name: 'tables',
  page: 'PostgreSQL: information_schema.tables',
  columns: [
    ['table_catalog', varchar(128)],
    ['table_schema', varchar(128)],
    ['table_name', varchar(128)],
    ['table_type', varchar(128)],
    ['self_referencing_column_name', varchar(128)],
    ['reference_generation', varchar(128)],
    ['user_defined_type_catalog', varchar(128)],
    ['user_defined_type_schema', varchar(128)],
    ['user_defined_name', varchar(128)],
    ['user_defined_type_name', varchar(128)],
    ['is_insertable_into', varchar(3)],
    ['is_typed', varchar(3)],
    ['commit_action', varchar(128)],
  ],
  duckdb: (scope) =>
    `SELECT ${quoteLiteral(scope.database)}, r.schema_name, r.name, ${tableType('r.kind', 'BASE TABLE')}, NULL, NULL, NULL, NULL, NULL, NULL, if(r.kind = 'table', 'YES', 'NO'), 'NO', NULL FROM (${relationRows(scope)}) AS r`,
};
