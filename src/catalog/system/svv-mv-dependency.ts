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
    ['database_name', char(128), (scope) => quoteLiteral(scope.database)],
    ['schema_name', char(128), 'd.schema_name'],
    ['name', char(128), 'd.name'],
    ['dependent_database_name', char(128), (scope) => quoteLiteral(scope.database)],
    ['dependent_schema_name', char(128), 'd.ref_schema'],
    ['dependent_name', char(128), 'd.ref_name'],
  ],
  from: [(scope) => `FROM (${materializedViewDependencies(scope)}) AS d`],
};
