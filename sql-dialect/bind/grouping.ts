import type { Expression, FunctionCall } from '../ast/expression.js';
import { childrenOf, isNode, type NodeBase } from '../ast/node.js';
import type { OrderItem, Select } from '../ast/query.js';
import { SqlState } from '../errors.js';
import type { Binding, BoundRelation, BoundSelect, ColumnReference, GroupTarget, PathMeaning } from './binding.js';
import { relationsOf } from './scope.js';
import type { StatementBinder } from './statement-binder.js';

/**
 * Text that two expressions share when they mean the same: names are resolved, parentheses and white space gone. Used
 * to find the expressions of GROUP BY in the select list.
 */
export function expressionKey(binding: Binding, node: NodeBase): string {
  const known = binding.keys.get(node);
  if (known !== undefined) return known;
  const key = makeKey(binding, node);
  binding.keys.set(node, key);
  return key;
}

function makeKey(binding: Binding, node: NodeBase): string {
  const expression = node as Expression | NodeBase;
  if (expression.kind === 'parenthesized' && 'inner' in expression) return expressionKey(binding, expression.inner);
  if (expression.kind === 'query') return `q:${binding.source.slice(node.start, node.end)}`;
  const meaning = binding.paths.get(node);
  if (meaning !== undefined) return meaningKey(binding, meaning);
  let key = `(${node.kind}`;
  for (const name in node) {
    if (name === 'kind' || name === 'start' || name === 'end') continue;
    const value: unknown = node[name as keyof NodeBase];
    if (value === undefined || value === false) continue;
    key += ` ${name}=`;
    if (isNode(value)) key += expressionKey(binding, value);
    else if (Array.isArray(value)) {
      for (const item of value) key += `${isNode(item) ? expressionKey(binding, item) : JSON.stringify(item)},`;
    } else key += typeof value === 'string' ? JSON.stringify(value) : String(value);
  }
  return `${key})`;
}

function meaningKey(binding: Binding, meaning: PathMeaning): string {
  const steps = 'steps' in meaning ? meaning.steps.map((step) => expressionKey(binding, step)).join('') : '';
  switch (meaning.kind) {
    case 'column':
      return referenceKey(meaning.reference) + steps;
    case 'alias':
      return expressionKey(binding, meaning.item.expression) + steps;
    case 'free':
      return `f:${meaning.parts.map((part) => JSON.stringify(part)).join('.')}${steps}`;
    case 'call':
      return `k:${meaning.call.name.map((name) => name.value).join('.')}`;
  }
}

/** The key of a path's first `count` navigation steps. */
export function pathPrefixKey(binding: Binding, node: NodeBase, count: number): string | undefined {
  const meaning = binding.paths.get(node);
  if (meaning === undefined || !('steps' in meaning)) return undefined;
  return meaningKey(binding, { ...meaning, steps: meaning.steps.slice(0, count) });
}

export function referenceKey(reference: ColumnReference): string {
  if (reference.kind === 'column') {
    return `c:${JSON.stringify(reference.relation.alias)}.${JSON.stringify(reference.column.duckdb)}`;
  }
  if (reference.use === 'coalesce') return `m:${referenceKey(reference.left)}|${referenceKey(reference.right)}`;
  return referenceKey(reference.use === 'left' ? reference.left : reference.right);
}

export function targetKey(binding: Binding, target: GroupTarget): string {
  return target.kind === 'expression' ? expressionKey(binding, target.node) : referenceKey(target.visible.reference);
}

/** The keys of all that a SELECT groups by. */
export function groupKeys(binding: Binding, bound: BoundSelect): Set<string> {
  const targets = [...bound.groupTargets.values(), ...(bound.groupAll ?? [])];
  return new Set(targets.map((target) => targetKey(binding, target)));
}

/**
 * 42803 for a column that is neither grouped by nor inside an aggregate, in the select list, HAVING, QUALIFY and ORDER
 * BY of a grouped SELECT. Columns of unknown relations are not judged.
 */
export function checkGrouping(
  binder: StatementBinder,
  node: Select,
  bound: BoundSelect,
  orderBy: readonly OrderItem[],
): void {
  const { binding } = binder;
  const keys = groupKeys(binding, bound);
  const own = new Set<BoundRelation>(bound.relations);
  const refuse = (at: NodeBase, reference: ColumnReference): never => {
    const column = reference.kind === 'column' ? reference : firstColumn(reference);
    const name = `${column.relation.name ?? column.relation.alias}.${column.column.name}`;
    return binder.fail(
      at,
      SqlState.groupingError,
      `column "${name}" must appear in the GROUP BY clause or be used in an aggregate function`,
    );
  };

  const longest = longestTarget(bound);
  const visit = (root: NodeBase): void => {
    const waiting: NodeBase[] = [root];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (at.end - at.start <= longest && keys.has(expressionKey(binding, at))) continue;
      const meaning = binding.paths.get(at);
      if (meaning !== undefined) visitPath(at, meaning);
      else if (!isPlainAggregate(binding, at)) waiting.push(...childrenOf(at).reverse());
    }
  };
  const visitPath = (at: NodeBase, meaning: PathMeaning): void => {
    if (meaning.kind === 'alias') {
      visit(meaning.item.expression);
      return;
    }
    if (meaning.kind === 'column') {
      for (let i = 0; i < meaning.steps.length; i++) if (keys.has(pathPrefixKey(binding, at, i) ?? '')) return;
      if (relationsOf(meaning.reference).some((relation) => own.has(relation))) refuse(at, meaning.reference);
    }
  };

  for (const item of bound.items) {
    if (item.kind === 'expression') visit(item.item.expression);
    else {
      for (const { visible } of item.expansion ?? []) {
        if (!keys.has(referenceKey(visible.reference))) refuse(item.item, visible.reference);
      }
    }
  }
  if (node.having !== undefined) visit(node.having);
  if (node.qualify !== undefined) visit(node.qualify);
  for (const item of orderBy) if (!binding.orderTargets.has(item)) visit(item.expression);
}

/** 42803 unless the arguments of GROUPING are grouped by. */
export function checkGroupingCalls(binder: StatementBinder, bound: BoundSelect, calls: readonly FunctionCall[]): void {
  const keys = calls.length === 0 ? undefined : groupKeys(binder.binding, bound);
  for (const call of calls) {
    if (call.args.every((arg) => keys?.has(expressionKey(binder.binding, arg)))) continue;
    binder.fail(
      call,
      SqlState.groupingError,
      'arguments to GROUPING must be grouping expressions of the associated query level',
    );
  }
}

/** Longer expressions than this, in characters of the source, are not looked for among the grouped ones. */
function longestTarget(bound: BoundSelect): number {
  let longest = 0;
  for (const target of [...bound.groupTargets.values(), ...(bound.groupAll ?? [])]) {
    if (target.kind === 'expression') longest = Math.max(longest, target.node.end - target.node.start);
  }
  return longest * 4 + 1000;
}

function firstColumn(reference: ColumnReference): Extract<ColumnReference, { kind: 'column' }> {
  return reference.kind === 'column' ? reference : firstColumn(reference.left);
}

/** An aggregate call that is not a window function: what stands inside need not be grouped. */
export function isPlainAggregate(binding: Binding, node: NodeBase): boolean {
  return binding.calls.get(node)?.aggregate === true && !('over' in node && node.over !== undefined);
}
