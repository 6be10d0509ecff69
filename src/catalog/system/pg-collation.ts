import { bool, char, int4, name, oid, text } from './column-types.js';
import type { SystemView } from './system-view.js';

export const pgCollation: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_collation',
  page: 'PostgreSQL: pg_collation',
  columns: [
    ['oid', oid],
    ['collname', name],
    ['collnamespace', oid],
    ['collowner', int4],
    ['collprovider', char(1)],
    ['collisdeterministic', bool],
    ['collencoding', int4],
    ['collcollate', name],
    ['collctype', name],
    ['colliculocale', text],
    ['collversion', text],
  ],
  duckdb: () =>
    "VALUES (100, 'default', 11, 1, 'd', true, -1, '', '', NULL, NULL), (950, 'C', 11, 1, 'c', true, -1, 'C', 'C', NULL, NULL)",
};
