import { typeName } from '../../../sql-dialect/duckdb/object-names.js';
import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { int4, varchar } from './column-types.js';
import { functionRows } from './system-functions.js';
import type { SystemView } from './system-view.js';

export const informationSchemaParameters: SystemView = {
  schema: 'information_schema',
  name: 'parameters',
  page: 'PostgreSQL: information_schema.parameters',
  columns: [
    ['specific_catalog', varchar(128), (scope) => quoteLiteral(scope.database)],
    ['specific_schema', varchar(128), "'pg_catalog'"],
    ['specific_name', varchar(128), "f.name || '_' || f.oid"],
    ['ordinal_position', int4, 'p.n'],
    ['parameter_mode', varchar(128), "'IN'"],
    ['parameter_name', varchar(128)],
    ['data_type', varchar(128), typeName('f.argument_oids[p.n]')],
    ['is_result', varchar(3)],
    ['as_locator', varchar(3)],
    ['character_maximum_length', int4],
    ['character_octet_length', int4],
    ['character_set_catalog', varchar(128)],
    ['character_set_schema', varchar(128)],
    ['character_set_name', varchar(128)],
    ['collation_catalog', varchar(128)],
    ['collation_schema', varchar(128)],
    ['collation_name', varchar(128)],
    ['numeric_precision', int4],
    ['numeric_precision_radix', int4],
    ['numeric_scale', int4],
    ['datetime_precision', int4],
    ['interval_type', varchar(4000)],
    ['interval_precision', int4],
    ['udt_catalog', varchar(128)],
    ['udt_schema', varchar(128)],
    ['udt_name', varchar(128)],
    ['scope_catalog', varchar(128)],
    ['scope_schema', varchar(128)],
    ['scope_name', varchar(128)],
    ['maximum_cardinality', int4],
    ['dtd_identifier', varchar(128)],
    ['parameter_default', varchar(4000)],
  ],
  from: [(scope) => `FROM (${functionRows(scope)}) AS f, unnest(generate_series(1, len(f.argument_oids))) AS p(n)`],
};
