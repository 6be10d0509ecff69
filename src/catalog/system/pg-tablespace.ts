import { int4, name, oid, text, textArray } from './column-types.js';
import type { SystemView } from './system-view.js';

export const pgTablespace: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_tablespace',
  page: 'PostgreSQL: pg_tablespace',
  columns: [
    ['oid', oid, 'v.oid'],
    ['spcname', name, 'v.spcname'],
    ['spcowner', int4, 'v.spcowner'],
    ['spclocation', text, 'v.spclocation'],
    ['spcacl', textArray, 'v.spcacl'],
    ['spcoptions', textArray, 'v.spcoptions'],
  ],
  from: [
    "FROM (VALUES (1663, 'pg_default', 1, '', NULL, NULL), (1664, 'pg_global', 1, '', NULL, NULL)) AS v(oid, " +
      'spcname, spcowner, spclocation, spcacl, spcoptions)',
  ],
};
