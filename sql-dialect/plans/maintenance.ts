import type { CommentStatement, TruncateStatement } from '../ast/maintenance.js';
import type { RelationName } from '../ast/query.js';
import type { CommentPlan, MaintenancePlan, Plan, TruncatePlan } from '../plan.js';
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
const commented: { readonly [T in CommentPlan['objectType']]: T } = {
  table: 'table',
  column: 'column',
  view: 'view',
  'materialized view': 'materialized view',
  schema: 'schema',
  database: 'database',
  constraint: 'constraint',
};
const commentable: ReadonlyMap<string, CommentPlan['objectType']> = new Map(Object.entries(commented));

export function lowerComment(lowering: Lowering, node: CommentStatement): Plan {
  const objectType = commentable.get(node.objectType);
  if (objectType === undefined) return lowering.unsupported(`COMMENT ON ${node.objectType.toUpperCase()}`);
  return { kind: 'comment', objectType, name: lowering.parts(node.name), text: node.text };
}
