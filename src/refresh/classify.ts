import type { QueryPlan } from '../../sql-dialect/plan.js';
import { DuckshiftError } from '../base/errors.js';
import type { CatalogSnapshot, MaterializedViewEntry, ViewContents } from '../catalog/contract.js';
import { physicalRelation } from '../catalog/physical.js';
import { isAppendOnly } from '../catalog/view-contents.js';
import type { NewMaterializedView } from './contract.js';
import { checkDefinition } from './definition-check.js';
import { isCall, nameOf, nodesBelow } from './definition-nodes.js';
import { recomputeReason } from './maintenance.js';
import { type StoredViewDeps, storedView } from './stored-view.js';

/** A new view, and how it will be refreshed. */
export interface Classified {
  readonly entry: MaterializedViewEntry;
  /** Why Redshift would recompute it at each refresh; undefined when it would not. */
  readonly recomputeReason: string | undefined;
}

/**
 * Check the definition of a new view and decide how its refreshes work.
 *
 * @throws DuckshiftError 0A000 naming what it must not contain
 */
export function classify(
  parts: StoredViewDeps,
  snapshot: CatalogSnapshot,
  given: NewMaterializedView,
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
    const contents: ViewContents = { type: shape.aggregated ? 'partial aggregates' : 'rows' };
    return { entry: { ...given, contents }, recomputeReason: undefined };
  }
  const reason = recomputeReason(query, parts.describeFunction, given.attributes.sortKey.length > 0);
  const entry: MaterializedViewEntry = {
    ...given,
    contents:
      reason === undefined
        ? { type: 'result', maintenance: 'incremental' }
        : { type: 'result', maintenance: 'recompute', mutable: shape.mutable },
  };
  const follows = reason === undefined ? followed(snapshot, compiled) : undefined;
  if (follows === undefined) return { entry, recomputeReason: reason };

  const nodes = nodesBelow(query);
  const calls = nodes.filter(isCall);
  const aggregated =
    nodes.some((node) => node.kind === 'group_by') ||
    calls.some((call) => parts.describeFunction(nameOf(call))?.aggregate === true);
  const contents: ViewContents = { type: aggregated ? 'partial aggregates' : 'rows', follows };
  const following: MaterializedViewEntry = { ...given, contents };
  return { entry: canBeStored(parts, snapshot, following) ? following : entry, recomputeReason: reason };
}

/**
 * The view of which new rows are all that a refresh has to read: the only relation, read once, and one that only grows.
 * Each row of the result then comes from one of its rows.
 */
function followed(snapshot: CatalogSnapshot, { reads, duckdb }: QueryPlan): number | undefined {
  const [relation, another] = reads;
  if (relation === undefined || another !== undefined) return undefined;
  const entry = snapshot.relation(relation.schema, relation.name);
  if (entry?.kind !== 'materialized_view' || !isAppendOnly(entry)) return undefined;
  return duckdb.split(physicalRelation(snapshot, entry)).length === 2 ? entry.oid : undefined;
}

/** An aggregation that cannot be split into partial aggregates is recomputed. */
function canBeStored(parts: StoredViewDeps, snapshot: CatalogSnapshot, entry: MaterializedViewEntry): boolean {
  try {
    storedView(parts, snapshot, entry);
    return true;
  } catch (error) {
    if (error instanceof DuckshiftError && error.code === '0A000') return false;
    throw error;
  }
}
