import type { CatalogSnapshot } from '../catalog/contract.js';

/** Schemas of search_path that exist: what CURRENT_SCHEMAS shows. `$user` is the schema named like the user. */
export function existingSchemas(searchPath: readonly string[], user: string, snapshot: CatalogSnapshot): string[] {
  return searchPath
    .map((name) => (name === '$user' ? user : name))
    .filter((name) => snapshot.schema(name) !== undefined);
}
