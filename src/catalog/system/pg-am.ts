import { bool, char, name, oid, text } from './column-types.js';
import type { SystemView } from './system-view.js';

export const pgAm: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_am',
  page: 'PostgreSQL: pg_am',
  columns: [
    ['oid', oid, 'v.oid'],
    ['amname', name, 'v.amname'],
    ['amhandler', text, 'v.amhandler'],
    ['amtype', char(1), 'v.amtype'],
    ['amcanorder', bool, 'v.amcanorder'],
  ],
  from: ["FROM (VALUES (403, 'btree', 'bthandler', 'i', true)) AS v(oid, amname, amhandler, amtype, amcanorder)"],
};
