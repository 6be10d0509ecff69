import type {
  ArrayConstructor,
  AtTimeZone,
  Binary,
  Case,
  Cast,
  Expression,
  Extract,
  IntervalLiteral,
  RowConstructor,
  StringLiteral,
  TypedLiteral,
  TypeName,
  Unary,
} from '../ast/expression.js';
import { SqlState } from '../errors.js';
import {
  booleanType,
  canCast,
  commonType,
  float8,
  isInterval,
  isNumber,
  isSuper,
  isUnknown,
  superType,
  unknownType,
} from '../types/coercion.js';
import { parseInterval } from '../types/interval-text.js';
import { numberLiteralType, stringLiteralType } from '../types/literal-types.js';
import { textLength } from '../types/operators.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { maximumLength } from '../types/type-names.js';
import { displayType, typeCategory } from '../types/type-table.js';
import { bindCall, bindNamedCall } from './call.js';
import { requireBoolean } from './checks.js';
import { bindNavigation, bindPath } from './path.js';
import {
  bindBetween,
  bindComparison,
  bindInList,
  bindInSubquery,
  bindIsTest,
  bindLike,
  bindOperator,
  bindQuantified,
  bindRowComparison,
  operatorHint,
} from './predicate.js';
import { bindQuery } from './query.js';
import type { ExpressionContext, StatementBinder } from './statement-binder.js';

/** Binds an expression: what its names mean and its Redshift type, noted in the binding. Returns the type. */
export function bindExpression(binder: StatementBinder, node: Expression, context: ExpressionContext): RedshiftType {
  if (node.kind === 'binary') return bindBinarySpine(binder, node, context);
  const type = typeOfExpression(binder, node, context);
  binder.binding.types.set(node, type);
  return type;
}

function typeOfExpression(binder: StatementBinder, node: Expression, context: ExpressionContext): RedshiftType {
  switch (node.kind) {
    case 'number':
      return numberLiteralType(node.text);
    case 'string':
      return stringLiteralType(node.value);
    case 'boolean':
      return booleanType;
    case 'null':
      return unknownType;
    case 'typed_literal':
      return bindTypedLiteral(binder, node);
    case 'interval':
      return bindInterval(binder, node);
    case 'parameter':
      return binder.parameters.typeOf(node);
    case 'path':
      return bindPath(binder, node, context);
    case 'navigation':
      return bindNavigation(binder, node, context);
    case 'unary':
      return bindUnary(binder, node, context);
    case 'binary':
      return bindBinary(binder, node, context);
    case 'like':
      return bindLike(binder, node, context);
    case 'between':
      return bindBetween(binder, node, context);
    case 'in_list':
      return bindInList(binder, node, context);
    case 'in_subquery':
      return bindInSubquery(binder, node, context);
    case 'quantified':
      return bindQuantified(binder, node, context);
    case 'is_test':
      return bindIsTest(binder, node, context);
    case 'exists':
      bindQuery(binder, node.query, context.scope);
      return booleanType;
    case 'scalar_subquery':
      return bindScalarSubquery(binder, node.query, node, context);
    case 'case':
      return bindCase(binder, node, context);
    case 'cast':
      return bindCast(binder, node, context);
    case 'extract':
      return bindExtract(binder, node, context);
    case 'at_time_zone':
      return bindAtTimeZone(binder, node, context);
    case 'collate':
      return bindExpression(binder, node.operand, context);
    case 'call':
      return bindCall(binder, node, context);
    case 'array':
      return bindArray(binder, node, context);
    case 'row':
      return bindRow(binder, node, context);
    case 'parenthesized':
      return bindExpression(binder, node.inner, context);
    case 'outer_join_mark':
      if (context.clause !== 'WHERE')
        binder.unsupported(node, `the outer join mark (+) in the ${context.clause} clause`);
      return bindExpression(binder, node.operand, context);
    case 'default':
      return binder.fail(node, SqlState.syntaxError, 'DEFAULT is not allowed in this context');
  }
}

/** Long chains such as `a OR b OR c …` lean to the left: bound in a loop, not by recursion. */
function bindBinarySpine(binder: StatementBinder, top: Binary, context: ExpressionContext): RedshiftType {
  const spine: Binary[] = [top];
  for (let left = top.left; left.kind === 'binary'; left = left.left) spine.push(left);
  let type = unknownType;
  for (let i = spine.length - 1; i >= 0; i--) {
    const node = spine[i];
    if (node === undefined) continue;
    if (i === spine.length - 1) bindExpression(binder, node.left, context);
    bindExpression(binder, node.right, context);
    type = bindBinary(binder, node, context);
    binder.binding.types.set(node, type);
  }
  return type;
}

function bindTypedLiteral(binder: StatementBinder, node: TypedLiteral): RedshiftType {
  return sizedByValue(binder.resolveType(node.type), node.type, stringLiteralType(node.value.value));
}

function bindInterval(binder: StatementBinder, node: IntervalLiteral): RedshiftType {
  const parsed = parseInterval(node.value.value, node.fields);
  if (parsed === undefined) {
    binder.fail(node.value, SqlState.invalidDatetime, `invalid input syntax for type interval: "${node.value.value}"`);
  }
  if (node.fields === undefined) return { id: 'interval' };
  return { id: /^(YEAR|MONTH)/.test(node.fields) ? 'intervaly2m' : 'intervald2s' };
}

function bindUnary(binder: StatementBinder, node: Unary, context: ExpressionContext): RedshiftType {
  const type = bindExpression(binder, node.operand, context);
  if (node.operator === 'prior') return type;
  if (node.operator === 'not') {
    requireBoolean(binder, node.operand, 'NOT');
    return booleanType;
  }
  if (node.operator === '|/' || node.operator === '||/') {
    binder.settle(node.operand, float8);
    if (isNumber(type) || isUnknown(type) || isSuper(type)) return float8;
  } else if (node.operator === '~') {
    if (typeCategory(type) === 'integer' || type.id === 'varbyte' || isUnknown(type)) return type;
    if (isSuper(type)) return { id: 'int8' };
  } else if (node.operator === '-' || node.operator === '+' || node.operator === '@') {
    if (isNumber(type) || isUnknown(type) || isSuper(type)) return type;
    if (isInterval(type) && node.operator !== '@') return type;
    if (binder.operand(node.operand).untyped) return float8;
  }
  return binder.fail(
    node,
    SqlState.undefinedFunction,
    `operator does not exist: ${node.operator} ${displayType(type, { modifier: false })}`,
    operatorHint,
  );
}

/** The type of an operator whose operands are bound. */
function bindBinary(binder: StatementBinder, node: Binary, context: ExpressionContext): RedshiftType {
  const { operator, left, right } = node;
  if (operator === 'and' || operator === 'or') {
    requireBoolean(binder, left, operator.toUpperCase());
    requireBoolean(binder, right, operator.toUpperCase());
    return booleanType;
  }
  if (left.kind === 'row' || right.kind === 'row') return bindRowComparison(binder, node, context);
  return bindOperator(binder, node);
}

function bindScalarSubquery(
  binder: StatementBinder,
  query: Parameters<typeof bindQuery>[1],
  node: Expression,
  context: ExpressionContext,
): RedshiftType {
  const { columns } = bindQuery(binder, query, context.scope);
  if (columns === undefined) return unknownType;
  const [column] = columns;
  if (column === undefined || columns.length > 1) {
    return binder.fail(node, SqlState.syntaxError, 'subquery must return only one column');
  }
  return column.type;
}

function bindCase(binder: StatementBinder, node: Case, context: ExpressionContext): RedshiftType {
  if (node.operand !== undefined) bindExpression(binder, node.operand, context);
  const values: Expression[] = [];
  for (const branch of node.branches) {
    bindExpression(binder, branch.when, context);
    if (node.operand === undefined) requireBoolean(binder, branch.when, 'CASE/WHEN');
    else bindComparison(binder, branch.when, '=', node.operand, branch.when);
    bindExpression(binder, branch.then, context);
    values.push(branch.then);
  }
  if (node.otherwise !== undefined) {
    bindExpression(binder, node.otherwise, context);
    values.push(node.otherwise);
  }
  return bindValues(binder, node, values, 'CASE');
}

/** Brings `values` to one type, noted under `node`. */
export function bindValues(
  binder: StatementBinder,
  node: Expression,
  values: readonly Expression[],
  construct: string,
): RedshiftType {
  const type = commonTypeOf(binder, values, construct);
  for (const value of values) binder.settle(value, type);
  binder.binding.valueTypes.set(node, type);
  return type;
}

/** The common type of expressions; 42804 at the first that does not go with those before it. */
export function commonTypeOf(binder: StatementBinder, values: readonly Expression[], construct: string): RedshiftType {
  const type = commonType(values.map((value) => binder.operand(value)));
  if (type !== undefined) return type;
  for (let i = 2; i <= values.length; i++) {
    const known = values.slice(0, i);
    const last = known.at(-1);
    if (last === undefined || commonType(known.map((value) => binder.operand(value))) !== undefined) continue;
    const before = commonType(known.slice(0, -1).map((value) => binder.operand(value))) ?? unknownType;
    const [a, b] = [before, binder.binding.typeOf(last)].map((shown) => displayType(shown, { modifier: false }));
    return binder.fail(last, SqlState.datatypeMismatch, `${construct} types ${a} and ${b} cannot be matched`);
  }
  return unknownType;
}

function bindCast(binder: StatementBinder, node: Cast, context: ExpressionContext): RedshiftType {
  const from = bindExpression(binder, node.operand, context);
  const sized = node.operand.kind === 'null' ? oneByte : from;
  const to = sizedByValue(binder.resolveType(node.type), node.type, sized);
  // Their values would only look like those of Redshift.
  if (typeCategory(to) === 'spatial')
    binder.fail(node, SqlState.featureNotSupported, `a cast to ${displayType(to)} is not supported`);
  binder.settle(node.operand, to);
  if (!binder.operand(node.operand).untyped && !canCast(from, to, 'explicit')) {
    const [a, b] = [from, to].map((type) => displayType(type, { modifier: false }));
    binder.fail(node, SqlState.cannotCoerce, `cannot cast type ${a} to ${b}`);
  }
  return to;
}

/** What NULL cast to VARCHAR without a length becomes (observed). */
const oneByte: RedshiftType = { id: 'varchar', length: 1 };

/**
 * VARCHAR without a length is VARCHAR(256) in CREATE TABLE; in an expression "the size of the output is determined
 * using the input expression" ("Character types", AWS developer guide).
 */
function sizedByValue(to: RedshiftType, { modifiers }: TypeName, from: RedshiftType): RedshiftType {
  if (to.id !== 'varchar' || modifiers.length > 0) return to;
  const length = Math.max(1, textLength(from) ?? maximumLength.varchar);
  return { id: 'varchar', length: Math.min(length, maximumLength.varchar) };
}

/** The part is a word, which has no node of its own. */
function bindExtract(binder: StatementBinder, node: Extract, context: ExpressionContext): RedshiftType {
  const part: StringLiteral = { kind: 'string', start: node.start, end: node.start, value: node.field };
  return bindNamedCall(binder, node, 'extract', [part, node.operand], context);
}

function bindAtTimeZone(binder: StatementBinder, node: AtTimeZone, context: ExpressionContext): RedshiftType {
  return bindNamedCall(binder, node, 'timezone', [node.zone, node.operand], context);
}

/** `ARRAY[…]` of PostgreSQL, which only catalog queries use; `ARRAY(…)` is a function that makes a SUPER. */
function bindArray(binder: StatementBinder, node: ArrayConstructor, context: ExpressionContext): RedshiftType {
  let element: RedshiftType;
  if (node.query !== undefined) {
    element = bindQuery(binder, node.query, context.scope).columns?.[0]?.type ?? unknownType;
  } else {
    for (const item of node.items) bindExpression(binder, item, context);
    element = bindValues(binder, node, node.items, 'ARRAY');
  }
  switch (element.id) {
    case 'bool':
      return { id: 'bool_array' };
    case 'int2':
      return { id: 'int2_array' };
    case 'int4':
      return { id: 'int4_array' };
    case 'int8':
    case 'oid':
      return { id: 'int8_array' };
    case 'super':
      return superType;
    default:
      return { id: 'text_array' };
  }
}

function bindRow(binder: StatementBinder, node: RowConstructor, context: ExpressionContext): RedshiftType {
  for (const item of node.items) bindExpression(binder, item, context);
  return unknownType;
}
