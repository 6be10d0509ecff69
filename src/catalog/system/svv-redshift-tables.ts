import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { varchar } from './column-types.js';
import { relationRows, tableType } from './sources.js';
import type { SystemView } from './system-view.js';

export const svvRedshiftTables: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_redshift_tables',
  page: 'SVV_REDSHIFT_TABLES',
  columns: [
    ['database_name', varchar(128)],
    ['schema_name', varchar(128)],
    ['table_name', varchar(128)],
    ['table_type', varchar(128)],
    ['table_acl', varchar(128)],
    ['remarks', varchar(128)],
    ['table_owner', varchar(128)],
  ],
  duckdb: (scope) =>
    `SELECT ${quoteLiteral(scope.database)}, r.schema_name, r.name, ${tableType('r.kind', 'TABLE')}, NULL, r.definition->>'$.comment', r.owner ` +
    `FROM (${relationRows(scope)}) AS r WHERE NOT r.is_system`,
};
