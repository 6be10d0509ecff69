import type { Expression } from '../ast/expression.js';
import type { CommonTable } from '../ast/query.js';
import { SqlState } from '../errors.js';
import { booleanType, canCast, isUnknown, unknownType } from '../types/coercion.js';
import { displayType } from '../types/type-table.js';
import type { BoundColumn } from './binding.js';
import { uniqueNames } from './scope.js';
import type { ExpressionContext, StatementBinder } from './statement-binder.js';

/** 42804 unless the expression is a condition; an untyped parameter becomes BOOLEAN. */
export function requireBoolean(binder: StatementBinder, node: Expression, where: string): void {
  binder.settle(node, booleanType);
  const { type, untyped } = binder.operand(node);
  if (untyped || isUnknown(type) || canCast(type, booleanType, 'implicit')) return;
  binder.fail(
    node,
    SqlState.datatypeMismatch,
    `argument of ${where} must be type boolean, not type ${displayType(type, { modifier: false })}`,
  );
}

/** 42803 where an aggregate may not stand. */
export function refuseAggregate(binder: StatementBinder, node: Expression, context: ExpressionContext): void {
  if (context.insideAggregate) {
    binder.fail(node, SqlState.groupingError, 'aggregate function calls may not be nested');
  }
  if (!['select list', 'HAVING', 'QUALIFY', 'ORDER BY'].includes(context.clause)) {
    binder.fail(node, SqlState.groupingError, `aggregates not allowed in ${context.clause} clause`);
  }
}

/** 42P20 where a window function may not stand. */
export function refuseWindow(binder: StatementBinder, node: Expression, context: ExpressionContext): void {
  if (context.insideWindow) {
    binder.fail(node, SqlState.windowingError, 'window function calls may not be nested');
  }
  if (context.insideAggregate) {
    binder.fail(node, SqlState.groupingError, 'aggregate function calls may not contain window function calls');
  }
  if (!['select list', 'QUALIFY', 'ORDER BY'].includes(context.clause)) {
    binder.fail(node, SqlState.windowingError, `window functions not allowed in ${context.clause} clause`);
  }
}

/** `columns` under the names of an alias's column list, which may be shorter. */
export function renamedColumns(
  binder: StatementBinder,
  names: readonly CommonTable['name'][],
  columns: readonly BoundColumn[] | undefined,
  relation: string,
  at: CommonTable['name'],
): readonly BoundColumn[] | undefined {
  if (columns !== undefined && names.length > columns.length) {
    binder.fail(
      at,
      SqlState.invalidColumnReference,
      `table "${relation}" has ${columns.length} columns available but ${names.length} columns specified`,
    );
  }
  if (columns === undefined) {
    if (names.length === 0) return undefined;
    const given = names.map((identifier) => binder.fold(identifier));
    return uniqueNames(given).map((duckdb, i) => ({
      name: given[i] ?? duckdb,
      duckdb,
      type: unknownType,
      notNull: false,
    }));
  }
  if (names.length === 0) return columns;
  const labels = columns.map((column, i) => {
    const identifier = names[i];
    return identifier === undefined ? column.name : binder.fold(identifier);
  });
  const unique = uniqueNames(labels);
  return columns.map((column, i) => ({
    ...column,
    name: labels[i] ?? column.name,
    duckdb: unique[i] ?? column.duckdb,
  }));
}
