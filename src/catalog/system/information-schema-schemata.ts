import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { varchar } from './column-types.js';
import { schemaRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const informationSchemaSchemata: SystemView = {
  schema: 'information_schema',
  name: 'schemata',
  page: 'PostgreSQL: information_schema.schemata',
  columns: [
    ['catalog_name', varchar(128), (scope) => quoteLiteral(scope.database)],
    ['schema_name', varchar(128), 's.name'],
    ['schema_owner', varchar(128), 's.owner'],
    ['default_character_set_catalog', varchar(128)],
    ['default_character_set_schema', varchar(128)],
    ['default_character_set_name', varchar(128)],
    ['sql_path', varchar(128)],
  ],
  from: [(scope) => `FROM (${schemaRows(scope)}) AS s`],
};
