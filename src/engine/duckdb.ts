import { createRequire } from 'node:module';

/**
 * DuckDB's own module. Loaded with `require`: `import` would first search a hundred CommonJS files for the names they
 * export, which takes longer than running them.
 */
const api: typeof import('@duckdb/node-api') = createRequire(import.meta.url)('@duckdb/node-api');

export const {
  BIGINT,
  BLOB,
  BOOLEAN,
  DuckDBBlobValue,
  DuckDBInstance,
  DuckDBScalarFunction,
  DuckDBTableFunction,
  DuckDBTypeId,
  TIMESTAMP,
  VARCHAR,
} = api;
