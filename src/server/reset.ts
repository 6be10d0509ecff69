import { quoteIdentifier } from '../../sql-dialect/duckdb/quote.js';
import type { CatalogSnapshot } from '../catalog/contract.js';
import { objectKinds } from '../catalog/objects/kinds.js';

/**
 * Statements that drop all a database holds but its `public` schema. Names are quoted as for
 * `enable_case_sensitive_identifier`.
 */
export function dropEverything(snapshot: CatalogSnapshot): string[] {
  const schemas = snapshot.schemas().filter(({ name }) => name !== 'public');
  const relations = snapshot.relations().filter(({ schema }) => schema === 'public');
  return [
    'SET enable_case_sensitive_identifier TO true',
    ...relations.map(
      ({ kind, schema, name }) =>
        `DROP ${objectKinds[kind].dropWord} IF EXISTS ${quoteIdentifier(schema)}.${quoteIdentifier(name)} CASCADE`,
    ),
    ...schemas.map(({ name }) => `DROP SCHEMA IF EXISTS ${quoteIdentifier(name)} CASCADE`),
  ];
}
