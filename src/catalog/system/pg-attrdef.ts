import { int2, oid, text } from './column-types.js';
import { columnRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgAttrdef: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_attrdef',
  page: 'PostgreSQL: pg_attrdef',
  columns: [
    ['oid', oid, 'c.r_oid * 2000 + c.ordinal'],
    ['adrelid', oid, 'c.r_oid'],
    ['adnum', int2, 'c.ordinal'],
    ['adbin', text, 'c.default_text'],
    ['adsrc', text, 'c.default_text'],
  ],
  from: [(scope) => `FROM (${columnRows(scope)}) AS c WHERE c.default_text IS NOT NULL`],
};
