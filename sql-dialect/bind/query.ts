import type { Expression } from '../ast/expression.js';
import type { CommonTable, OrderItem, Query, QueryBody, SetOperation, Values, WithClause } from '../ast/query.js';
import { SqlState } from '../errors.js';
import { commonType, int8, type Operand } from '../types/coercion.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { displayType } from '../types/type-table.js';
import type { BoundColumn, BoundCommonTable, BoundQuery, OutputTarget } from './binding.js';
import { renamedColumns } from './checks.js';
import { bindExpression } from './expression.js';
import { orderTarget } from './order.js';
import { Scope } from './scope.js';
import { bindSelect } from './select.js';
import { type ExpressionContext, expressionContext, isUntyped, type StatementBinder } from './statement-binder.js';

/**
 * Binds a query in `parent`'s scope; gives its output columns, undefined when a `*` over unknown columns hides them.
 */
export function bindQuery(binder: StatementBinder, query: Query, parent: Scope | undefined): BoundQuery {
  const scope = new Scope(parent);
  if (query.with !== undefined) bindWith(binder, query.with, scope);
  const columns = bindBody(binder, query.body, scope, query.orderBy);
  const bound = { columns };
  binder.binding.queries.set(query, bound);
  if (query.body.kind !== 'select') bindOrderOfColumns(binder, query.orderBy, columns, scope);
  for (const bound of [query.limit, query.offset]) {
    if (bound === undefined || bound === 'all') continue;
    bindExpression(binder, bound, expressionContext(scope, 'LIMIT'));
    binder.settle(bound, int8);
  }
  return bound;
}

function bindBody(
  binder: StatementBinder,
  body: QueryBody,
  scope: Scope,
  orderBy: readonly OrderItem[] = [],
): readonly BoundColumn[] | undefined {
  const columns = bodyColumns(binder, body, scope, orderBy);
  binder.binding.bodies.set(body, columns);
  return columns;
}

function bodyColumns(
  binder: StatementBinder,
  body: QueryBody,
  scope: Scope,
  orderBy: readonly OrderItem[],
): readonly BoundColumn[] | undefined {
  switch (body.kind) {
    case 'select':
      return bindSelect(binder, body, scope, orderBy).columns;
    case 'set_operation':
      return bindSetOperation(binder, body, scope);
    case 'values':
      return bindValuesRows(binder, body, scope);
    case 'parenthesized_query':
      return bindQuery(binder, body.query, scope).columns;
  }
}

export function bindWith(binder: StatementBinder, clause: WithClause, scope: Scope): void {
  for (const table of clause.tables) {
    const name = binder.fold(table.name);
    if (scope.commonTables.has(name)) {
      binder.fail(table.name, SqlState.duplicateAlias, `WITH query name "${name}" specified more than once`);
    }
    const bound = clause.recursive ? bindRecursive(binder, table, name, scope) : undefined;
    const settled = bound ?? commonTable(binder, table, name, bindQuery(binder, table.query, scope).columns);
    scope.commonTables.set(name, settled);
    binder.binding.commonTables.set(table, settled);
  }
}

/** The columns of a common table: its own list of names over what its query gives. */
function commonTable(
  binder: StatementBinder,
  node: CommonTable,
  name: string,
  columns: readonly BoundColumn[] | undefined,
): BoundCommonTable {
  const duckdb = binder.commonTableName(name);
  return { name, duckdb, columns: renamedColumns(binder, node.columns, columns, name, node.name) };
}

/** A table that reads itself: its first member gives the columns, which the second then sees. */
function bindRecursive(
  binder: StatementBinder,
  node: CommonTable,
  name: string,
  scope: Scope,
): BoundCommonTable | undefined {
  const { query } = node;
  if (query.body.kind !== 'set_operation' || query.body.operator !== 'union' || query.with !== undefined)
    return undefined;
  const { body } = query;
  const inner = new Scope(scope);
  const anchor = bindBody(binder, body.left, inner);
  const table = commonTable(binder, node, name, anchor);
  inner.commonTables.set(name, table);
  const other = bindBody(binder, body.right, inner);
  checkColumnCount(binder, body, anchor, other);
  // The anchor alone decides the types.
  binder.binding.outputTypes.set(
    body,
    anchor?.map((column) => column.type),
  );
  binder.binding.bodies.set(body, anchor);
  binder.binding.queries.set(query, { columns: anchor });
  setMemberTargets(binder, body);
  bindOrderOfColumns(binder, query.orderBy, anchor, inner);
  return table;
}

function bindSetOperation(
  binder: StatementBinder,
  node: SetOperation,
  scope: Scope,
): readonly BoundColumn[] | undefined {
  // A long UNION leans to the left: bound in a loop.
  const spine: SetOperation[] = [node];
  for (let left = node.left; left.kind === 'set_operation'; left = left.left) spine.push(left);
  let columns: readonly BoundColumn[] | undefined;
  for (let i = spine.length - 1; i >= 0; i--) {
    const operation = spine[i];
    if (operation === undefined) continue;
    const left = i === spine.length - 1 ? bindBody(binder, operation.left, scope) : columns;
    const right = bindBody(binder, operation.right, scope);
    columns = combined(binder, operation, left, right);
    binder.binding.bodies.set(operation, columns);
  }
  setMemberTargets(binder, node);
  return columns;
}

/** Tells each member of a set operation what its columns are brought to: the types of the outermost operation. */
function setMemberTargets(binder: StatementBinder, top: SetOperation): void {
  const { binding } = binder;
  const waiting: QueryBody[] = [top];
  for (let body = waiting.pop(); body !== undefined; body = waiting.pop()) {
    const inherited = binding.memberTargets.get(body);
    if (body.kind === 'parenthesized_query') {
      const inner = body.query.body;
      if (inherited !== undefined) binding.memberTargets.set(inner, inherited);
      if (inner.kind === 'set_operation' || inner.kind === 'parenthesized_query') waiting.push(inner);
      continue;
    }
    if (body.kind !== 'set_operation') continue;
    const { left } = body;
    const removesDuplicates = body.operator === 'union' && (!body.all || binding.partsOfUnion.has(body));
    if (removesDuplicates && left.kind === 'set_operation' && left.operator === 'union') binding.partsOfUnion.add(left);
    const targets = binding.outputTypes
      .get(body)
      ?.map((type, i): OutputTarget => ({ type: inherited?.[i]?.type ?? type }));
    if (targets === undefined) continue;
    for (const side of [body.left, body.right]) {
      binding.memberTargets.set(side, targets);
      waiting.push(side);
    }
  }
}

function checkColumnCount(
  binder: StatementBinder,
  node: SetOperation,
  left: readonly BoundColumn[] | undefined,
  right: readonly BoundColumn[] | undefined,
): void {
  if (left === undefined || right === undefined || left.length === right.length) return;
  binder.fail(
    node.right,
    SqlState.syntaxError,
    `each ${node.operator.toUpperCase()} query must have the same number of columns`,
  );
}

/** Names of the left side, common types of both. */
function combined(
  binder: StatementBinder,
  node: SetOperation,
  left: readonly BoundColumn[] | undefined,
  right: readonly BoundColumn[] | undefined,
): readonly BoundColumn[] | undefined {
  checkColumnCount(binder, node, left, right);
  if (left === undefined || right === undefined) {
    binder.binding.outputTypes.set(node, undefined);
    return left ?? right;
  }
  const columns = left.map((column, i): BoundColumn => {
    const other = right[i] ?? column;
    const operands: Operand[] = [
      outputOperand(binder, node.left, i, column),
      outputOperand(binder, node.right, i, other),
    ];
    const type = commonType(operands);
    if (type === undefined) {
      const [a, b] = [column.type, other.type].map((shown) => displayType(shown, { modifier: false }));
      binder.fail(
        node.right,
        SqlState.datatypeMismatch,
        `${node.operator.toUpperCase()} types ${a} and ${b} cannot be matched`,
      );
    }
    return { name: column.name, duckdb: column.duckdb, type, notNull: column.notNull && other.notNull };
  });
  binder.binding.outputTypes.set(
    node,
    columns.map((column) => column.type),
  );
  const untyped = columns.flatMap((_column, i) =>
    isUntypedOutput(binder, node.left, i) && isUntypedOutput(binder, node.right, i) ? [i] : [],
  );
  binder.binding.untypedColumns.set(node, new Set(untyped));
  return columns;
}

/** An output column as an operand: a bare literal in a select list adapts to the other side. */
function outputOperand(binder: StatementBinder, body: QueryBody, index: number, column: BoundColumn): Operand {
  return { type: column.type, untyped: isUntypedOutput(binder, body, index) };
}

export function isUntypedOutput(binder: StatementBinder, body: QueryBody, index: number): boolean {
  if (body.kind === 'set_operation') return binder.binding.untypedColumns.get(body)?.has(index) ?? false;
  if (body.kind === 'parenthesized_query') return isUntypedOutput(binder, body.query.body, index);
  if (body.kind === 'values') {
    return body.rows.every((row) => {
      const item = row.items[index];
      return item !== undefined && isUntyped(binder.binding, item);
    });
  }
  const item =
    body.items.length > index && body.items.every((each) => each.kind === 'select_item')
      ? body.items[index]
      : undefined;
  return item?.kind === 'select_item' && isUntyped(binder.binding, item.expression);
}

function bindValuesRows(binder: StatementBinder, node: Values, scope: Scope): readonly BoundColumn[] {
  const context = expressionContext(scope, 'VALUES');
  const width = node.rows[0]?.items.length ?? 0;
  for (const row of node.rows) {
    if (row.items.length !== width) {
      binder.fail(row, SqlState.syntaxError, 'VALUES lists must all be the same length');
    }
    for (const item of row.items) bindValue(binder, item, context);
  }
  const types = Array.from({ length: width }, (_unused, i) => valuesColumnType(binder, node, i));
  binder.binding.outputTypes.set(node, types);
  return types.map((type, i) => ({ name: `column${i + 1}`, duckdb: `column${i + 1}`, type, notNull: false }));
}

/** DEFAULT stands only in the VALUES of an INSERT, which binds it there. */
function bindValue(binder: StatementBinder, item: Expression, context: ExpressionContext): void {
  bindExpression(binder, item, context);
}

function valuesColumnType(binder: StatementBinder, node: Values, index: number): RedshiftType {
  const operands: Operand[] = [];
  for (const row of node.rows) {
    const item = row.items[index];
    if (item !== undefined) operands.push(binder.operand(item));
  }
  const type = commonType(operands);
  if (type !== undefined) return type;
  const [first, second] = operands
    .filter((operand, i) => operands.findIndex((other) => other.type.id === operand.type.id) === i)
    .map((operand) => displayType(operand.type, { modifier: false }));
  return binder.fail(node, SqlState.datatypeMismatch, `VALUES types ${first} and ${second} cannot be matched`);
}

/** ORDER BY of a set operation or VALUES: output columns by name or ordinal, or expressions of them. */
function bindOrderOfColumns(
  binder: StatementBinder,
  items: readonly OrderItem[],
  columns: readonly BoundColumn[] | undefined,
  scope: Scope,
): void {
  for (const item of items) {
    const target = orderTarget(binder, item, columns);
    if (target !== undefined) {
      binder.binding.orderTargets.set(item, target);
      continue;
    }
    const inner = new Scope(scope);
    inner.add({
      name: undefined,
      schema: undefined,
      database: undefined,
      alias: 'sorted',
      columns,
      relation: undefined,
    });
    bindExpression(binder, item.expression, expressionContext(inner, 'ORDER BY'));
  }
}
