import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { varchar } from './column-types.js';
import { keyRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const informationSchemaReferentialConstraints: SystemView = {
  schema: 'information_schema',
  name: 'referential_constraints',
  page: 'PostgreSQL: information_schema.referential_constraints',
  columns: [
    ['constraint_catalog', varchar(128), (scope) => quoteLiteral(scope.database)],
    ['constraint_schema', varchar(128), 'k.schema_name'],
    ['constraint_name', varchar(128), 'k.name'],
    ['unique_constraint_catalog', varchar(128), (scope) => quoteLiteral(scope.database)],
    ['unique_constraint_schema', varchar(128), 'k.referenced_schema'],
    ['unique_constraint_name', varchar(128), 'k.referenced_key'],
    ['match_option', varchar(128), "'NONE'"],
    ['update_rule', varchar(128), "'NO ACTION'"],
    ['delete_rule', varchar(128), "'NO ACTION'"],
  ],
  from: [`FROM (${keyRows}) AS k WHERE k.type = 'f'`],
};
