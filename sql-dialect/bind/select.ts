import type { Expression } from '../ast/expression.js';
import type { NodeBase } from '../ast/node.js';
import type { ExpressionItem, GroupBy, GroupItem, OrderItem, Select, StarItem } from '../ast/query.js';
import { SqlState } from '../errors.js';
import { int8 } from '../types/coercion.js';
import type { BoundColumn, BoundItem, BoundSelect, GroupTarget, VisibleColumn } from './binding.js';
import { requireBoolean } from './checks.js';
import { bindConnectBy } from './connect-by.js';
import { bindExpression } from './expression.js';
import { bindFromList } from './from.js';
import { checkGrouping, checkGroupingCalls, expressionKey, targetKey } from './grouping.js';
import { columnLabel } from './label.js';
import { orderTarget } from './order.js';
import { Scope, uniqueNames, visibleColumn } from './scope.js';
import { expressionContext, type StatementBinder, type Uses } from './statement-binder.js';
import { bindWindow } from './window.js';

/** A select list as it is being put together: stars expanded, DuckDB names still open. */
type DraftItem =
  | { readonly kind: 'expression'; readonly item: ExpressionItem; readonly label: string }
  | {
      readonly kind: 'star';
      readonly item: StarItem;
      readonly expansion: readonly VisibleColumn[] | undefined;
      readonly qualifier: readonly string[];
    };

/** Binds a SELECT and the ORDER BY that belongs to it. */
export function bindSelect(
  binder: StatementBinder,
  node: Select,
  parent: Scope,
  orderBy: readonly OrderItem[],
): BoundSelect {
  if (node.distinctOn.length > 0) binder.unsupported(node.distinctOn[0] ?? node, 'SELECT DISTINCT ON');
  const scope = new Scope(parent);
  bindFromList(binder, node.from, scope);
  const level = node.connectBy === undefined ? undefined : bindConnectBy(binder, node, node.connectBy, scope);
  for (const { name, window } of node.windows) scope.windows.set(binder.fold(name), window);
  const uses: Uses = { aggregate: false, window: false };
  const drafts = bindItems(binder, node, scope, uses);
  const items = nameItems(binder, node, drafts);
  const columns = outputColumns(items);

  if (node.where !== undefined) bindCondition(binder, node.where, scope, 'WHERE', uses);
  const { targets, groupAll } = bindGroupBy(binder, node.groupBy, scope, items, columns);
  if (node.having !== undefined) bindCondition(binder, node.having, scope, 'HAVING', uses);
  for (const { window } of node.windows) bindWindow(binder, window, expressionContext(scope, 'select list'));
  if (node.qualify !== undefined) bindCondition(binder, node.qualify, scope, 'QUALIFY', uses);
  if (node.top !== undefined) {
    bindExpression(binder, node.top.count, expressionContext(scope, 'LIMIT'));
    binder.settle(node.top.count, int8);
  }
  for (const item of orderBy) bindOrderItem(binder, item, columns, scope, uses, node.distinct ? items : undefined);

  const bound: BoundSelect = {
    items,
    columns,
    relations: scope.relations,
    grouped: node.groupBy !== undefined || node.having !== undefined || uses.aggregate,
    groupTargets: targets,
    groupAll,
    level,
    groupingSets: node.groupBy?.items.some((item) => item.kind === 'grouping_element') ?? false,
  };
  binder.binding.selects.set(node, bound);
  if (bound.grouped) checkGrouping(binder, node, bound, orderBy);
  checkGroupingCalls(binder, bound, uses.grouping ?? []);
  return bound;
}

function bindCondition(
  binder: StatementBinder,
  node: Expression,
  scope: Scope,
  clause: 'WHERE' | 'HAVING' | 'QUALIFY',
  uses: Uses,
): void {
  const context = { ...expressionContext(scope, clause), uses };
  bindExpression(binder, node, context);
  requireBoolean(binder, node, clause);
}

function bindOrderItem(
  binder: StatementBinder,
  item: OrderItem,
  columns: readonly BoundColumn[] | undefined,
  scope: Scope,
  uses: Uses,
  distinctItems: readonly BoundItem[] | undefined,
): void {
  const target = orderTarget(binder, item, columns);
  if (target !== undefined) {
    binder.binding.orderTargets.set(item, target);
    return;
  }
  bindExpression(binder, item.expression, { ...expressionContext(scope, 'ORDER BY'), uses });
  if (distinctItems === undefined || columns === undefined || scope.open) return;
  const key = expressionKey(binder.binding, item.expression);
  const column = distinctItems
    .flatMap(outputs)
    .find(({ target: output }) => targetKey(binder.binding, output) === key)?.column;
  if (column === undefined) {
    binder.fail(
      item.expression,
      SqlState.invalidColumnReference,
      'for SELECT DISTINCT, ORDER BY expressions must appear in select list',
    );
  }
  binder.binding.orderTargets.set(item, { kind: 'output', index: columns.indexOf(column), column });
}

/** The output columns of an item of the list, and their expressions. */
function outputs(item: BoundItem): { column: BoundColumn; target: GroupTarget }[] {
  if (item.kind === 'expression') {
    return item.kept ? [{ column: item.column, target: { kind: 'expression', node: item.item.expression } }] : [];
  }
  return (item.expansion ?? []).map(({ visible, column }) => ({ column, target: { kind: 'column', visible } }));
}

function bindItems(binder: StatementBinder, node: Select, scope: Scope, uses: Uses): DraftItem[] {
  node.items.forEach((item, index) => {
    if (item.kind !== 'select_item' || item.alias === undefined) return;
    const name = binder.fold(item.alias);
    if (!scope.aliases.has(name)) scope.aliases.set(name, { item, index });
  });
  return node.items.map((item, index): DraftItem => {
    if (item.kind === 'star') return starItem(binder, item, node, scope);
    const own: Uses = { aggregate: false, window: false };
    bindExpression(binder, item.expression, { ...expressionContext(scope, 'select list', index), uses: own });
    binder.itemUses.set(item, own);
    uses.aggregate ||= own.aggregate;
    uses.window ||= own.window;
    uses.grouping = [...(uses.grouping ?? []), ...(own.grouping ?? [])];
    const label =
      item.alias === undefined
        ? columnLabel(item.expression, binder.settings, binder.binding)
        : binder.fold(item.alias);
    return { kind: 'expression', item, label };
  });
}

function starItem(binder: StatementBinder, item: StarItem, node: Select, scope: Scope): DraftItem {
  if (item.qualifier.length === 0) {
    if (node.from.length === 0) {
      binder.fail(item, SqlState.syntaxError, 'SELECT * with no tables specified is not valid');
    }
    return { kind: 'star', item, expansion: scope.open ? undefined : scope.visible, qualifier: [] };
  }
  const parts = item.qualifier.map((part) => binder.fold(part));
  const found = scope.relation(parts.at(-1) ?? '', parts.at(-2), parts.at(-3));
  if (found === undefined) return unknownStar(binder, item, parts, scope);
  const { relation } = found;
  const expansion = relation.columns?.map((column) => visibleColumn(relation, column));
  return { kind: 'star', item, expansion, qualifier: [relation.alias] };
}

function unknownStar(binder: StatementBinder, item: StarItem, parts: readonly string[], scope: Scope): never {
  const [first = ''] = parts;
  if (scope.unqualified(first, 0).kind !== 'none' || scope.relation(first) !== undefined) {
    return binder.unsupported(item, 'unpacking a SUPER value with .*');
  }
  const name = parts.at(-1) ?? '';
  return binder.fail(item, SqlState.undefinedTable, `missing FROM-clause entry for table "${name}"`);
}

/** Settles names: labels as Redshift gives them, DuckDB names unique among the columns that EXCLUDE leaves. */
function nameItems(binder: StatementBinder, node: Select, drafts: readonly DraftItem[]): BoundItem[] {
  const excluded = new Set(node.exclude?.columns.map((column) => binder.fold(column)));
  checkExcluded(binder, node, drafts);
  const labels: string[] = [];
  for (const draft of drafts) {
    if (draft.kind === 'expression') {
      if (!excluded.has(draft.label)) labels.push(draft.label);
    } else for (const column of draft.expansion ?? []) if (!excluded.has(column.name)) labels.push(column.name);
  }
  const names = uniqueNames(labels);
  let next = 0;
  return drafts.map((draft): BoundItem => {
    if (draft.kind === 'expression') {
      const kept = !excluded.has(draft.label);
      const duckdb = kept ? (names[next++] ?? draft.label) : draft.label;
      return { kind: 'expression', item: draft.item, column: itemColumn(binder, draft, duckdb), kept };
    }
    const { item, qualifier } = draft;
    const expansion = draft.expansion
      ?.filter((visible) => !excluded.has(visible.name))
      .map((visible) => ({ visible, column: starColumn(visible, names[next++] ?? visible.name) }));
    return { kind: 'star', item, expansion, qualifier };
  });
}

function checkExcluded(binder: StatementBinder, node: Select, drafts: readonly DraftItem[]): void {
  if (node.exclude === undefined || drafts.some((draft) => draft.kind === 'star' && draft.expansion === undefined))
    return;
  const names = new Set(
    drafts.flatMap((draft) =>
      draft.kind === 'expression' ? [draft.label] : (draft.expansion ?? []).map((column) => column.name),
    ),
  );
  for (const column of node.exclude.columns) {
    const name = binder.fold(column);
    if (!names.has(name)) {
      binder.fail(column, SqlState.undefinedColumn, `column "${name}" of EXCLUDE is not in the select list`);
    }
  }
}

function itemColumn(
  binder: StatementBinder,
  draft: { readonly item: ExpressionItem; readonly label: string },
  duckdb: string,
): BoundColumn {
  const { expression } = draft.item;
  const type = binder.binding.typeOf(expression);
  const meaning = binder.binding.paths.get(expression);
  const bare = meaning?.kind === 'column' && meaning.steps.length === 0 ? meaning.reference : undefined;
  if (bare?.kind !== 'column') return { name: draft.label, duckdb, type, notNull: false };
  return { name: draft.label, duckdb, type, notNull: bare.column.notNull, source: bare.column.source };
}

function starColumn(visible: VisibleColumn, duckdb: string): BoundColumn {
  const { name, type, notNull, reference } = visible;
  const source = reference.kind === 'column' ? reference.column.source : undefined;
  return { name, duckdb, type, notNull, source };
}

function outputColumns(items: readonly BoundItem[]): readonly BoundColumn[] | undefined {
  const columns: BoundColumn[] = [];
  for (const item of items) {
    if (item.kind === 'expression') {
      if (item.kept) columns.push(item.column);
    } else if (item.expansion === undefined) return undefined;
    else for (const { column } of item.expansion) columns.push(column);
  }
  return columns;
}

function bindGroupBy(
  binder: StatementBinder,
  groupBy: GroupBy | undefined,
  scope: Scope,
  items: readonly BoundItem[],
  columns: readonly BoundColumn[] | undefined,
): { targets: Map<NodeBase, GroupTarget>; groupAll: GroupTarget[] | undefined } {
  const targets = new Map<NodeBase, GroupTarget>();
  const visit = (item: GroupItem): void => {
    if (item.kind === 'grouping_element') item.items.forEach(visit);
    else targets.set(item, groupTarget(binder, item, scope, items, columns));
  };
  groupBy?.items.forEach(visit);
  const groupAll = groupBy?.all ? allTargets(binder, items) : undefined;
  return { targets, groupAll };
}

function groupTarget(
  binder: StatementBinder,
  node: Expression,
  scope: Scope,
  items: readonly BoundItem[],
  columns: readonly BoundColumn[] | undefined,
): GroupTarget {
  if (node.kind === 'number' && /^\d+$/.test(node.text)) {
    const target = outputAt(items, Number(node.text) - 1);
    if (target === undefined && columns !== undefined) {
      binder.fail(node, SqlState.invalidColumnReference, `GROUP BY position ${node.text} is not in select list`);
    }
    if (target?.kind === 'expression') refuseGroupedAggregate(binder, node, items, target.node);
    return target ?? { kind: 'expression', node };
  }
  if (node.kind === 'string') binder.fail(node, SqlState.syntaxError, 'non-integer constant in GROUP BY');
  const alias = likelyAlias(binder, node, scope);
  if (alias !== undefined) {
    binder.binding.paths.set(node, { kind: 'alias', item: alias, steps: [] });
    return { kind: 'expression', node: alias.expression };
  }
  bindExpression(binder, node, expressionContext(scope, 'GROUP BY'));
  return { kind: 'expression', node };
}

/**
 * A bare name that may be a column of an unknown relation is taken to be the output column of that name, which is
 * likelier.
 */
function likelyAlias(binder: StatementBinder, node: Expression, scope: Scope): ExpressionItem | undefined {
  if (!scope.open || node.kind !== 'path' || node.steps.length > 0) return undefined;
  const name = binder.fold(node.head);
  return scope.unqualified(name, 0).kind === 'free' ? scope.aliases.get(name)?.item : undefined;
}

/** The expression of the output column at `index`; undefined after a `*` that cannot be expanded. */
function outputAt(items: readonly BoundItem[], index: number): GroupTarget | undefined {
  let at = 0;
  for (const item of items) {
    if (item.kind === 'expression') {
      if (!item.kept) continue;
      if (at === index) return { kind: 'expression', node: item.item.expression };
      at++;
      continue;
    }
    if (item.expansion === undefined) return undefined;
    const entry = item.expansion[index - at];
    if (entry !== undefined) return { kind: 'column', visible: entry.visible };
    at += item.expansion.length;
  }
  return undefined;
}

function refuseGroupedAggregate(
  binder: StatementBinder,
  node: NodeBase,
  items: readonly BoundItem[],
  expression: Expression,
): void {
  const item = items.find((each) => each.kind === 'expression' && each.item.expression === expression);
  if (item?.kind !== 'expression') return;
  const uses = binder.itemUses.get(item.item);
  if (uses?.aggregate) binder.fail(node, SqlState.groupingError, 'aggregates not allowed in GROUP BY clause');
  if (uses?.window) binder.fail(node, SqlState.windowingError, 'window functions not allowed in GROUP BY clause');
}

function allTargets(binder: StatementBinder, items: readonly BoundItem[]): GroupTarget[] {
  const targets: GroupTarget[] = [];
  for (const item of items) {
    if (item.kind === 'expression') {
      const uses = binder.itemUses.get(item.item);
      if (!uses?.aggregate && !uses?.window) targets.push({ kind: 'expression', node: item.item.expression });
    } else for (const { visible } of item.expansion ?? []) targets.push({ kind: 'column', visible });
  }
  return targets;
}
