import type { Expression } from '../ast/expression.js';
import { childrenOf, type NodeBase } from '../ast/node.js';
import type { ExpressionItem, PivotItem, UnpivotItem } from '../ast/query.js';
import { SqlState } from '../errors.js';
import { commonType, varchar } from '../types/coercion.js';
import { utf8Length } from '../types/literal-types.js';
import { resolveBinary } from '../types/operators.js';
import { displayType } from '../types/type-table.js';
import type { BoundColumn, PivotPlan, UnpivotPlan, VisibleColumn } from './binding.js';
import { bindExpression } from './expression.js';
import { aliased, bindFromItem } from './from.js';
import { columnLabel } from './label.js';
import { type Scope, uniqueNames } from './scope.js';
import { constantOf, expressionContext, type StatementBinder } from './statement-binder.js';

/** PIVOT: groups by every column that neither its aggregates nor its FOR names ("PIVOT and UNPIVOT", FROM clause). */
export function bindPivot(binder: StatementBinder, item: PivotItem, scope: Scope): void {
  const inner = scope.child();
  bindFromItem(binder, item.source, inner);
  const context = expressionContext(inner, 'select list');
  bindExpression(binder, item.column, context);
  for (const aggregate of item.aggregates) {
    const uses = { aggregate: false, window: false };
    bindExpression(binder, aggregate.expression, { ...context, uses });
    if (!uses.aggregate || uses.window) {
      binder.fail(aggregate, SqlState.groupingError, 'PIVOT takes aggregate functions only');
    }
  }
  for (const value of item.values) bindPivotValue(binder, item.column, value, inner);
  if (inner.open) {
    const relation = aliased(binder, scope, item, item.alias, undefined, undefined, undefined);
    binder.binding.from.set(item, { kind: 'pivot', relation, plan: undefined });
    return;
  }
  const used = new Set<string>();
  collectNames(binder, [item.column, ...item.aggregates.map((aggregate) => aggregate.expression)], used);
  const groups = inner.visible.filter((visible) => !used.has(visible.name));
  const cells = item.values.flatMap((value) => item.aggregates.map((aggregate) => ({ aggregate, value })));
  const labels = [
    ...groups.map((visible) => visible.name),
    ...cells.map(({ aggregate, value }) => cellLabel(binder, item, aggregate, value)),
  ];
  const names = uniqueNames(labels);
  const columns = labels.map((name, i): BoundColumn => {
    const group = groups[i];
    const cell = cells[i - groups.length];
    const type = group?.type ?? (cell === undefined ? varchar(1) : binder.binding.typeOf(cell.aggregate.expression));
    return { name, duckdb: names[i] ?? name, type, notNull: false };
  });
  const plan: PivotPlan = {
    groups: groups.map((visible, i) => ({ visible, duckdb: names[i] ?? visible.name })),
    cells: cells.map((cell, i) => ({ ...cell, duckdb: names[groups.length + i] ?? '' })),
  };
  const relation = aliased(binder, scope, item, item.alias, undefined, columns, undefined);
  binder.binding.from.set(item, { kind: 'pivot', relation, plan });
}

/** A value of the FOR column; the comparison is noted under it. */
function bindPivotValue(binder: StatementBinder, column: Expression, value: ExpressionItem, scope: Scope): void {
  const { expression } = value;
  bindExpression(binder, expression, expressionContext(scope, 'FROM'));
  if (constantOf(expression) === undefined && !isLiteral(expression)) {
    binder.fail(value, SqlState.syntaxError, 'a value of PIVOT must be a constant');
  }
  const use = resolveBinary('=', binder.operand(column), binder.operand(expression));
  if (use === undefined) {
    const [a, b] = [column, expression].map((node) => displayType(binder.binding.typeOf(node), { modifier: false }));
    binder.fail(value, SqlState.undefinedFunction, `operator does not exist: ${a} = ${b}`);
  }
  binder.binding.comparisons.set(expression, use);
}

function isLiteral(node: Expression): boolean {
  if (node.kind === 'cast') return isLiteral(node.operand);
  return node.kind === 'boolean' || node.kind === 'typed_literal' || constantOf(node) !== undefined;
}

function collectNames(binder: StatementBinder, nodes: readonly NodeBase[], into: Set<string>): void {
  for (const node of nodes) {
    const meaning = binder.binding.paths.get(node);
    if (meaning?.kind === 'column' && meaning.reference.kind === 'column') into.add(meaning.reference.column.name);
    collectNames(binder, childrenOf(node), into);
  }
}

/** `value`, or `value_aggregate` when the aggregate has an alias or there are several. */
function cellLabel(binder: StatementBinder, item: PivotItem, aggregate: ExpressionItem, value: ExpressionItem): string {
  const constant = constantOf(value.expression);
  const written = constant === undefined ? binder.source.slice(value.expression.start, value.expression.end) : constant;
  const first = value.alias === undefined ? (written ?? 'null').toLowerCase() : binder.fold(value.alias);
  if (aggregate.alias !== undefined) return `${first}_${binder.fold(aggregate.alias)}`;
  if (item.aggregates.length === 1) return first;
  return `${first}_${columnLabel(aggregate.expression, binder.settings, binder.binding)}`;
}

/** UNPIVOT: each named column becomes a row of its name and value. */
export function bindUnpivot(binder: StatementBinder, item: UnpivotItem, scope: Scope): void {
  const inner = scope.child();
  bindFromItem(binder, item.source, inner);
  const context = expressionContext(inner, 'FROM');
  for (const column of item.columns) bindExpression(binder, column.expression, context);
  if (inner.open) {
    const relation = aliased(binder, scope, item, item.alias, undefined, undefined, undefined);
    binder.binding.from.set(item, { kind: 'unpivot', relation, plan: undefined });
    return;
  }
  const unpivoted = item.columns.map((column) => unpivotedColumn(binder, column, inner));
  const names = new Set(unpivoted.map(({ visible }) => visible.name));
  const kept = inner.visible.filter((visible) => !names.has(visible.name));
  const type = commonType(unpivoted.map(({ visible }) => ({ type: visible.type, untyped: false })));
  if (type === undefined) {
    binder.fail(item, SqlState.datatypeMismatch, 'the columns of UNPIVOT are not of one type');
  }
  const longest = Math.max(1, ...unpivoted.map(({ label }) => utf8Length(label)));
  const labels = [...kept.map((visible) => visible.name), binder.fold(item.name), binder.fold(item.value)];
  const unique = uniqueNames(labels);
  const column = (index: number, columnType: BoundColumn['type']): BoundColumn => ({
    name: labels[index] ?? '',
    duckdb: unique[index] ?? '',
    type: columnType,
    notNull: false,
  });
  const plan: UnpivotPlan = {
    kept: kept.map((visible, i) => ({ visible, duckdb: unique[i] ?? visible.name })),
    unpivoted,
    name: column(kept.length, varchar(longest)),
    value: column(kept.length + 1, type),
  };
  const columns = [...kept.map((visible, i) => column(i, visible.type)), plan.name, plan.value];
  const relation = aliased(binder, scope, item, item.alias, undefined, columns, undefined);
  binder.binding.from.set(item, { kind: 'unpivot', relation, plan });
}

function unpivotedColumn(
  binder: StatementBinder,
  column: ExpressionItem,
  scope: Scope,
): { label: string; visible: VisibleColumn } {
  const meaning = binder.binding.paths.get(column.expression);
  const reference = meaning?.kind === 'column' && meaning.steps.length === 0 ? meaning.reference : undefined;
  const visible = scope.visible.find((each) => each.reference === reference || sameColumn(each, reference));
  if (visible === undefined) {
    return binder.fail(column, SqlState.syntaxError, 'UNPIVOT takes the names of columns only');
  }
  return { label: column.alias === undefined ? visible.name : binder.fold(column.alias), visible };
}

function sameColumn(visible: VisibleColumn, reference: unknown): boolean {
  const { reference: own } = visible;
  return (
    typeof reference === 'object' &&
    reference !== null &&
    own.kind === 'column' &&
    'column' in reference &&
    reference.column === own.column
  );
}
