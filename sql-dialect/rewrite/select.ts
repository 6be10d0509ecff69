import type { Expression } from '../ast/expression.js';
import { childrenOf, type NodeBase } from '../ast/node.js';
import type { GroupBy, GroupingElement, NamedWindow, Select } from '../ast/query.js';
import type { BoundItem, BoundSelect, GroupTarget, VisibleColumn } from '../bind/binding.js';
import { expressionKey, isPlainAggregate, targetKey } from '../bind/grouping.js';
import { referenceType } from '../bind/scope.js';
import { constantOf } from '../bind/statement-binder.js';
import { quoteIdentifier } from '../duckdb/quote.js';
import { windowSql } from './calls.js';
import { castSql } from './cast.js';
import { distinctKey, needsDistinctKey } from './compare.js';
import { connected } from './connect-by.js';
import type { Segment } from './emitter.js';
import { type GroupedOutput, shownInGroup } from './grouped-output.js';
import { hasOuterJoinMarks, outerJoinFrom } from './outer-join.js';
import { referenceSql } from './paths.js';
import type { Rewriter } from './rewriter.js';
import { rule } from './rule.js';
import type { Side } from './side.js';
import { fromList } from './unnest.js';

export const selectRules = [rule<Select, Rewriter>({ name: 'select', kinds: ['select'], apply: selectRule })];

function selectRule(node: Select, rewriter: Rewriter): string | undefined {
  const bound = rewriter.binding.selects.get(node);
  if (bound === undefined) return undefined;
  // FROM comes first: it decides where columns are found.
  const joined = hasOuterJoinMarks(node) ? outerJoinFrom(rewriter, node) : undefined;
  const listed = joined?.from ?? rewriter.ungrouped(() => fromList(rewriter, node.from));
  const from = rewriter.ungrouped(() => connected(rewriter, node, bound, listed));
  const output = groupedOutput(rewriter, node, bound);
  if (output !== undefined) rewriter.groupedSelects.set(node, output);
  const [first] = node.items;
  const last = node.exclude ?? node.items.at(-1);
  if (first === undefined || last === undefined) return undefined;

  const segments: Segment[] = [];
  const add = (span: { readonly start: number; readonly end: number }, text: () => string): void => {
    segments.push({ start: span.start, end: span.end, text });
  };
  const inOutput = (text: () => string) => (): string => rewriter.within(output, text);
  const distinct = node.distinct ? distinctOn(rewriter, bound, output) : undefined;
  if (distinct !== undefined) add({ start: node.start, end: first.start }, () => `SELECT ${distinct} `);
  else if (node.top !== undefined) add({ start: node.top.start, end: first.start }, () => '');
  if (keepsList(node, bound)) {
    node.items.forEach((item, i) => {
      const boundItem = bound.items[i];
      if (boundItem !== undefined)
        add(
          item,
          inOutput(() => itemSql(rewriter, node, boundItem)),
        );
    });
  } else {
    add(
      { start: first.start, end: last.end },
      inOutput(() => listSql(rewriter, node, bound)),
    );
  }
  if (node.exclude !== undefined && keepsList(node, bound)) add(node.exclude, () => '');
  if (node.into !== undefined) add(node.into, () => '');
  const [firstFrom] = node.from;
  if (firstFrom !== undefined) add({ start: firstFrom.start, end: node.from.at(-1)?.end ?? firstFrom.end }, () => from);
  const { where, connectBy } = node;
  if (connectBy !== undefined) add(connectBy, () => '');
  if (where !== undefined) add(where, () => joined?.where ?? rewriter.ungrouped(() => rewriter.condition(where)));
  const { groupBy, having, qualify } = node;
  if (groupBy !== undefined) add(groupBy, () => rewriter.ungrouped(() => groupBySql(rewriter, groupBy, bound, output)));
  if (having !== undefined)
    add(
      having,
      inOutput(() => rewriter.condition(having)),
    );
  const [firstWindow] = node.windows;
  if (qualify !== undefined && firstWindow !== undefined && firstWindow.start > qualify.start) {
    // DuckDB wants WINDOW before QUALIFY: both are rewritten.
    const span = { start: clauseEnd(node), end: node.windows.at(-1)?.end ?? node.end };
    add(
      span,
      inOutput(() => {
        const windows = node.windows.map((window) => namedWindowSql(rewriter, window)).join(', ');
        return ` WINDOW ${windows} QUALIFY ${rewriter.condition(qualify)}`;
      }),
    );
  } else {
    for (const window of node.windows)
      add(
        window,
        inOutput(() => namedWindowSql(rewriter, window)),
      );
    if (qualify !== undefined)
      add(
        qualify,
        inOutput(() => rewriter.condition(qualify)),
      );
  }
  segments.sort((a, b) => a.start - b.start);
  return rewriter.emitter.spliceSegments(node, segments);
}

/** Where the clauses before WINDOW and QUALIFY end. */
function clauseEnd(node: Select): number {
  const before = [node.having, node.groupBy, node.where, node.from.at(-1), node.into, node.exclude, node.items.at(-1)];
  return Math.max(...before.map((part) => part?.end ?? 0));
}

/** True when each item of the list is written in its own place. */
function keepsList(node: Select, bound: BoundSelect): boolean {
  if (node.exclude === undefined)
    return bound.items.every((item) => item.kind !== 'star' || item.expansion?.length !== 0);
  return bound.columns === undefined && node.items.length === 1;
}

function listSql(rewriter: Rewriter, node: Select, bound: BoundSelect): string {
  return bound.items
    .map((item) => itemSql(rewriter, node, item))
    .filter((text) => text !== '')
    .join(', ');
}

function itemSql(rewriter: Rewriter, node: Select, item: BoundItem): string {
  if (item.kind === 'star') return starSql(rewriter, node, item);
  if (!item.kept) return '';
  const target = outputTarget(rewriter, node, item.column.duckdb);
  return `${rewriter.as(item.item.expression, target?.type)} AS ${quoteIdentifier(item.column.duckdb)}`;
}

/** What a set operation around the SELECT brings the column to. */
function outputTarget(rewriter: Rewriter, node: Select, duckdb: string) {
  const targets = rewriter.binding.memberTargets.get(node);
  if (targets === undefined) return undefined;
  const index = rewriter.binding.selects.get(node)?.columns?.findIndex((column) => column.duckdb === duckdb);
  return index === undefined ? undefined : targets[index];
}

function starSql(rewriter: Rewriter, node: Select, item: Extract<BoundItem, { kind: 'star' }>): string {
  if (item.expansion === undefined) {
    const star = [...item.qualifier.map(quoteIdentifier), '*'].join('.');
    const excluded = node.exclude?.columns.map((column) => quoteIdentifier(rewriter.binder.fold(column)));
    return excluded === undefined ? star : `${star} EXCLUDE (${excluded.join(', ')})`;
  }
  return item.expansion
    .map(({ visible, column }) => {
      const target = outputTarget(rewriter, node, column.duckdb);
      const plain = starColumnSql(rewriter, visible);
      const type = referenceType(visible.reference);
      const sql =
        target === undefined ? plain : castSql(plain, type, target.type, 'implicit', rewriter.binding.settings);
      return `${sql} AS ${quoteIdentifier(column.duckdb)}`;
    })
    .join(', ');
}

/** A column that `*` stands for, as any value of its group where it is a grouped string. */
export function starColumnSql(rewriter: Rewriter, visible: VisibleColumn): string {
  const plain = referenceSql(rewriter, visible.reference);
  const output = rewriter.groupedOutput.at(-1);
  const key = targetKey(rewriter.binding, { kind: 'column', visible });
  return output?.keys.has(key) ? shownInGroup(output, key, plain) : plain;
}

function namedWindowSql(rewriter: Rewriter, node: NamedWindow): string {
  return `${quoteIdentifier(rewriter.binder.fold(node.name))} AS ${windowSql(rewriter, node.window)}`;
}

function sideOf(rewriter: Rewriter, target: GroupTarget): Side {
  if (target.kind === 'expression') return { node: target.node };
  return { sql: referenceSql(rewriter, target.visible.reference), type: target.visible.type };
}

/**
 * What is grouped by, when there are strings or SUPER values in it, which are grouped by another text than their own;
 * undefined when there are none.
 */
function groupedOutput(rewriter: Rewriter, node: Select, bound: BoundSelect): GroupedOutput | undefined {
  const targets = [...bound.groupTargets.values(), ...(bound.groupAll ?? [])];
  const keys = new Map<string, string>();
  for (const target of targets) {
    const side = sideOf(rewriter, target);
    if (needsDistinctKey(rewriter, side)) keys.set(targetKey(rewriter.binding, target), distinctKey(rewriter, side));
  }
  if (keys.size === 0) return undefined;
  for (const key of keysInSubqueries(rewriter, node)) keys.delete(key);
  if (keys.size === 0) return undefined;
  const merged = new Set(keys.keys());
  for (const target of targets) {
    // A constant is the same in every group and could be taken for an ordinal.
    if (target.kind === 'column' || isLiteral(target.node)) continue;
    const key = targetKey(rewriter.binding, target);
    if (!merged.has(key))
      keys.set(
        key,
        rewriter.ungrouped(() => rewriter.operand(target.node)),
      );
  }
  return { keys, merged, groupingSets: bound.groupingSets };
}

function isLiteral(node: Expression): boolean {
  if (node.kind === 'parenthesized') return isLiteral(node.inner);
  if (node.kind === 'cast') return isLiteral(node.operand);
  return constantOf(node) !== undefined || node.kind === 'boolean' || node.kind === 'typed_literal';
}

/** Grouped columns that a subquery in the output refers to: an aggregate of them cannot stand there. */
function keysInSubqueries(rewriter: Rewriter, node: Select): Set<string> {
  const keys = new Set<string>();
  const waiting: { readonly at: NodeBase; readonly inside: boolean }[] = [];
  for (const part of [...node.items, node.having, node.qualify]) {
    if (part !== undefined) waiting.push({ at: part, inside: false });
  }
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { at, inside } = next;
    if (inside && rewriter.binding.paths.has(at)) keys.add(expressionKey(rewriter.binding, at));
    if (!inside && isPlainAggregate(rewriter.binding, at)) continue;
    for (const child of childrenOf(at)) waiting.push({ at: child, inside: inside || child.kind === 'query' });
  }
  return keys;
}

function groupBySql(rewriter: Rewriter, node: GroupBy, bound: BoundSelect, output: GroupedOutput | undefined): string {
  if (node.all) {
    if (output === undefined) return 'GROUP BY ALL';
    return `GROUP BY ${(bound.groupAll ?? []).map((target) => targetSql(rewriter, bound, target, output)).join(', ')}`;
  }
  const element = (item: GroupBy['items'][number]): string => {
    if (item.kind === 'grouping_element') return groupingSql(item, element);
    const target = bound.groupTargets.get(item);
    return target === undefined ? rewriter.emit(item) : targetSql(rewriter, bound, target, output, item);
  };
  return `GROUP BY ${node.items.map(element).join(', ')}`;
}

function groupingSql(node: GroupingElement, element: (item: GroupingElement['items'][number]) => string): string {
  const items = node.items.map(element).join(', ');
  return node.form === 'set' ? `(${items})` : `${node.form.toUpperCase()} (${items})`;
}

function targetSql(
  rewriter: Rewriter,
  bound: BoundSelect,
  target: GroupTarget,
  output: GroupedOutput | undefined,
  item?: Expression,
): string {
  const side = sideOf(rewriter, target);
  const key = output?.keys.get(targetKey(rewriter.binding, target));
  if (key !== undefined) return key;
  const named = item === undefined || item.kind === 'number' || rewriter.binding.paths.get(item)?.kind === 'alias';
  const ordinal = named && !bound.groupingSets ? ordinalOf(rewriter, bound, target, item) : undefined;
  if (ordinal !== undefined) return String(ordinal);
  return 'node' in side ? rewriter.emit(side.node) : side.sql;
}

/** The place in the output of what an ordinal or alias means; undefined behind a star that is not expanded. */
function ordinalOf(
  rewriter: Rewriter,
  bound: BoundSelect,
  target: GroupTarget,
  item: Expression | undefined,
): number | undefined {
  const meaning = item === undefined ? undefined : rewriter.binding.paths.get(item);
  let place = 0;
  for (const each of bound.items) {
    if (each.kind === 'star') {
      if (each.expansion === undefined) return undefined;
      for (const { visible } of each.expansion) {
        place++;
        if (target.kind === 'column' && target.visible === visible) return place;
      }
      continue;
    }
    if (!each.kept) continue;
    place++;
    if (
      meaning?.kind === 'alias'
        ? each.item === meaning.item
        : target.kind === 'expression' && each.item.expression === target.node
    ) {
      return place;
    }
  }
  return undefined;
}

/** `DISTINCT`, or `DISTINCT ON (…)` where strings are told apart without their trailing blanks. */
function distinctOn(rewriter: Rewriter, bound: BoundSelect, output: GroupedOutput | undefined): string | undefined {
  if (bound.columns === undefined) return undefined;
  const sides = bound.items.flatMap((item): Side[] => {
    if (item.kind === 'expression') return item.kept ? [{ node: item.item.expression }] : [];
    return (item.expansion ?? []).map(({ visible }) => ({
      sql: starColumnSql(rewriter, visible),
      type: visible.type,
    }));
  });
  if (!sides.some((side) => needsDistinctKey(rewriter, side))) return undefined;
  const keys = rewriter.within(output, () =>
    sides.map((side, i) => (needsDistinctKey(rewriter, side) ? distinctKey(rewriter, side) : String(i + 1))),
  );
  return `DISTINCT ON (${keys.join(', ')})`;
}
