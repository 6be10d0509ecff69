import { bool, int4, name, oid, textArray } from './column-types.js';
import type { SystemView } from './system-view.js';

/** The languages of built-in functions, and Redshift's own. No routine can be written in any of them here. */
export const pgLanguage: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_language',
  page: 'PostgreSQL: pg_language',
  columns: [
    ['oid', oid, 'v.oid'],
    ['lanname', name, 'v.lanname'],
    ['lanowner', int4, 'v.lanowner'],
    ['lanispl', bool, 'v.lanispl'],
    ['lanpltrusted', bool, 'v.lanpltrusted'],
    ['lanplcallfoid', oid, 'v.lanplcallfoid'],
    ['lanvalidator', oid, 'v.lanvalidator'],
    ['lanacl', textArray, 'v.lanacl'],
    ['laninline', oid],
  ],
  from: [
    "FROM (VALUES (12, 'internal', 1, false, false, 0, 0, NULL), (13, 'c', 1, false, false, 0, 0, NULL), " +
      "(14, 'sql', 1, false, true, 0, 0, NULL)) AS v(oid, lanname, lanowner, lanispl, lanpltrusted, " +
      'lanplcallfoid, lanvalidator, lanacl)',
  ],
};
