import type { FunctionCall, WindowSpecification } from '../ast/expression.js';
import type { OrderItem } from '../ast/query.js';
import { SqlState } from '../errors.js';
import type { AggregateDefinition, FunctionDefinition } from '../functions/contract.js';
import { int8 } from '../types/coercion.js';
import { bindExpression } from './expression.js';
import type { Scope } from './scope.js';
import type { ExpressionContext, StatementBinder } from './statement-binder.js';

/**
 * Ranking functions need an order; aggregates over an ordered window need a frame ("Window functions", AWS developer
 * guide).
 */
export function checkOver(
  binder: StatementBinder,
  node: FunctionCall,
  over: NonNullable<FunctionCall['over']>,
  definition: FunctionDefinition | AggregateDefinition,
  scope: Scope,
): void {
  const named = over.kind === 'identifier' ? over : over.base;
  const base = named === undefined ? undefined : scope.windows.get(binder.fold(named));
  if (named !== undefined && base === undefined) {
    binder.fail(named, SqlState.undefinedObject, `window "${binder.fold(named)}" does not exist`);
  }
  if (!('window' in definition)) return;
  const own = over.kind === 'window' ? over : undefined;
  const ordered = (own?.orderBy.length ?? 0) > 0 || (base?.orderBy.length ?? 0) > 0;
  const framed = own?.frame !== undefined || base?.frame !== undefined;
  if (definition.needsOrder && !ordered) {
    binder.fail(node, SqlState.windowingError, `window function ${definition.name} requires an ORDER BY clause`);
  }
  if (definition.aggregate && ordered && !framed && definition.name !== 'listagg') {
    binder.fail(
      node,
      SqlState.windowingError,
      'Aggregate window functions with an ORDER BY clause require a frame clause',
    );
  }
}

export function bindWindow(binder: StatementBinder, window: WindowSpecification, context: ExpressionContext): void {
  for (const expression of window.partitionBy) bindExpression(binder, expression, context);
  bindOrder(binder, window.orderBy, context);
  const { frame } = window;
  if (frame === undefined) return;
  if (frame.unit !== 'rows') {
    binder.unsupported(frame, `a ${frame.unit.toUpperCase()} window frame`);
  }
  for (const bound of [frame.from, frame.to]) {
    if (bound?.offset === undefined) continue;
    bindExpression(binder, bound.offset, context);
    binder.settle(bound.offset, int8);
  }
}

export function bindOrder(binder: StatementBinder, items: readonly OrderItem[], context: ExpressionContext): void {
  for (const item of items) bindExpression(binder, item.expression, context);
}
