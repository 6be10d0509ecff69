import { bool, char, int2, int4, int8Array, name, oid, oidVector, text, textArray } from './column-types.js';
import { functionRows } from './system-functions.js';
import type { SystemView } from './system-view.js';

export const pgProcInfo: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_proc_info',
  page: 'PG_PROC_INFO',
  columns: [
    ['prooid', oid, 'f.oid'],
    ['proname', name, 'f.name'],
    ['pronamespace', oid, '11'],
    ['proowner', int4, '1'],
    ['prolang', oid, '12'],
    ['proisagg', bool, "f.kind = 'a'"],
    ['prosecdef', bool, 'false'],
    ['proisstrict', bool, 'true'],
    ['proretset', bool, 'false'],
    ['provolatile', char(1), 'f.volatility'],
    ['pronargs', int2, 'len(f.argument_oids)'],
    ['prorettype', oid, 'f.result_oid'],
    ['proargtypes', oidVector, 'f.argument_oids'],
    ['proargnames', textArray],
    ['proargmodes', textArray],
    ['proallargtypes', int8Array],
    ['prosrc', text, 'f.name'],
    ['probin', text],
    ['prokind', char(1), 'f.kind'],
    ['proacl', textArray],
  ],
  from: [(scope) => `FROM (${functionRows(scope)}) AS f`],
};
