import type { ConnectBy, Select } from '../ast/query.js';
import { int4 } from '../types/coercion.js';
import type { BoundRelation } from './binding.js';
import { requireBoolean } from './checks.js';
import { bindExpression } from './expression.js';
import { type Scope, visibleColumn } from './scope.js';
import { expressionContext, type StatementBinder } from './statement-binder.js';

/**
 * Binds `START WITH … CONNECT BY …` ("CONNECT BY clause", AWS developer guide): its conditions see the FROM clause and
 * LEVEL.
 *
 * @returns the relation that LEVEL belongs to.
 */
export function bindConnectBy(binder: StatementBinder, select: Select, node: ConnectBy, scope: Scope): BoundRelation {
  const [, second] = select.from;
  if (second !== undefined) binder.unsupported(second, 'CONNECT BY over more than one item of FROM');
  if (scope.open) binder.unsupported(node, 'CONNECT BY over a table whose columns are not known');
  const level = { name: 'level', duckdb: 'level', type: int4, notNull: true };
  const relation: BoundRelation = {
    name: undefined,
    schema: undefined,
    database: undefined,
    alias: scope.freeAlias('connect'),
    columns: [level],
    relation: undefined,
  };
  scope.pseudoColumns.set('level', visibleColumn(relation, level));
  for (const condition of [node.startWith, node.condition]) {
    if (condition === undefined) continue;
    bindExpression(binder, condition, expressionContext(scope, 'CONNECT BY'));
    requireBoolean(binder, condition, 'CONNECT BY');
  }
  return relation;
}
