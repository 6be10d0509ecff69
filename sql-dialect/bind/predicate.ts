import type { Between, Binary, Expression, InList, InSubquery, IsTest, Like, Quantified } from '../ast/expression.js';
import { SqlState } from '../errors.js';
import { booleanType, canCast, isString, isSuper, isUnknown, unknownType, varchar } from '../types/coercion.js';
import { type OperatorUse, resolveBinary } from '../types/operators.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { arrayTypeOf } from '../types/type-names.js';
import { displayType, typeCategory } from '../types/type-table.js';
import { requireBoolean } from './checks.js';
import { bindExpression } from './expression.js';
import { bindQuery } from './query.js';
import type { ExpressionContext, StatementBinder } from './statement-binder.js';
export const operatorHint = {
  hint: 'No operator matches the given name and argument type(s). You may need to add explicit type casts.',
};

/** The type of `left operator right`; what it does is noted under `node`, whose own operator it is. */
export function bindOperator(binder: StatementBinder, node: Binary): RedshiftType {
  const use = resolveOperator(binder, node, node.operator, node.left, node.right);
  binder.binding.operators.set(node, use);
  return use.result;
}

/**
 * Compares `left` with `right` in a construct that implies the operator; noted under `at`, the operand that is its own
 * in the construct.
 */
export function bindComparison(
  binder: StatementBinder,
  at: Expression,
  operator: string,
  left: Expression,
  right: Expression,
): RedshiftType {
  const use = resolveOperator(binder, at, operator, left, right);
  binder.binding.comparisons.set(at, use);
  return use.result;
}

function resolveOperator(
  binder: StatementBinder,
  node: Expression,
  operator: string,
  left: Expression,
  right: Expression,
): OperatorUse {
  const use = resolveBinary(operator, binder.operand(left), binder.operand(right));
  if (use === undefined) return undefinedOperator(binder, node, operator, left, right);
  binder.settle(left, use.left);
  binder.settle(right, use.right);
  return use;
}

function undefinedOperator(
  binder: StatementBinder,
  node: Expression,
  operator: string,
  left: Expression,
  right: Expression,
): never {
  const shown = (operand: Expression): string => {
    const { type, untyped } = binder.operand(operand);
    return displayType(untyped ? unknownType : type, { modifier: false });
  };
  return binder.fail(
    node,
    SqlState.undefinedFunction,
    `operator does not exist: ${shown(left)} ${operator} ${shown(right)}`,
    operatorHint,
  );
}

/** `(a, b) = (c, d)`: each pair is noted under its right item. */
export function bindRowComparison(binder: StatementBinder, node: Binary, _context: ExpressionContext): RedshiftType {
  const { left, right, operator } = node;
  if (left.kind !== 'row' || right.kind !== 'row' || left.items.length !== right.items.length) {
    binder.fail(node, SqlState.syntaxError, 'unequal number of entries in row expressions');
  }
  left.items.forEach((item, i) => {
    const other = right.items[i];
    if (other !== undefined) bindComparison(binder, other, operator === '<>' ? '=' : operator, item, other);
  });
  return booleanType;
}

export function bindLike(binder: StatementBinder, node: Like, context: ExpressionContext): RedshiftType {
  for (const operand of [node.operand, node.pattern, node.escape]) {
    if (operand === undefined) continue;
    const type = bindExpression(binder, operand, context);
    binder.settle(operand, varchar(undefined));
    const fits = isString(type) || isUnknown(type) || isSuper(type) || canCast(type, varchar(undefined), 'implicit');
    if (!fits) undefinedOperator(binder, node, node.operator, node.operand, node.pattern);
  }
  return booleanType;
}

export function bindBetween(binder: StatementBinder, node: Between, context: ExpressionContext): RedshiftType {
  for (const operand of [node.operand, node.low, node.high]) bindExpression(binder, operand, context);
  bindComparison(binder, node.low, '>=', node.operand, node.low);
  bindComparison(binder, node.high, '<=', node.operand, node.high);
  return booleanType;
}

/** Each item is compared with the operand on its own; the comparison is noted under the item. */
export function bindInList(binder: StatementBinder, node: InList, context: ExpressionContext): RedshiftType {
  bindExpression(binder, node.operand, context);
  for (const item of node.items) {
    bindExpression(binder, item, context);
    if (node.operand.kind === 'row' || item.kind === 'row') {
      bindRowComparison(
        binder,
        { kind: 'binary', start: item.start, end: item.end, operator: '=', left: node.operand, right: item },
        context,
      );
    } else bindComparison(binder, item, '=', node.operand, item);
  }
  return booleanType;
}

export function bindInSubquery(binder: StatementBinder, node: InSubquery, context: ExpressionContext): RedshiftType {
  bindExpression(binder, node.operand, context);
  const { columns } = bindQuery(binder, node.query, context.scope);
  if (columns === undefined) return booleanType;
  const operands = node.operand.kind === 'row' ? node.operand.items : [node.operand];
  if (columns.length !== operands.length) {
    const few = columns.length < operands.length ? 'few' : 'many';
    binder.fail(node.query, SqlState.syntaxError, `subquery has too ${few} columns`);
  }
  operands.forEach((operand, i) => {
    const column = columns[i];
    if (column !== undefined) bindAgainstColumn(binder, node, operand, '=', column.type);
  });
  return booleanType;
}

/** Compares an expression with a subquery's column; noted under `operand`. */
function bindAgainstColumn(
  binder: StatementBinder,
  node: Expression,
  operand: Expression,
  operator: string,
  type: RedshiftType,
): void {
  const use = resolveBinary(operator, binder.operand(operand), { type, untyped: false });
  if (use === undefined) {
    const left = displayType(binder.binding.typeOf(operand), { modifier: false });
    const right = displayType(type, { modifier: false });
    binder.fail(
      node,
      SqlState.undefinedFunction,
      `operator does not exist: ${left} ${operator} ${right}`,
      operatorHint,
    );
  }
  binder.settle(operand, use.left);
  binder.binding.comparisons.set(operand, use);
}

export function bindQuantified(binder: StatementBinder, node: Quantified, context: ExpressionContext): RedshiftType {
  bindExpression(binder, node.operand, context);
  if (node.right.kind === 'query') {
    const { columns } = bindQuery(binder, node.right, context.scope);
    const column = columns?.[0];
    if (columns !== undefined && columns.length !== 1) {
      binder.fail(node.right, SqlState.syntaxError, 'subquery has too many columns');
    }
    if (column !== undefined) bindAgainstColumn(binder, node, node.operand, node.operator, column.type);
    return booleanType;
  }
  bindExpression(binder, node.right, context);
  bindArray(binder, node.operand, node.right);
  return booleanType;
}

/**
 * What is compared with ANY or ALL of: an array, a parameter that becomes one of the operand's type, or a text that
 * reads as one.
 */
function bindArray(binder: StatementBinder, operand: Expression, right: Expression): void {
  const { type, untyped } = binder.operand(right);
  if (typeCategory(type) === 'array') return;
  if (!untyped && isUnknown(type)) return;
  if (!untyped) binder.fail(right, '42809', 'op ANY/ALL (array) requires array on right side');
  const element = binder.operand(operand).type;
  const array = arrayTypeOf(isUnknown(element) ? varchar(undefined) : element);
  if (array === undefined)
    binder.fail(
      right,
      '0A000',
      `ANY/ALL over an array of ${displayType(element, { modifier: false })} is not supported`,
    );
  binder.settle(right, array);
}

export function bindIsTest(binder: StatementBinder, node: IsTest, context: ExpressionContext): RedshiftType {
  bindExpression(binder, node.operand, context);
  if (node.test === 'true' || node.test === 'false' || node.test === 'unknown') {
    requireBoolean(binder, node.operand, `IS ${node.negated ? 'NOT ' : ''}${node.test.toUpperCase()}`);
  }
  if (node.right !== undefined) {
    bindExpression(binder, node.right, context);
    bindComparison(binder, node, '=', node.operand, node.right);
  }
  return booleanType;
}
