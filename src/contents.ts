import type { CatalogSnapshot, MaterializedViewEntry, RelationEntry } from './catalog/contract.js';
import { DuckshiftError } from './errors.js';

/** Find a materialized view by `view`, `schema.view` or `database.schema.view`. @throws DuckshiftError 42P01, 42809 */
export function findMaterializedView(
  name: string,
  snapshotOf: (database: string) => CatalogSnapshot | undefined,
  defaultDatabase: string,
): { database: string; entry: MaterializedViewEntry } {
  const parts = name.split('.');
  const [view = '', schema = 'public', database = defaultDatabase] = parts.reverse();
  const entry = parts.length > 3 ? undefined : snapshotOf(database)?.relation(schema, view);
  if (entry === undefined) throw new DuckshiftError('42P01', `relation "${name}" does not exist`);
  if (entry.kind !== 'materialized_view') throw new DuckshiftError('42809', `"${name}" is not a materialized view`);
  return { database, entry };
}

const dropWords: Readonly<Record<RelationEntry['kind'], string>> = {
  table: 'TABLE',
  view: 'VIEW',
  late_binding_view: 'VIEW',
  materialized_view: 'MATERIALIZED VIEW',
};

/** Statements that drop all a database holds but its `public` schema. Names are quoted as for `enable_case_sensitive_identifier`. */
export function dropEverything(snapshot: CatalogSnapshot): string[] {
  const schemas = snapshot.schemas().filter(({ name }) => name !== 'public');
  const relations = snapshot.relations().filter(({ schema }) => schema === 'public');
  return [
    'SET enable_case_sensitive_identifier TO true',
    ...relations.map(
      ({ kind, schema, name }) => `DROP ${dropWords[kind]} IF EXISTS ${quoted(schema)}.${quoted(name)} CASCADE`,
    ),
    ...schemas.map(({ name }) => `DROP SCHEMA IF EXISTS ${quoted(name)} CASCADE`),
  ];
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
