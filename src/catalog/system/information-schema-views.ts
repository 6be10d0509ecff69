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
    ['table_catalog', varchar(128), (scope) => quoteLiteral(scope.database)],
    ['table_schema', varchar(128), 'r.schema_name'],
    ['table_name', varchar(128), 'r.name'],
    ['view_definition', text, shownDefinition],
    ['check_option', varchar(128), "'NONE'"],
    ['is_updatable', varchar(128), "'NO'"],
    ['is_insertable_into', varchar(128), "'NO'"],
    ['is_trigger_updatable', varchar(3)],
    ['is_trigger_deletable', varchar(3)],
    ['is_trigger_insertable_into', varchar(3)],
  ],
  from: [(scope) => `FROM (${relationRows(scope)}) AS r WHERE r.kind NOT IN ('table', 'system_table')`],
};
