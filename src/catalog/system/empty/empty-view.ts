import type { RedshiftType } from '../../../../sql-dialect/types/redshift-type.js';
import type { SystemView } from '../system-view.js';

/** A view that has columns and never a row. */
export type EmptyView = SystemView & { readonly from: readonly [] };

/**
 * A view about objects that duckshift does not have: clients that list such objects find the columns they query, and no
 * rows.
 */
export function emptyView(
  schema: SystemView['schema'],
  name: string,
  page: string,
  columns: readonly (readonly [name: string, type: RedshiftType])[],
): EmptyView {
  return { schema, name, page, columns, from: [] };
}
