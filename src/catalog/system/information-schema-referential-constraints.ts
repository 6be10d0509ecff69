import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { varchar } from './column-types.js';
import { keyRows } from './sources.js';
import type { SystemView } from './system-view.js';

export const informationSchemaReferentialConstraints: SystemView = {
  schema: 'information_schema',
  name: 'referential_constraints',
  page: 'PostgreSQL: information_schema.referential_constraints',
  columns: [
    ['constraint_catalog', varchar(128)],
    ['constraint_schema', varchar(128)],
    ['constraint_name', varchar(128)],
    ['unique_constraint_catalog', varchar(128)],
    ['unique_constraint_schema', varchar(128)],
    ['unique_constraint_name', varchar(128)],
    ['match_option', varchar(128)],
    ['update_rule', varchar(128)],
    ['delete_rule', varchar(128)],
  ],
  duckdb: (scope) => {
    const database = quoteLiteral(scope.database);
    return `SELECT ${database}, k.schema_name, k.name, ${database}, k.referenced_schema, k.referenced_key, 'NONE', 'NO ACTION', 'NO ACTION' FROM (${keyRows}) AS k WHERE k.type = 'f'`;
  },
};
