import { encodingNumber } from '../../../sql-dialect/functions/encodings.js';
import { bool, char, int2, int4, name, oid, textArray, varchar } from './column-types.js';
import { columnRows, keyRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const pgAttribute: SystemView = {
  schema: 'pg_catalog',
  name: 'pg_attribute',
  page: 'PostgreSQL: pg_attribute; PG_ATTRIBUTE_INFO',
  columns: [
    ['attrelid', oid],
    ['attname', name],
    ['atttypid', oid],
    ['attstattarget', int4],
    ['attlen', int2],
    ['attnum', int2],
    ['attndims', int4],
    ['attcacheoff', int4],
    ['atttypmod', int4],
    ['attbyval', bool],
    ['attstorage', char(1)],
    ['attalign', char(1)],
    ['attnotnull', bool],
    ['atthasdef', bool],
    ['attidentity', varchar(1)],
    ['attgenerated', varchar(1)],
    ['attisdropped', bool],
    ['attislocal', bool],
    ['attinhcount', int4],
    ['attcollation', oid],
    ['attisdistkey', bool],
    ['attispreloaded', bool],
    ['attsortkeyord', int4],
    ['attencodingtype', int2],
    ['attencrypttype', int2],
    ['attacl', textArray],
    ['attoptions', textArray],
  ],
  duckdb: (scope) =>
    "SELECT c.r_oid, c.name, c.type_oid, -1, c.type_length, c.ordinal, 0, -1, c.type_modifier, c.type_length > 0, if(c.type_length > 0, 'p', 'x'), 'i', " +
    `c.not_null, c.default_text IS NOT NULL, '', '', false, true, 0, 0, c.dist_key, false, c.sort_key, ${encodingNumber('c.encoding')}, 0, NULL, NULL ` +
    `FROM (${columnRows(scope)}) AS c ` +
    // The indexes behind keys have columns of their own, which drivers read the keys from.
    "UNION ALL SELECT k.index_oid, c.name, c.type_oid, -1, c.type_length, p.n, 0, -1, c.type_modifier, c.type_length > 0, if(c.type_length > 0, 'p', 'x'), 'i', " +
    "false, false, '', '', false, true, 0, 0, false, false, 0, 0, 0, NULL, NULL " +
    `FROM (${keyRows}) AS k, unnest(generate_series(1, len(k.columns))) AS p(n) JOIN (${columnRows(scope)}) AS c ON c.r_oid = k.table_oid AND c.ordinal = k.columns[p.n] WHERE k.index_oid > 0`,
};
