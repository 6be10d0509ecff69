import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { char } from './column-types.js';
import { materializedViewDependencies } from './materialized-view-rows.js';
import type { SystemView } from './system-view.js';

export const stvMvDeps: SystemView = {
  schema: 'pg_catalog',
  name: 'stv_mv_deps',
  page: 'STV_MV_DEPS',
  columns: [
    ['db_name', char(128), (scope) => quoteLiteral(scope.database)],
    ['schema', char(128), 'd.schema_name'],
    ['name', char(128), 'd.name'],
    ['ref_schema', char(128), 'd.ref_schema'],
    ['ref_name', char(128), 'd.ref_name'],
    ['ref_database_name', char(128), (scope) => quoteLiteral(scope.database)],
  ],
  from: [(scope) => `FROM (${materializedViewDependencies(scope)}) AS d`],
};
