import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { int4, varchar } from './column-types.js';
import { columnRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const informationSchemaColumns: SystemView = {
  schema: 'information_schema',
  name: 'columns',
  page: 'PostgreSQL: information_schema.columns',
  columns: [
    ['table_catalog', varchar(128)],
    ['table_schema', varchar(128)],
    ['table_name', varchar(128)],
    ['column_name', varchar(128)],
    ['ordinal_position', int4],
    ['column_default', varchar(4000)],
    ['is_nullable', varchar(128)],
    ['data_type', varchar(128)],
    ['character_maximum_length', int4],
    ['character_octet_length', int4],
    ['numeric_precision', int4],
    ['numeric_precision_radix', int4],
    ['numeric_scale', int4],
    ['datetime_precision', int4],
    ['interval_type', varchar(128)],
    ['interval_precision', varchar(128)],
    ['character_set_catalog', varchar(128)],
    ['character_set_schema', varchar(128)],
    ['character_set_name', varchar(128)],
    ['collation_catalog', varchar(128)],
    ['collation_schema', varchar(128)],
    ['collation_name', varchar(128)],
    ['domain_catalog', varchar(128)],
    ['domain_schema', varchar(128)],
    ['domain_name', varchar(128)],
    ['udt_catalog', varchar(128)],
    ['udt_schema', varchar(128)],
    ['udt_name', varchar(128)],
    ['scope_catalog', varchar(128)],
    ['scope_schema', varchar(128)],
    ['scope_name', varchar(128)],
    ['maximum_cardinality', int4],
    ['dtd_identifier', varchar(128)],
    ['is_self_referencing', varchar(128)],
    ['is_identity', varchar(3)],
    ['identity_generation', varchar(128)],
    ['identity_start', varchar(128)],
    ['identity_increment', varchar(128)],
    ['identity_maximum', varchar(128)],
    ['identity_minimum', varchar(128)],
    ['identity_cycle', varchar(3)],
    ['is_generated', varchar(128)],
    ['generation_expression', varchar(4000)],
    ['is_updatable', varchar(3)],
  ],
  duckdb: (scope) => {
    const database = quoteLiteral(scope.database);
    return (
      `SELECT ${database}, c.r_schema, c.r_name, c.name, c.ordinal, c.default_text, if(c.not_null, 'NO', 'YES'), c.data_type, c.length, c.length, ` +
      "c.precision, if(c.precision IS NULL, NULL, if(c.type_name = 'numeric', 10, 2)), c.scale, if(c.type_name LIKE 'time%', 6, NULL), NULL, NULL, " +
      `NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, ${database}, 'pg_catalog', c.type_name, NULL, NULL, NULL, NULL, CAST(c.ordinal AS VARCHAR), 'NO', ` +
      "if(c.identity, 'YES', 'NO'), if(c.identity, if(starts_with(c.default_text, 'default_identity'), 'BY DEFAULT', 'ALWAYS'), NULL), if(c.identity, regexp_extract(c.default_text, '''(-?\\d+),', 1), NULL), " +
      "if(c.identity, regexp_extract(c.default_text, ',(-?\\d+)''', 1), NULL), NULL, NULL, if(c.identity, 'NO', NULL), 'NEVER', NULL, if(c.r_kind = 'table', 'YES', 'NO') " +
      `FROM (${columnRows(scope)}) AS c`
    );
  },
};
