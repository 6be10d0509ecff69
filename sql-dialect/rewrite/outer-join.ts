import type { Expression } from '../ast/expression.js';
import { childrenOf, type NodeBase } from '../ast/node.js';
import type { FromItem, Select } from '../ast/query.js';
import type { BoundRelation } from '../bind/binding.js';
import { relationsOf } from '../bind/scope.js';
import { grouped } from '../duckdb/text.js';
import { SqlState } from '../errors.js';
import type { Rewriter } from './rewriter.js';

/** True when the WHERE clause marks an outer join with `(+)`. */
export function hasOuterJoinMarks(node: Select): boolean {
  return node.where !== undefined && containsMark(node.where);
}

function containsMark(node: NodeBase): boolean {
  const waiting: NodeBase[] = [node];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at.kind === 'outer_join_mark') return true;
    if (at.kind !== 'query') waiting.push(...childrenOf(at));
  }
  return false;
}

/** The conditions that AND joins, in order. */
function conjuncts(node: Expression): Expression[] {
  const found: Expression[] = [];
  const waiting: Expression[] = [node];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at.kind === 'binary' && at.operator === 'and') waiting.push(at.right, at.left);
    else if (at.kind === 'parenthesized' && at.inner.kind === 'binary' && at.inner.operator === 'and')
      waiting.push(at.inner);
    else found.push(at);
  }
  return found;
}

interface JoinedItem {
  readonly item: FromItem;
  readonly relation: BoundRelation;
  readonly conditions: Expression[];
  /** Relations its conditions need to its left. */
  readonly needs: Set<BoundRelation>;
}

/**
 * A FROM list whose WHERE marks optional sides with `(+)`, as LEFT JOINs: each marked condition joins the one relation
 * it marks ("Oracle-style outer joins in the WHERE clause", AWS developer guide).
 */
export function outerJoinFrom(rewriter: Rewriter, node: Select): { from: string; where: string } {
  const items = node.from.map((item): JoinedItem => {
    const bound = rewriter.binding.from.get(item);
    if (bound === undefined || !('relation' in bound) || bound.relation === undefined || item.kind === 'join') {
      return rewriter.fail(
        item,
        SqlState.featureNotSupported,
        'the outer join mark (+) beside a join in FROM is not supported',
      );
    }
    return { item, relation: bound.relation, conditions: [], needs: new Set() };
  });
  const rest: Expression[] = [];
  for (const condition of node.where === undefined ? [] : conjuncts(node.where)) {
    if (containsMark(condition)) attach(rewriter, condition, items);
    else rest.push(condition);
  }
  const where = rest.map((condition) => grouped(rewriter.ungrouped(() => rewriter.condition(condition)))).join(' AND ');
  return { from: joinText(rewriter, node, items), where: where === '' ? 'true' : where };
}

/** Gives a marked condition to the relation whose columns it marks. */
function attach(rewriter: Rewriter, condition: Expression, items: readonly JoinedItem[]): void {
  const marked = new Set<BoundRelation>();
  const plain = new Set<BoundRelation>();
  collect(rewriter, condition, false, marked, plain, items);
  const [optional] = marked;
  if (optional === undefined || marked.size > 1) {
    rewriter.fail(
      condition,
      SqlState.featureNotSupported,
      'an outer join mark (+) on more than one table in a condition is not supported',
    );
  }
  if (plain.has(optional)) {
    rewriter.fail(
      condition,
      SqlState.featureNotSupported,
      'an outer join mark (+) on some columns of a table only is not supported',
    );
  }
  const item = items.find((each) => each.relation === optional);
  if (item === undefined) {
    rewriter.fail(
      condition,
      SqlState.featureNotSupported,
      'an outer join mark (+) on a table of an outer query is not supported',
    );
  }
  item.conditions.push(condition);
  for (const relation of plain) item.needs.add(relation);
}

function collect(
  rewriter: Rewriter,
  node: NodeBase,
  inMark: boolean,
  marked: Set<BoundRelation>,
  plain: Set<BoundRelation>,
  items: readonly JoinedItem[],
): void {
  const into = inMark ? marked : plain;
  const meaning = rewriter.binding.paths.get(node);
  if (meaning?.kind === 'column') {
    for (const relation of relationsOf(meaning.reference))
      if (items.some((item) => item.relation === relation)) into.add(relation);
  } else if (meaning?.kind === 'free') {
    const alias = meaning.parts.length > 1 ? meaning.parts[0] : undefined;
    const item = items.find((each) => each.relation.alias === alias) ?? (items.length === 1 ? items[0] : undefined);
    if (item !== undefined) into.add(item.relation);
    else if (inMark) {
      rewriter.fail(
        node,
        SqlState.featureNotSupported,
        'an outer join mark (+) on a column whose table is not known is not supported',
      );
    }
  }
  for (const child of childrenOf(node)) {
    collect(rewriter, child, inMark || node.kind === 'outer_join_mark', marked, plain, items);
  }
}

/** Mandatory relations first, then each optional one after those that its conditions name. */
function joinText(rewriter: Rewriter, node: Select, items: readonly JoinedItem[]): string {
  const placed = new Set<BoundRelation>();
  const texts: string[] = [];
  const place = (item: JoinedItem): void => {
    const text = rewriter.ungrouped(() => rewriter.emit(item.item));
    placed.add(item.relation);
    if (item.conditions.length === 0) {
      texts.push(texts.length === 0 ? text : `CROSS JOIN ${text}`);
      return;
    }
    const on = item.conditions.map((condition) => grouped(rewriter.ungrouped(() => rewriter.condition(condition))));
    texts.push(`LEFT JOIN ${text} ON ${on.join(' AND ')}`);
  };
  for (const item of items) if (item.conditions.length === 0) place(item);
  let waiting = items.filter((item) => item.conditions.length > 0);
  while (waiting.length > 0) {
    const ready = waiting.filter((item) => [...item.needs].every((relation) => placed.has(relation)));
    if (ready.length === 0 || texts.length === 0) {
      return rewriter.fail(
        node.where ?? node,
        SqlState.featureNotSupported,
        'outer join marks (+) that need each other are not supported',
      );
    }
    for (const item of ready) place(item);
    waiting = waiting.filter((item) => !ready.includes(item));
  }
  return texts.join(' ');
}
