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
    ['oid', oid, 't.oid'],
    ['typname', name, 't.name'],
    ['typnamespace', oid, '11'],
    ['typowner', int4, '1'],
    ['typlen', int2, 't.len'],
    ['typbyval', bool, 't.len > 0'],
    ['typtype', char(1), 't.typtype'],
    ['typcategory', char(1), 't.category'],
    ['typispreferred', bool, 'false'],
    ['typisdefined', bool, 'true'],
    ['typdelim', char(1), "','"],
    ['typrelid', oid, '0'],
    ['typelem', oid, 't.element'],
    ['typarray', oid, 't.array_oid'],
    ['typinput', regproc, "if(t.category = 'A', 'array_in', t.name || 'in')"],
    ['typoutput', regproc, "if(t.category = 'A', 'array_out', t.name || 'out')"],
    ['typreceive', regproc, "if(t.category = 'A', 'array_recv', t.name || 'recv')"],
    ['typsend', regproc, "if(t.category = 'A', 'array_send', t.name || 'send')"],
    ['typalign', char(1), "'i'"],
    ['typstorage', char(1), "if(t.len > 0, 'p', 'x')"],
    ['typnotnull', bool, 'false'],
    ['typbasetype', oid, '0'],
    ['typtypmod', int4, '-1'],
    ['typndims', int4, '0'],
    ['typcollation', oid, '0'],
    ['typdefault', text],
    ['typacl', textArray],
    ['typsubscript', regproc],
    ['typmodin', regproc],
    ['typmodout', regproc],
    ['typanalyze', regproc],
    ['typdefaultbin', text],
  ],
  from: [`FROM (VALUES ${rows.join(', ')}) AS t(oid, name, len, category, element, array_oid, typtype)`],
};
