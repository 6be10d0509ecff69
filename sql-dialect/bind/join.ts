import type { Identifier } from '../ast/node.js';
import type { Join } from '../ast/query.js';
import { SqlState } from '../errors.js';
import { commonType } from '../types/coercion.js';
import type { ColumnReference, MergedPair, VisibleColumn } from './binding.js';
import { requireBoolean } from './checks.js';
import { bindExpression } from './expression.js';
import { bindFromItem } from './from.js';
import { referenceType, Scope } from './scope.js';
import { expressionContext, type StatementBinder } from './statement-binder.js';

/** Binds a join: both sides, then its condition, which sees these two sides only; USING and NATURAL merge columns. */
export function bindJoin(binder: StatementBinder, node: Join, scope: Scope): void {
  const visibleStart = scope.visible.length;
  const relationStart = scope.relations.length;
  bindFromItem(binder, node.left, scope);
  const middle = scope.visible.length;
  bindFromItem(binder, node.right, scope);
  const left = scope.visible.slice(visibleStart, middle);
  const right = scope.visible.slice(middle);

  const names = joinColumns(binder, node, left, right);
  if (names !== undefined) {
    const merged = mergePairs(binder, node, names, left, right);
    scope.visible = [...scope.visible.slice(0, visibleStart), ...mergedColumns(node, merged, left, right)];
    binder.binding.from.set(node, { kind: 'join', merged, keepUsing: false });
    return;
  }
  binder.binding.from.set(node, { kind: 'join', merged: [], keepUsing: node.natural || node.using.length > 0 });
  if (node.on === undefined) return;
  const own = new Scope(scope.parent);
  own.relations.push(...scope.relations.slice(relationStart));
  own.visible = [...left, ...right];
  bindExpression(binder, node.on, expressionContext(own, 'JOIN/ON'));
  requireBoolean(binder, node.on, 'JOIN/ON');
}

/** The names that USING or NATURAL merge; undefined when there are none, or when a side's columns are not known. */
function joinColumns(
  binder: StatementBinder,
  node: Join,
  left: readonly VisibleColumn[],
  right: readonly VisibleColumn[],
): readonly (readonly [string, Identifier | undefined])[] | undefined {
  if (!node.natural && node.using.length === 0) return undefined;
  if (hasUnknownColumns(binder, node)) return undefined;
  if (!node.natural) return node.using.map((column) => [binder.fold(column), column]);
  const known = new Set(right.map((column) => column.name));
  return left.filter((column) => known.has(column.name)).map((column) => [column.name, undefined]);
}

function hasUnknownColumns(binder: StatementBinder, node: Join): boolean {
  const unknown = (item: Join['left']): boolean => {
    if (item.kind === 'join') return unknown(item.left) || unknown(item.right);
    if (item.kind === 'parenthesized_from' && item.alias === undefined) return unknown(item.item);
    const bound = binder.binding.from.get(item);
    return (
      bound !== undefined && 'relation' in bound && bound.relation !== undefined && bound.relation.columns === undefined
    );
  };
  return unknown(node.left) || unknown(node.right);
}

function mergePairs(
  binder: StatementBinder,
  node: Join,
  names: readonly (readonly [string, Identifier | undefined])[],
  left: readonly VisibleColumn[],
  right: readonly VisibleColumn[],
): MergedPair[] {
  return names.map(([name, at]) => {
    const l = onlyColumn(binder, node, name, at, left, 'left');
    const r = onlyColumn(binder, node, name, at, right, 'right');
    return { name, left: l, right: r };
  });
}

function onlyColumn(
  binder: StatementBinder,
  node: Join,
  name: string,
  at: Identifier | undefined,
  columns: readonly VisibleColumn[],
  side: 'left' | 'right',
): ColumnReference {
  const [first, second] = columns.filter((column) => column.name === name);
  if (first === undefined) {
    return binder.fail(
      at ?? node,
      SqlState.undefinedColumn,
      `column "${name}" specified in USING clause does not exist in ${side} table`,
    );
  }
  if (second !== undefined) {
    return binder.fail(
      at ?? node,
      SqlState.ambiguousColumn,
      `common column name "${name}" appears more than once in ${side} table`,
    );
  }
  return first.reference;
}

/** What `*` lists and unqualified names mean after the join: merged columns first, then the rest of each side. */
function mergedColumns(
  node: Join,
  merged: readonly MergedPair[],
  left: readonly VisibleColumn[],
  right: readonly VisibleColumn[],
): VisibleColumn[] {
  const names = new Set(merged.map((pair) => pair.name));
  const use = node.type === 'full' ? 'coalesce' : node.type === 'right' ? 'right' : 'left';
  const columns = merged.map((pair): VisibleColumn => {
    const types = [pair.left, pair.right].map((reference) => ({ type: referenceType(reference), untyped: false }));
    const side = use === 'right' ? pair.right : pair.left;
    const type = (use === 'coalesce' ? commonType(types) : undefined) ?? referenceType(side);
    return {
      name: pair.name,
      type,
      notNull: false,
      reference: { kind: 'merged', left: pair.left, right: pair.right, use, type },
    };
  });
  const rest = (side: readonly VisibleColumn[]) => side.filter((column) => !names.has(column.name));
  return [...columns, ...rest(left), ...rest(right)];
}
