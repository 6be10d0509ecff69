import type { MaterializedViewEntry } from './contract.js';

/** The view adds up partial aggregates of what it reads. */
export function isAggregated({ contents }: MaterializedViewEntry): boolean {
  return contents.type === 'partial aggregates';
}

/** Refreshes only ever add rows, and each row knows the refresh that added it. */
export function isAppendOnly({ contents }: MaterializedViewEntry): boolean {
  return contents.type === 'rows';
}

/** Calls a function whose result changes by itself: such a view is always stale. */
export function isMutable({ contents }: MaterializedViewEntry): boolean {
  return contents.type === 'result' && contents.maintenance === 'recompute' && contents.mutable;
}

/** Whether Redshift would refresh the view incrementally. */
export function isIncremental({ contents }: MaterializedViewEntry): boolean {
  return contents.type !== 'result' || contents.maintenance === 'incremental';
}

/** Oid of the only relation read, when a refresh reads just what that gained: an append-only materialized view. */
export function followedView({ contents }: MaterializedViewEntry): number | undefined {
  return contents.type === 'result' ? undefined : contents.follows;
}
