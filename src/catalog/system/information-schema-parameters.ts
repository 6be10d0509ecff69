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
    ['specific_catalog', varchar(128)],
    ['specific_schema', varchar(128)],
    ['specific_name', varchar(128)],
    ['ordinal_position', int4],
    ['parameter_mode', varchar(128)],
    ['parameter_name', varchar(128)],
    ['data_type', varchar(128)],
  ],
  duckdb: (scope) =>
    `SELECT ${quoteLiteral(scope.database)}, 'pg_catalog', f.name || '_' || f.oid, p.n, 'IN', NULL, ${typeName('f.argument_oids[p.n]')} ` +
    `FROM (${functionRows(scope)}) AS f, unnest(generate_series(1, len(f.argument_oids))) AS p(n)`,
};
