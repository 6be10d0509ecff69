import type {
  CommonTable,
  OrderItem,
  ParenthesizedQuery,
  Query,
  SetOperation,
  Values,
  WithClause,
} from '../ast/query.js';
import type { BoundColumn } from '../bind/binding.js';
import { quoteIdentifier } from '../duckdb/quote.js';
import { SqlState } from '../errors.js';
import { needsDistinctKey } from './compare.js';
import type { Segment } from './emitter.js';
import { needsKeys, orderKeys, orderSuffix, valueKeys } from './order.js';
import type { Rewriter } from './rewriter.js';
import { countSql } from './row-count.js';
import { rule } from './rule.js';
import { starColumnSql } from './select.js';
import { setOperationRule } from './set-operation.js';
import type { Side } from './side.js';

export const queryRules = [
  rule<Query, Rewriter>({ name: 'query', kinds: ['query'], apply: queryRule }),
  rule<WithClause, Rewriter>({ name: 'with', kinds: ['with'], apply: withRule }),
  rule<SetOperation, Rewriter>({ name: 'set operation', kinds: ['set_operation'], apply: setOperationRule }),
  rule<ParenthesizedQuery, Rewriter>({
    name: 'parenthesized query',
    kinds: ['parenthesized_query'],
    apply: (node, rewriter) => `(${rewriter.emit(node.query)})`,
  }),
  rule<Values, Rewriter>({ name: 'values', kinds: ['values'], apply: valuesRule }),
];

function queryRule(node: Query, rewriter: Rewriter): string {
  const output = node.body.kind === 'select' ? rewriter.groupedSelects : undefined;
  const top = node.body.kind === 'select' ? node.body.top : undefined;
  if (top !== undefined && node.limit !== undefined) {
    rewriter.fail(top, SqlState.syntaxError, 'TOP and LIMIT cannot be used together');
  }
  const sorted = sortedOutside(rewriter, node);
  if (sorted !== undefined) return `${sorted}${topClause(rewriter, node)}`;
  const segments: Segment[] = [];
  if (node.with !== undefined) segments.push(segment(node.with, () => rewriter.emit(node.with ?? node)));
  segments.push(segment(node.body, () => rewriter.emit(node.body)));
  node.orderBy.forEach((item, i) => {
    const ties = i < node.orderBy.length - 1;
    segments.push(
      segment(item, () =>
        rewriter.within(node.body.kind === 'select' ? output?.get(node.body) : undefined, () =>
          orderItemSql(rewriter, node, item, ties),
        ),
      ),
    );
  });
  const { limit, offset } = node;
  const bounds: Segment[] = [];
  if (limit !== undefined && limit !== 'all') bounds.push(segment(limit, () => countSql(rewriter, limit)));
  if (offset !== undefined) bounds.push(segment(offset, () => countSql(rewriter, offset)));
  segments.push(...bounds.sort((a, b) => a.start - b.start));
  const end = node.locking ? Math.max(...segments.map((each) => each.end)) : node.end;
  const text = rewriter.emitter.spliceSegments({ ...node, end }, segments);
  return `${text}${topClause(rewriter, node)}`;
}

function segment(node: { readonly start: number; readonly end: number }, text: () => string): Segment {
  return { start: node.start, end: node.end, text };
}

function topClause(rewriter: Rewriter, node: Query): string {
  const top = node.body.kind === 'select' ? node.body.top : undefined;
  return top === undefined ? '' : ` LIMIT ${countSql(rewriter, top.count)}`;
}

/** An output column by its place, unless it is sorted by keys of its own; anything else by its text. */
function orderItemSql(rewriter: Rewriter, node: Query, item: OrderItem, ties: boolean): string {
  const target = rewriter.binding.orderTargets.get(item);
  if (target === undefined) return orderKeys(rewriter, item, ties).join(', ');
  const side = needsKeys(target.column.type, ties) ? outputSide(rewriter, node, target.column) : undefined;
  if (side === undefined || !needsDistinctKey(rewriter, side)) return `${target.index + 1}${orderSuffix(item)}`;
  return valueKeys(rewriter, side, ties)
    .map((key) => `${key}${orderSuffix(item)}`)
    .join(', ');
}

/** What an output column of a SELECT is made of. */
function outputSide(rewriter: Rewriter, node: Query, column: BoundColumn): Side | undefined {
  const bound = node.body.kind === 'select' ? rewriter.binding.selects.get(node.body) : undefined;
  for (const item of bound?.items ?? []) {
    if (item.kind === 'expression') {
      if (item.column === column) return { node: item.item.expression };
      continue;
    }
    const entry = item.expansion?.find((each) => each.column === column);
    if (entry !== undefined) return { sql: starColumnSql(rewriter, entry.visible), type: entry.visible.type };
  }
  return undefined;
}

/**
 * A query that is sorted from outside: DISTINCT and set operations are sorted by their columns only, which does not do
 * for columns with keys of their own or for expressions.
 */
function sortedOutside(rewriter: Rewriter, node: Query): string | undefined {
  if (node.body.kind === 'select' && !node.body.distinct) return undefined;
  const columns = rewriter.binding.queries.get(node)?.columns;
  const last = node.orderBy.length - 1;
  const special = node.orderBy.some((item, i) => {
    const target = rewriter.binding.orderTargets.get(item);
    return target === undefined ? node.body.kind !== 'select' : needsKeys(target.column.type, i < last);
  });
  if (columns === undefined || !special) return undefined;
  const withText = node.with === undefined ? '' : `${rewriter.emit(node.with)} `;
  const body = rewriter.emit(node.body);
  const keys = node.orderBy.flatMap((item, i) => {
    const target = rewriter.binding.orderTargets.get(item);
    if (target === undefined) return orderKeys(rewriter, item, i < last);
    const side = { sql: `"sorted".${quoteIdentifier(target.column.duckdb)}`, type: target.column.type };
    return valueKeys(rewriter, side, i < last).map((key) => `${key}${orderSuffix(item)}`);
  });
  const { limit, offset } = node;
  const limitText = limit === undefined || limit === 'all' ? '' : ` LIMIT ${countSql(rewriter, limit)}`;
  const offsetText = offset === undefined ? '' : ` OFFSET ${countSql(rewriter, offset)}`;
  return `${withText}SELECT * FROM (${body}) AS "sorted" ORDER BY ${keys.join(', ')}${limitText}${offsetText}`;
}

function withRule(node: WithClause, rewriter: Rewriter): string {
  return rewriter.splice(node, (child) =>
    child.kind === 'common_table' ? commonTableSql(rewriter, child as CommonTable) : undefined,
  );
}

function commonTableSql(rewriter: Rewriter, node: CommonTable): string {
  const table = rewriter.binding.commonTables.get(node);
  const name = quoteIdentifier(table?.duckdb ?? rewriter.binder.fold(node.name));
  const names = node.columns.length === 0 ? undefined : table?.columns;
  const list = names === undefined ? '' : `(${names.map((column) => quoteIdentifier(column.duckdb)).join(', ')})`;
  return `${name}${list} AS (${rewriter.ungrouped(() => rewriter.emit(node.query))})`;
}

/** VALUES under PostgreSQL's column names. */
function valuesRule(node: Values, rewriter: Rewriter): string {
  const types = rewriter.binding.outputTypes.get(node);
  const targets = rewriter.binding.memberTargets.get(node);
  const rows = rewriter.emitter.spliceSegments(
    node,
    node.rows.flatMap((row) =>
      row.items.map((item, i) =>
        segment(item, () => {
          const type = targets?.[i]?.type ?? types?.[i];
          return rewriter.as(item, type);
        }),
      ),
    ),
  );
  const width = node.rows[0]?.items.length ?? 0;
  const names = Array.from({ length: width }, (_unused, i) => quoteIdentifier(`column${i + 1}`));
  return `SELECT * FROM (${rows}) AS "values"(${names.join(', ')})`;
}
