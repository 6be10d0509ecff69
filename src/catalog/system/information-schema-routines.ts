import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { text, varchar } from './column-types.js';
import { functionRows } from './system-functions.js';
import type { SystemView } from './system-view.js';

export const informationSchemaRoutines: SystemView = {
  schema: 'information_schema',
  name: 'routines',
  page: 'PostgreSQL: information_schema.routines',
  columns: [
    ['specific_catalog', varchar(128)],
    ['specific_schema', varchar(128)],
    ['specific_name', varchar(128)],
    ['routine_catalog', varchar(128)],
    ['routine_schema', varchar(128)],
    ['routine_name', varchar(128)],
    ['routine_type', varchar(128)],
    ['data_type', varchar(128)],
    ['type_udt_catalog', varchar(128)],
    ['type_udt_schema', varchar(128)],
    ['type_udt_name', varchar(128)],
    ['routine_body', varchar(128)],
    ['routine_definition', text],
    ['external_name', varchar(128)],
    ['external_language', varchar(128)],
  ],
  duckdb: (scope) => {
    const database = quoteLiteral(scope.database);
    return (
      `SELECT ${database}, 'pg_catalog', f.name || '_' || f.oid, ${database}, 'pg_catalog', f.name, 'FUNCTION', f.result_text, ${database}, 'pg_catalog', f.result_text, ` +
      `'EXTERNAL', NULL, f.name, 'INTERNAL' FROM (${functionRows(scope)}) AS f`
    );
  },
};
