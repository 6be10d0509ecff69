import type { CatalogTransaction, RelationEntry } from '../../catalog/contract.js';
import type { BaseChange } from '../../refresh/contract.js';
import type { SessionContext } from '../context.js';

/**
 * A statement is about to write a permanent relation.
 *
 * @returns whether materialized views read it: then the write belongs in one transaction with `noteChange`
 */
export function beginWrite({ transaction, services }: SessionContext, { oid }: RelationEntry): boolean {
  const { watched, end } = services.materializedViews.beginWrite(transaction.snapshot, oid);
  transaction.atEnd(end);
  return watched;
}

/**
 * Note a change of a relation for the materialized views over it, in the transaction that makes it. `catalog` takes
 * views that cannot be refreshed any more.
 */
export async function noteChange(
  session: SessionContext,
  base: RelationEntry,
  change: BaseChange,
  catalog?: CatalogTransaction,
): Promise<void> {
  const { connection, user, services, transaction } = session;
  const snapshot = catalog?.snapshot ?? transaction.snapshot;
  await services.materializedViews.noteChange({ connection, snapshot, base, change, catalog, user });
}
