import type {
  CommonTable,
  OrderItem,
  ParenthesizedQuery,
  Query,
  QueryBody,
  SetOperation,
  Values,
  WithClause,
} from '../ast/query.js';
import type { OutputTarget } from '../bind/binding.js';
import { quoteIdentifier } from '../bind/identifier.js';
import { SqlState } from '../errors.js';
import { int8 } from '../types/coercion.js';
import type { Segment } from './emitter.js';
import { orderKeys, orderSuffix, superKeys } from './order.js';
import type { Rewriter } from './rewriter.js';
import { rule } from './rule.js';
import { grouped, unpadded } from './text.js';

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
  const sorted = sortsByText(rewriter, node);
  if (sorted !== undefined) return `${sorted}${topClause(rewriter, node)}`;
  const segments: Segment[] = [];
  if (node.with !== undefined) segments.push(segment(node.with, () => rewriter.emit(node.with ?? node)));
  segments.push(segment(node.body, () => rewriter.emit(node.body)));
  for (const item of node.orderBy) {
    segments.push(
      segment(item, () =>
        rewriter.within(node.body.kind === 'select' ? output?.get(node.body) : undefined, () =>
          orderItemSql(rewriter, item),
        ),
      ),
    );
  }
  const { limit, offset } = node;
  const bounds: Segment[] = [];
  if (limit !== undefined && limit !== 'all') bounds.push(segment(limit, () => rewriter.as(limit, int8)));
  if (offset !== undefined) bounds.push(segment(offset, () => rewriter.as(offset, int8)));
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
  return top === undefined ? '' : ` LIMIT ${rewriter.as(top.count, int8)}`;
}

/** An output column by its place; anything else by its text. */
function orderItemSql(rewriter: Rewriter, item: OrderItem): string {
  const target = rewriter.binding.orderTargets.get(item);
  if (target === undefined) return orderKeys(rewriter, item).join(', ');
  return `${target.index + 1}${orderSuffix(item)}`;
}

/**
 * A SUPER output column is sorted by several keys, which cannot be told by its place: the query is sorted from outside then.
 */
function sortsByText(rewriter: Rewriter, node: Query): string | undefined {
  const targets = node.orderBy.map((item) => rewriter.binding.orderTargets.get(item));
  if (!targets.some((target) => target?.column.type.id === 'super')) return undefined;
  const columns = rewriter.binding.queries.get(node)?.columns;
  if (columns === undefined || targets.some((target) => target === undefined)) return undefined;
  const withText = node.with === undefined ? '' : `${rewriter.emit(node.with)} `;
  const body = rewriter.emit(node.body);
  const keys = node.orderBy.flatMap((item, i) => {
    const target = targets[i];
    if (target === undefined) return [];
    const name = `"sorted".${quoteIdentifier(target.column.duckdb)}`;
    const parts = target.column.type.id === 'super' ? superKeys({ base: name, path: undefined }) : [name];
    return parts.map((key) => `${key}${orderSuffix(item)}`);
  });
  const { limit, offset } = node;
  const limitText = limit === undefined || limit === 'all' ? '' : ` LIMIT ${rewriter.as(limit, int8)}`;
  const offsetText = offset === undefined ? '' : ` OFFSET ${rewriter.as(offset, int8)}`;
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

/** MINUS is EXCEPT; each member's columns are brought to the common types. */
function setOperationRule(node: SetOperation, rewriter: Rewriter): string {
  return rewriter.emitter.spliceSegments(node, [
    segment(node.left, () => memberSql(rewriter, node.left)),
    segment(node.operatorNode, () => `${node.operator.toUpperCase()}${node.all ? ' ALL' : ''}`),
    segment(node.right, () => memberSql(rewriter, node.right)),
  ]);
}

/** TOP limits one member only. */
function memberSql(rewriter: Rewriter, body: QueryBody): string {
  const sql = rewriter.emit(body);
  if (body.kind !== 'select' || body.top === undefined) return sql;
  return `(${sql} LIMIT ${rewriter.as(body.top.count, int8)})`;
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
          const target = targets?.[i];
          return outputSql(rewriter.as(item, target?.type ?? types?.[i]), target);
        }),
      ),
    ),
  );
  const width = node.rows[0]?.items.length ?? 0;
  const names = Array.from({ length: width }, (_unused, i) => quoteIdentifier(`column${i + 1}`));
  return `SELECT * FROM (${rows}) AS "values"(${names.join(', ')})`;
}

/** An output value, without trailing blanks where a set operation compares it. */
export function outputSql(sql: string, target: OutputTarget | undefined): string {
  if (!target?.normalised) return sql;
  if (target.type.id === 'super') return `nullif(json_extract(${sql}, '$'), 'null')`;
  return unpadded(grouped(sql), sql.length < 200);
}
