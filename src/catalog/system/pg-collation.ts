import { bool, char, int4, name, oid, text } from './column-types.js';
import type { SystemView } from './system-view.js';

export const pgCollation: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_collation',
  page: 'PostgreSQL: pg_collation',
  columns: [
    ['oid', oid, 'v.oid'],
    ['collname', name, 'v.collname'],
    ['collnamespace', oid, 'v.collnamespace'],
    ['collowner', int4, 'v.collowner'],
    ['collprovider', char(1), 'v.collprovider'],
    ['collisdeterministic', bool, 'v.collisdeterministic'],
    ['collencoding', int4, 'v.collencoding'],
    ['collcollate', name, 'v.collcollate'],
    ['collctype', name, 'v.collctype'],
    ['colliculocale', text, 'v.colliculocale'],
    ['collversion', text, 'v.collversion'],
  ],
  from: [
    "FROM (VALUES (100, 'default', 11, 1, 'd', true, -1, '', '', NULL, NULL), (950, 'C', 11, 1, 'c', true, " +
      "-1, 'C', 'C', NULL, NULL)) AS v(oid, collname, collnamespace, collowner, collprovider, " +
      'collisdeterministic, collencoding, collcollate, collctype, colliculocale, collversion)',
  ],
};
