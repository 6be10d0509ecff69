import type { TypeId } from '../../sql-dialect/types/redshift-type.js';
import { DuckshiftError } from '../base/errors.js';
import type { MaterializedViewEntry } from '../catalog/contract.js';

/** AWS "SUPER type", "VARBYTE type", limitations: not usable as a distribution or sort key. */
const keyless: ReadonlySet<TypeId> = new Set<TypeId>(['super', 'varbyte', 'geometry', 'geography', 'hllsketch']);

/**
 * Check that a view's DISTKEY and SORTKEY are columns of it, by name or by ordinal of the select list.
 *
 * @throws DuckshiftError 42703 for a column that does not exist, 42P16 for one whose type cannot be a key
 */
export function checkKeys(entry: MaterializedViewEntry): void {
  const { distKey, sortKey } = entry.attributes;
  for (const key of distKey === undefined ? sortKey : [distKey, ...sortKey]) {
    const column = typeof key === 'number' ? entry.columns[key - 1] : entry.columns.find(({ label }) => label === key);
    if (column === undefined) throw new DuckshiftError('42703', `column "${key}" named in key does not exist`);
    if (keyless.has(column.type.id))
      throw new DuckshiftError(
        '42P16',
        `column "${column.label}" of type ${column.type.id} cannot be a distribution or sort key`,
      );
  }
}
