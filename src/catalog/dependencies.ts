import { DuckshiftError } from '../base/errors.js';
import type { CatalogSnapshot, RelationEntry } from './contract.js';
import { relationWord } from './objects/kinds.js';

/** Hint of every 2BP01, as PostgreSQL 8 gives it. */
export const cascadeHint = 'Use DROP ... CASCADE to drop the dependent objects too.';

/**
 * Everything that falls with `targets`, targets included, dependents before what they depend on. Late-binding views
 * depend on nothing, so they stay.
 */
export function withDependents(snapshot: CatalogSnapshot, targets: readonly RelationEntry[]): RelationEntry[] {
  const ordered: RelationEntry[] = [];
  const seen = new Set<number>();
  const visit = (entry: RelationEntry): void => {
    if (seen.has(entry.oid)) return;
    seen.add(entry.oid);
    for (const dependent of snapshot.dependents(entry.oid)) visit(dependent);
    ordered.push(entry);
  };
  for (const target of targets) visit(target);
  return ordered;
}

/**
 * What is to be dropped for `DROP targets`.
 *
 * @throws DuckshiftError 2BP01 without `cascade` when other objects depend on a target.
 */
export function dropList(
  snapshot: CatalogSnapshot,
  targets: readonly RelationEntry[],
  cascade: boolean,
): RelationEntry[] {
  const all = withDependents(snapshot, targets);
  const oids = new Set(targets.map((target) => target.oid));
  if (!cascade && all.length > oids.size) {
    const target =
      targets.find((entry) => snapshot.dependents(entry.oid).some(({ oid }) => !oids.has(oid))) ?? targets[0];
    if (target !== undefined) throw dependentObjects(target, snapshot);
  }
  return all;
}

/** 2BP01 for a relation, naming what depends on it in DETAIL. */
export function dependentObjects(target: RelationEntry, snapshot: CatalogSnapshot): DuckshiftError {
  const name = `${relationWord(target.kind)} ${target.name}`;
  return new DuckshiftError('2BP01', `cannot drop ${name} because other objects depend on it`, {
    detail: snapshot
      .dependents(target.oid)
      .map((entry) => `${relationWord(entry.kind)} ${entry.name} depends on ${name}`)
      .join('\n'),
    hint: cascadeHint,
  });
}
