import { bool, char, name, oid, text } from './column-types.js';
import type { SystemView } from './system-view.js';

export const pgAm: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_am',
  page: 'PostgreSQL: pg_am',
  columns: [
    ['oid', oid],
    ['amname', name],
    ['amhandler', text],
    ['amtype', char(1)],
    ['amcanorder', bool],
  ],
  duckdb: () => "VALUES (403, 'btree', 'bthandler', 'i', true)",
};
