import type { CommentStatement, TruncateStatement } from '../ast/maintenance.js';
import type { RelationName } from '../ast/query.js';
import type { MaintenancePlan, Plan, TruncatePlan } from '../plan.js';
import type { Lowering } from './lowering.js';

export function lowerTruncate(lowering: Lowering, node: TruncateStatement): TruncatePlan {
  return { kind: 'truncate', target: lowering.context.resolveRelation(node.target) };
}

export function lowerMaintenance(
  lowering: Lowering,
  kind: MaintenancePlan['kind'],
  targets: readonly (RelationName | undefined)[],
): MaintenancePlan {
  const named = targets.filter((target) => target !== undefined);
  return { kind, tables: named.map((target) => lowering.objectName(target)) };
}

/** Objects that duckshift keeps and can comment on. */
const commented: ReadonlySet<string> = new Set([
  'table',
  'column',
  'view',
  'materialized view',
  'schema',
  'database',
  'constraint',
]);

export function lowerComment(lowering: Lowering, node: CommentStatement): Plan {
  const { objectType, text } = node;
  if (!commented.has(objectType)) return lowering.unsupported(`COMMENT ON ${objectType.toUpperCase()}`);
  return { kind: 'comment', objectType, name: lowering.parts(node.name), text };
}
