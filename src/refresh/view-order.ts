import type { CatalogSnapshot, MaterializedViewEntry } from '../catalog/contract.js';

export function viewsOf(snapshot: CatalogSnapshot): MaterializedViewEntry[] {
  return snapshot.relations().filter((entry) => entry.kind === 'materialized_view');
}

/**
 * `entry` and the materialized views it is built on, each before those that read it (AWS "REFRESH MATERIALIZED VIEW",
 * CASCADE).
 */
export function upstreamViews(snapshot: CatalogSnapshot, entry: MaterializedViewEntry): MaterializedViewEntry[] {
  const ordered: MaterializedViewEntry[] = [];
  const seen = new Set<number>();
  const visit = (view: MaterializedViewEntry): void => {
    if (seen.has(view.oid)) return;
    seen.add(view.oid);
    for (const oid of view.dependsOn) {
      const base = snapshot.byOid(oid);
      if (base?.kind === 'materialized_view') visit(base);
    }
    ordered.push(view);
  };
  visit(entry);
  return ordered;
}
