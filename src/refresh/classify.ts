import type { QueryPlan } from '../../sql-dialect/plan.js';
import { DuckshiftError } from '../base/errors.js';
import type { CatalogSnapshot, MaterializedViewEntry } from '../catalog/contract.js';
import { physicalRelation } from '../catalog/physical.js';
import { checkDefinition } from './definition-check.js';
import { isCall, nameOf, nodesBelow } from './definition-nodes.js';
import { recomputeReason } from './maintenance.js';
import { type StoredViewDeps, storedView } from './stored-view.js';

/** A new view, and how it will be kept level. */
export interface Classified {
  readonly entry: MaterializedViewEntry;
  /** Why Redshift would compute it anew at each refresh; undefined when it would not. */
  readonly recomputeReason: string | undefined;
}

/**
 * Check the definition of a new view and decide how its refreshes work.
 *
 * @throws DuckshiftError 0A000 naming what cannot stand in it
 */
export function classify(
  parts: StoredViewDeps,
  snapshot: CatalogSnapshot,
  given: MaterializedViewEntry,
  compiled: QueryPlan,
): Classified {
  const query = parts.parseQuery(given.text);
  const shape = checkDefinition(given.name, query, compiled, parts.describeFunction);
  const foreign = compiled.reads.find((relation) => relation.database !== snapshot.database);
  if (foreign !== undefined)
    throw new DuckshiftError(
      '0A000',
      `Relation "${foreign.name}" of database "${foreign.database}" cannot be read by the definition of materialized view "${given.name}"`,
    );
  if (given.stream !== undefined) {
    const { aggregated } = shape;
    return {
      entry: { ...given, maintenance: 'incremental', aggregated, appends: !aggregated },
      recomputeReason: undefined,
    };
  }
  const reason = recomputeReason(query, parts.describeFunction, given.attributes.sortKey.length > 0);
  const maintenance = reason === undefined ? 'incremental' : 'recompute';
  const entry: MaterializedViewEntry = { ...given, maintenance, mutable: shape.mutable };
  const follows = reason === undefined ? followed(snapshot, compiled) : undefined;
  if (follows === undefined) return { entry, recomputeReason: reason };

  const nodes = nodesBelow(query);
  const calls = nodes.filter(isCall);
  const aggregated =
    nodes.some((node) => node.kind === 'group_by') ||
    calls.some((call) => parts.describeFunction(nameOf(call))?.aggregate === true);
  const following = { ...entry, follows, aggregated, appends: !aggregated };
  return { entry: canBeStored(parts, snapshot, following) ? following : entry, recomputeReason: reason };
}

/**
 * The view of which new rows are all that a refresh has to read: the only relation, read once, and one that only grows. Each row of the result then comes from one of
 * its rows.
 */
function followed(snapshot: CatalogSnapshot, { reads, duckdb }: QueryPlan): number | undefined {
  const [relation, another] = reads;
  if (relation === undefined || another !== undefined) return undefined;
  const entry = snapshot.relation(relation.schema, relation.name);
  if (entry?.kind !== 'materialized_view' || entry.appends !== true) return undefined;
  return duckdb.split(physicalRelation(snapshot, entry)).length === 2 ? entry.oid : undefined;
}

/** An aggregation that cannot be taken apart is computed anew. */
function canBeStored(parts: StoredViewDeps, snapshot: CatalogSnapshot, entry: MaterializedViewEntry): boolean {
  try {
    storedView(parts, snapshot, entry);
    return true;
  } catch (error) {
    if (error instanceof DuckshiftError && error.code === '0A000') return false;
    throw error;
  }
}
