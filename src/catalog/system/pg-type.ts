import { type TypeEntry, typeEntries } from '../../../sql-dialect/types/type-table.js';
import { quoteText } from '../../engine/quote.js';
import { bool, char, int2, int4, name, oid, regproc, text, textArray } from './column-types.js';
import type { SystemView } from './system-view.js';

/** `typcategory` letters of PostgreSQL's pg_type. */
const categories: Readonly<Record<TypeEntry['category'], string>> = {
  boolean: 'B',
  integer: 'N',
  decimal: 'N',
  float: 'N',
  string: 'S',
  date: 'D',
  time: 'D',
  interval: 'T',
  super: 'U',
  binary: 'U',
  spatial: 'G',
  object: 'N',
  array: 'A',
  unknown: 'X',
};

const rows = typeEntries().map((entry) => {
  const element = typeEntries().find((other) => `_${other.internalName}` === entry.internalName);
  const array = typeEntries().find((other) => other.internalName === `_${entry.internalName}`);
  return `(${entry.oid}, ${quoteText(entry.internalName)}, ${entry.typlen}, '${categories[entry.category]}', ${element?.oid ?? 0}, ${array?.oid ?? 0})`;
});

export const pgType: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_type',
  page: 'PostgreSQL: pg_type',
  columns: [
    ['oid', oid],
    ['typname', name],
    ['typnamespace', oid],
    ['typowner', int4],
    ['typlen', int2],
    ['typbyval', bool],
    ['typtype', char(1)],
    ['typcategory', char(1)],
    ['typispreferred', bool],
    ['typisdefined', bool],
    ['typdelim', char(1)],
    ['typrelid', oid],
    ['typelem', oid],
    ['typarray', oid],
    ['typinput', regproc],
    ['typoutput', regproc],
    ['typreceive', regproc],
    ['typsend', regproc],
    ['typalign', char(1)],
    ['typstorage', char(1)],
    ['typnotnull', bool],
    ['typbasetype', oid],
    ['typtypmod', int4],
    ['typndims', int4],
    ['typcollation', oid],
    ['typdefault', text],
    ['typacl', textArray],
  ],
  duckdb: () =>
    "SELECT t.oid, t.name, 11, 1, t.len, t.len > 0, 'b', t.category, false, true, ',', 0, t.element, t.array_oid, " +
    "if(t.category = 'A', 'array_in', t.name || 'in'), if(t.category = 'A', 'array_out', t.name || 'out'), " +
    "if(t.category = 'A', 'array_recv', t.name || 'recv'), if(t.category = 'A', 'array_send', t.name || 'send'), 'i', if(t.len > 0, 'p', 'x'), false, 0, -1, 0, 0, NULL, NULL " +
    `FROM (VALUES ${rows.join(', ')}) AS t(oid, name, len, category, element, array_oid)`,
};
