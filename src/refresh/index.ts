import type { MaterializedViews } from './contract.js';
import { StoredMaterializedViews } from './materialized-views.js';
import type { RefreshDeps } from './parts.js';

export { type CompileQuery, definitionCompiler, type ParseQuery } from './compile-definition.js';
export type { CreateRequest, MaterializedViews, RefreshMessage, RefreshRequest } from './contract.js';
export type { DescribeFunction, FunctionTraits } from './definition-check.js';
export type { RefreshDeps } from './parts.js';
export { awsPace, localPace, type PollPace } from './poll-pace.js';

/**
 * Materialized views over `parts.engine`; every database the catalog knows is made ready. The scheduler waits for
 * `startScheduler`.
 */
export async function createMaterializedViews(parts: RefreshDeps): Promise<MaterializedViews> {
  const views = new StoredMaterializedViews(parts);
  for (const database of parts.catalog.databases()) await views.prepareDatabase(database);
  return views;
}
