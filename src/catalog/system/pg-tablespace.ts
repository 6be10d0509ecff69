import { int4, name, oid, text, textArray } from './column-types.js';
import type { SystemView } from './system-view.js';

export const pgTablespace: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_tablespace',
  page: 'PostgreSQL: pg_tablespace',
  columns: [
    ['oid', oid],
    ['spcname', name],
    ['spcowner', int4],
    ['spclocation', text],
    ['spcacl', textArray],
    ['spcoptions', textArray],
  ],
  duckdb: () => "VALUES (1663, 'pg_default', 1, '', NULL, NULL), (1664, 'pg_global', 1, '', NULL, NULL)",
};
