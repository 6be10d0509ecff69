import type { ExecutablePlan } from '../../sql-dialect/plan.js';
import { DuckshiftError } from '../base/errors.js';

/** Kinds of statements that change something ("SET TRANSACTION", PostgreSQL 8.0). */
const writes: ReadonlySet<ExecutablePlan['kind']> = new Set<ExecutablePlan['kind']>([
  'insert',
  'update',
  'delete',
  'merge',
  'truncate',
  'comment',
  'create_external_schema',
  'create_schema',
  'alter_schema',
  'drop_schema',
  'create_table',
  'create_table_as',
  'alter_table',
  'drop_table',
  'create_view',
  'drop_view',
  'create_materialized_view',
  'alter_materialized_view',
  'refresh_materialized_view',
  'drop_materialized_view',
  'create_user',
  'alter_user',
  'drop_user',
]);

/** 25006 for a statement that may not run in a READ ONLY transaction. Rows of temporary tables may be changed. */
export function refuseWriting(plan: ExecutablePlan): void {
  if (!writes.has(plan.kind)) return;
  if ('target' in plan && plan.target.temporary === true) return;
  throw new DuckshiftError('25006', 'transaction is read-only');
}
