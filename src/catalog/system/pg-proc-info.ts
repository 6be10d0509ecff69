import { bool, char, int2, int4, int8Array, name, oid, oidVector, text, textArray } from './column-types.js';
import { functionRows } from './system-functions.js';
import type { SystemView } from './system-view.js';

export const pgProcInfo: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_proc_info',
  page: 'PG_PROC_INFO',
  columns: [
    ['prooid', oid],
    ['proname', name],
    ['pronamespace', oid],
    ['proowner', int4],
    ['prolang', oid],
    ['proisagg', bool],
    ['prosecdef', bool],
    ['proisstrict', bool],
    ['proretset', bool],
    ['provolatile', char(1)],
    ['pronargs', int2],
    ['prorettype', oid],
    ['proargtypes', oidVector],
    ['proargnames', textArray],
    ['proargmodes', textArray],
    ['proallargtypes', int8Array],
    ['prosrc', text],
    ['probin', text],
    ['prokind', char(1)],
    ['proacl', textArray],
  ],
  duckdb: (scope) =>
    "SELECT f.oid, f.name, 11, 1, 12, f.kind = 'a', false, true, false, f.volatility, len(f.argument_oids), f.result_oid, f.argument_oids, NULL, NULL, NULL, f.name, NULL, " +
    `f.kind, NULL FROM (${functionRows(scope)}) AS f`,
};
