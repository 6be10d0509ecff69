import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { text, varchar } from './column-types.js';
import { shownDefinition } from './shown-definition.js';
import { relationRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const informationSchemaViews: SystemView = {
  schema: 'information_schema',
  name: 'views',
  page: 'PostgreSQL: information_schema.views',
  columns: [
    ['table_catalog', varchar(128)],
    ['table_schema', varchar(128)],
    ['table_name', varchar(128)],
    ['view_definition', text],
    ['check_option', varchar(128)],
    ['is_updatable', varchar(128)],
    ['is_insertable_into', varchar(128)],
  ],
  duckdb: (scope) =>
    `SELECT ${quoteLiteral(scope.database)}, r.schema_name, r.name, ${shownDefinition}, 'NONE', 'NO', 'NO' FROM (${relationRows(scope)}) AS r WHERE r.kind NOT IN ('table', 'system_table')`,
};
