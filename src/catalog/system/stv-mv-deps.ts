import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { char } from './column-types.js';
import { materializedViewDependencies } from './materialized-view-rows.js';
import type { SystemView } from './system-view.js';

export const stvMvDeps: SystemView = {
  schema: 'pg_catalog',
  name: 'stv_mv_deps',
  page: 'STV_MV_DEPS',
  columns: [
    ['db_name', char(128)],
    ['schema', char(128)],
    ['name', char(128)],
    ['ref_schema', char(128)],
    ['ref_name', char(128)],
    ['ref_database_name', char(128)],
  ],
  duckdb: (scope) => {
    const database = quoteLiteral(scope.database);
    return `SELECT ${database}, d.schema_name, d.name, d.ref_schema, d.ref_name, ${database} FROM (${materializedViewDependencies(scope)}) AS d`;
  },
};
