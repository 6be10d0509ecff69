import { encodingNumber } from '../../../sql-dialect/functions/encodings.js';
import { bool, char, int2, int4, name, oid, text, textArray, varchar } from './column-types.js';
import { columnRows, keyRows } from './sources.js';
import type { SystemView } from './system-view.js';

/** The columns that Redshift has; clients that were written for newer servers name those after them. */
export const pgAttributeColumns: SystemView['columns'] = [
  ['attrelid', oid, 'c.r_oid', 'k.index_oid'],
  ['attname', name, 'c.name', 'c.name'],
  ['atttypid', oid, 'c.type_oid', 'c.type_oid'],
  ['attstattarget', int4, '-1', '-1'],
  ['attlen', int2, 'c.type_length', 'c.type_length'],
  ['attnum', int2, 'c.ordinal', 'p.n'],
  ['attndims', int4, '0', '0'],
  ['attcacheoff', int4, '-1', '-1'],
  ['atttypmod', int4, 'c.type_modifier', 'c.type_modifier'],
  ['attbyval', bool, 'c.type_length > 0', 'c.type_length > 0'],
  ['attstorage', char(1), "if(c.type_length > 0, 'p', 'x')", "if(c.type_length > 0, 'p', 'x')"],
  ['attalign', char(1), "'i'", "'i'"],
  ['attnotnull', bool, 'c.not_null', 'false'],
  ['atthasdef', bool, 'c.default_text IS NOT NULL', 'false'],
  ['attidentity', varchar(1), "''", "''"],
  ['attgenerated', varchar(1), "''", "''"],
  ['attisdropped', bool, 'false', 'false'],
  ['attislocal', bool, 'true', 'true'],
  ['attinhcount', int4, '0', '0'],
  ['attcollation', oid, '0', '0'],
  ['attisdistkey', bool, 'c.dist_key', 'false'],
  ['attispreloaded', bool, 'false', 'false'],
  ['attsortkeyord', int4, 'c.sort_key', '0'],
  ['attencodingtype', int2, encodingNumber('c.encoding'), '0'],
  ['attencrypttype', int2, '0', '0'],
  ['attacl', textArray],
  ['attoptions', textArray],
];

export const pgAttribute: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_attribute',
  page: 'PostgreSQL: pg_attribute; PG_ATTRIBUTE_INFO',
  columns: [
    ...pgAttributeColumns,
    ['attcompression', char(1)],
    ['atthasmissing', bool],
    ['attfdwoptions', textArray],
    ['attmissingval', text],
  ],
  from: [
    (scope) => `FROM (${columnRows(scope)}) AS c`,
    (scope) =>
      `FROM (${keyRows}) AS k, unnest(generate_series(1, len(k.columns))) AS p(n) ` +
      `JOIN (${columnRows(scope)}) AS c ON c.r_oid = k.table_oid AND c.ordinal = k.columns[p.n] ` +
      'WHERE k.index_oid > 0',
  ],
};
