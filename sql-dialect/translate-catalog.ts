import type { CatalogLookup, ObjectName, Relation } from './catalog.js';
import { quoteIdentifier } from './duckdb/quote.js';

/**
 * The catalog of `duckshift translate`: nothing is known, and every name is taken as it comes.
 */
export const translateCatalog: CatalogLookup = {
  currentDatabase: 'dev',
  currentUser: 'awsuser',
  searchPath: ['public'],
  relation: unknownRelation,
  hasSchema: () => true,
  permissive: true,
};

function unknownRelation(name: ObjectName): Relation {
  const parts = [name.database, name.schema, name.name].filter((part) => part !== undefined);
  return {
    kind: 'unknown',
    database: name.database ?? 'dev',
    schema: name.schema ?? 'public',
    name: name.name,
    duckdb: parts.map(quoteIdentifier).join('.'),
    columns: undefined,
  };
}
