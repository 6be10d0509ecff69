import type {
  ArrayConstructor,
  AtTimeZone,
  Between,
  Binary,
  Case,
  Cast,
  Expression,
  Extract,
  InList,
  InSubquery,
  IntervalLiteral,
  IsTest,
  Like,
  Quantified,
  RowConstructor,
  StringLiteral,
  TypedLiteral,
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
  isString,
  isSuper,
  isUnknown,
  superType,
  unknownType,
  varchar,
} from '../types/coercion.js';
import { parseInterval } from '../types/interval-text.js';
import { numberLiteralType, stringLiteralType } from '../types/literal-types.js';
import { resolveBinary } from '../types/operators.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { displayType, typeCategory } from '../types/type-table.js';
import { bindCall, bindNamedCall } from './call.js';
import { bindNavigation, bindPath } from './path.js';
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
  return binder.resolveType(node.type);
}

function bindInterval(binder: StatementBinder, node: IntervalLiteral): RedshiftType {
  const parsed = parseInterval(node.value.value, node.fields);
  if (parsed === undefined) {
    binder.fail(node.value, SqlState.invalidDatetime, `invalid input syntax for type interval: "${node.value.value}"`);
  }
  if (node.fields === undefined) return { id: 'interval' };
  return { id: /^(YEAR|MONTH)/.test(node.fields) ? 'intervaly2m' : 'intervald2s' };
}

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

function bindUnary(binder: StatementBinder, node: Unary, context: ExpressionContext): RedshiftType {
  const type = bindExpression(binder, node.operand, context);
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

const operatorHint = {
  hint: 'No operator matches the given name and argument type(s). You may need to add explicit type casts.',
};

/** The type of an operator whose operands are bound. */
function bindBinary(binder: StatementBinder, node: Binary, context: ExpressionContext): RedshiftType {
  const { operator, left, right } = node;
  if (operator === 'and' || operator === 'or') {
    requireBoolean(binder, left, operator.toUpperCase());
    requireBoolean(binder, right, operator.toUpperCase());
    return booleanType;
  }
  if (left.kind === 'row' || right.kind === 'row') return bindRowComparison(binder, node, context);
  return bindOperator(binder, node, operator, left, right);
}

/** Resolves `left operator right` and notes what it does under `node`. */
function bindOperator(
  binder: StatementBinder,
  node: Expression,
  operator: string,
  left: Expression,
  right: Expression,
): RedshiftType {
  const use = resolveBinary(operator, binder.operand(left), binder.operand(right));
  if (use === undefined) return undefinedOperator(binder, node, operator, left, right);
  binder.settle(left, use.left);
  binder.settle(right, use.right);
  binder.binding.operators.set(node, use);
  return use.result;
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
function bindRowComparison(binder: StatementBinder, node: Binary, _context: ExpressionContext): RedshiftType {
  const { left, right, operator } = node;
  if (left.kind !== 'row' || right.kind !== 'row' || left.items.length !== right.items.length) {
    binder.fail(node, SqlState.syntaxError, 'unequal number of entries in row expressions');
  }
  left.items.forEach((item, i) => {
    const other = right.items[i];
    if (other !== undefined) bindOperator(binder, other, operator === '<>' ? '=' : operator, item, other);
  });
  return booleanType;
}

function bindLike(binder: StatementBinder, node: Like, context: ExpressionContext): RedshiftType {
  for (const operand of [node.operand, node.pattern, node.escape]) {
    if (operand === undefined) continue;
    const type = bindExpression(binder, operand, context);
    binder.settle(operand, varchar(undefined));
    const fits = isString(type) || isUnknown(type) || isSuper(type) || canCast(type, varchar(undefined), 'implicit');
    if (!fits) undefinedOperator(binder, node, node.operator, node.operand, node.pattern);
  }
  return booleanType;
}

function bindBetween(binder: StatementBinder, node: Between, context: ExpressionContext): RedshiftType {
  for (const operand of [node.operand, node.low, node.high]) bindExpression(binder, operand, context);
  bindOperator(binder, node.low, '>=', node.operand, node.low);
  bindOperator(binder, node.high, '<=', node.operand, node.high);
  return booleanType;
}

/** Each item is compared with the operand on its own; the comparison is noted under the item. */
function bindInList(binder: StatementBinder, node: InList, context: ExpressionContext): RedshiftType {
  bindExpression(binder, node.operand, context);
  for (const item of node.items) {
    bindExpression(binder, item, context);
    if (node.operand.kind === 'row' || item.kind === 'row') {
      bindRowComparison(
        binder,
        { kind: 'binary', start: item.start, end: item.end, operator: '=', left: node.operand, right: item },
        context,
      );
    } else bindOperator(binder, item, '=', node.operand, item);
  }
  return booleanType;
}

function bindInSubquery(binder: StatementBinder, node: InSubquery, context: ExpressionContext): RedshiftType {
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
  binder.binding.operators.set(operand, use);
}

function bindQuantified(binder: StatementBinder, node: Quantified, context: ExpressionContext): RedshiftType {
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
  return booleanType;
}

function bindIsTest(binder: StatementBinder, node: IsTest, context: ExpressionContext): RedshiftType {
  bindExpression(binder, node.operand, context);
  if (node.test === 'true' || node.test === 'false' || node.test === 'unknown') {
    requireBoolean(binder, node.operand, `IS ${node.negated ? 'NOT ' : ''}${node.test.toUpperCase()}`);
  }
  if (node.right !== undefined) {
    bindExpression(binder, node.right, context);
    bindOperator(binder, node, '=', node.operand, node.right);
  }
  return booleanType;
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
    else bindOperator(binder, branch.when, '=', node.operand, branch.when);
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
  const to = binder.resolveType(node.type);
  binder.settle(node.operand, to);
  if (!binder.operand(node.operand).untyped && !canCast(from, to, 'explicit')) {
    const [a, b] = [from, to].map((type) => displayType(type, { modifier: false }));
    binder.fail(node, SqlState.cannotCoerce, `cannot cast type ${a} to ${b}`);
  }
  return to;
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
