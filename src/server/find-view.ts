import { DuckshiftError } from '../base/errors.js';
import type { CatalogSnapshot, MaterializedViewEntry } from '../catalog/contract.js';

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
