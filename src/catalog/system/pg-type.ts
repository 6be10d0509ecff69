import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { catalogOnlyTypes } from '../../../sql-dialect/types/catalog-types.js';
import { elementType } from '../../../sql-dialect/types/coercion.js';
import { type TypeEntry, typeEntries, typeEntry } from '../../../sql-dialect/types/type-table.js';
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

interface Row {
  readonly oid: number;
  readonly name: string;
  readonly length: number;
  readonly category: string;
  readonly element: number;
  readonly type: 'b' | 'p';
}

const types: readonly Row[] = [
  ...typeEntries().map(({ id, oid, internalName, typlen, category }): Row => {
    const element = elementType({ id });
    return {
      oid,
      name: internalName,
      length: typlen,
      category: categories[category],
      element: element === undefined ? 0 : typeEntry(element.id).oid,
      type: 'b',
    };
  }),
  ...catalogOnlyTypes,
];

const rows = types.map(({ oid, name, length, category, element, type }) => {
  const array = types.find((other) => other.name === `_${name}`);
  return `(${oid}, ${quoteLiteral(name)}, ${length}, '${category}', ${element}, ${array?.oid ?? 0}, '${type}')`;
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
    "SELECT t.oid, t.name, 11, 1, t.len, t.len > 0, t.typtype, t.category, false, true, ',', 0, t.element, t.array_oid, " +
    "if(t.category = 'A', 'array_in', t.name || 'in'), if(t.category = 'A', 'array_out', t.name || 'out'), " +
    "if(t.category = 'A', 'array_recv', t.name || 'recv'), if(t.category = 'A', 'array_send', t.name || 'send'), 'i', if(t.len > 0, 'p', 'x'), false, 0, -1, 0, 0, NULL, NULL " +
    `FROM (VALUES ${rows.join(', ')}) AS t(oid, name, len, category, element, array_oid, typtype)`,
};
