import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { char } from './column-types.js';
import { materializedViewDependencies } from './materialized-view-rows.js';
import type { SystemView } from './system-view.js';

/** `dependent_…` is the view that is read. */
export const svvMvDependency: SystemView = {
  schema: 'pg_catalog',
  name: 'svv_mv_dependency',
  page: 'SVV_MV_DEPENDENCY',
  columns: [
    ['database_name', char(128)],
    ['schema_name', char(128)],
    ['name', char(128)],
    ['dependent_database_name', char(128)],
    ['dependent_schema_name', char(128)],
    ['dependent_name', char(128)],
  ],
  duckdb: (scope) => {
    const database = quoteLiteral(scope.database);
    return `SELECT ${database}, d.schema_name, d.name, ${database}, d.ref_schema, d.ref_name FROM (${materializedViewDependencies(scope)}) AS d`;
  },
};
