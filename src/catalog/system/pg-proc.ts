import { bool, char, float4, int2, int4, int8Array, name, oid, oidVector, text, textArray } from './column-types.js';
import { functionRows } from './system-functions.js';
import type { SystemView } from './system-view.js';

/** The built-in functions. Users cannot create routines. */
export const pgProc: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_proc',
  page: 'PostgreSQL: pg_proc',
  columns: [
    ['oid', oid],
    ['proname', name],
    ['pronamespace', oid],
    ['proowner', int4],
    ['prolang', oid],
    ['procost', float4],
    ['prorows', float4],
    ['provariadic', oid],
    ['proisagg', bool],
    ['proiswindow', bool],
    ['prosecdef', bool],
    ['proleakproof', bool],
    ['proisstrict', bool],
    ['proretset', bool],
    ['provolatile', char(1)],
    ['proparallel', char(1)],
    ['prokind', char(1)],
    ['pronargs', int2],
    ['pronargdefaults', int2],
    ['prorettype', oid],
    ['proargtypes', oidVector],
    ['proallargtypes', int8Array],
    ['proargmodes', textArray],
    ['proargnames', textArray],
    ['proargdefaults', text],
    ['prosrc', text],
    ['probin', text],
    ['proconfig', textArray],
    ['proacl', textArray],
  ],
  duckdb: (scope) =>
    "SELECT f.oid, f.name, 11, 1, 12, 1, 0, f.variadic_oid, f.kind = 'a', f.kind = 'w', false, false, true, false, f.volatility, 's', f.kind, " +
    'len(f.argument_oids), f.defaults, f.result_oid, f.argument_oids, NULL, NULL, NULL, NULL, f.name, NULL, NULL, NULL ' +
    `FROM (${functionRows(scope)}) AS f`,
};
