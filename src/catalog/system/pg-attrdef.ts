import { int2, oid, text } from './column-types.js';
import { columnRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgAttrdef: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_attrdef',
  page: 'PostgreSQL: pg_attrdef',
  columns: [
    ['oid', oid],
    ['adrelid', oid],
    ['adnum', int2],
    ['adbin', text],
    ['adsrc', text],
  ],
  duckdb: (scope) =>
    'SELECT c.r_oid * 2000 + c.ordinal, c.r_oid, c.ordinal, c.default_text, c.default_text ' +
    `FROM (${columnRows(scope)}) AS c WHERE c.default_text IS NOT NULL`,
};
