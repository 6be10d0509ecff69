import type {
  FunctionItem,
  Join,
  ParenthesizedFrom,
  PathItem,
  PivotItem,
  RelationItem,
  SubqueryItem,
  TableAlias,
  UnnestItem,
  UnpivotItem,
  UnpivotObjectItem,
} from '../ast/query.js';
import type { BoundRelation, MergedPair } from '../bind/binding.js';
import { referenceType } from '../bind/scope.js';
import { quoteIdentifier, quoteLiteral } from '../duckdb/quote.js';
import { SqlState } from '../errors.js';
import type { TableFunction } from '../functions/table-functions.js';
import { resolveBinary } from '../types/operators.js';
import { castSql } from './cast.js';
import { comparison } from './compare.js';
import { referenceSql } from './paths.js';
import type { Rewriter } from './rewriter.js';
import { rule } from './rule.js';
import { lateralUnnest, unnestJoin } from './unnest.js';

type Unnesting = RelationItem | PathItem | UnnestItem | UnpivotObjectItem;

export const fromRules = [
  rule<RelationItem, Rewriter>({ name: 'relation', kinds: ['relation'], needs: ['unnest'], apply: relationRule }),
  rule<Unnesting, Rewriter>({
    name: 'unnest',
    kinds: ['relation', 'path_item', 'unnest', 'unpivot_object'],
    apply: (node, rewriter) => unnestRule(node, rewriter),
  }),
  rule<SubqueryItem, Rewriter>({ name: 'subquery', kinds: ['subquery'], apply: subqueryRule }),
  rule<FunctionItem, Rewriter>({ name: 'function in FROM', kinds: ['function_item'], apply: functionRule }),
  rule<Join, Rewriter>({ name: 'join', kinds: ['join'], apply: joinRule }),
  rule<ParenthesizedFrom, Rewriter>({ name: 'join in parentheses', kinds: ['parenthesized_from'], apply: groupRule }),
  rule<PivotItem, Rewriter>({ name: 'pivot', kinds: ['pivot'], apply: pivotRule }),
  rule<UnpivotItem, Rewriter>({ name: 'unpivot', kinds: ['unpivot'], apply: unpivotRule }),
];

/** ` AS "alias"`, with the names of the columns where the alias renames them. */
function aliasSql(relation: BoundRelation, alias: TableAlias | undefined): string {
  const names =
    alias !== undefined && alias.columns.length > 0
      ? `(${(relation.columns ?? []).map((column) => quoteIdentifier(column.duckdb)).join(', ')})`
      : '';
  return `AS ${quoteIdentifier(relation.alias)}${names}`;
}

function relationRule(node: RelationItem, rewriter: Rewriter): string | undefined {
  const bound = rewriter.binding.from.get(node);
  if (bound?.kind === 'common table') {
    return `${quoteIdentifier(bound.duckdb)} ${aliasSql(bound.relation, node.alias)}`;
  }
  return bound?.kind === 'relation' ? `${bound.duckdb} ${aliasSql(bound.relation, node.alias)}` : undefined;
}

function subqueryRule(node: SubqueryItem, rewriter: Rewriter): string | undefined {
  const bound = rewriter.binding.from.get(node);
  if (bound?.kind !== 'derived') return undefined;
  return `${node.lateral ? 'LATERAL ' : ''}(${rewriter.emit(node.query)}) ${aliasSql(bound.relation, node.alias)}`;
}

function unnestRule(node: Unnesting, rewriter: Rewriter): string | undefined {
  const bound = rewriter.binding.from.get(node);
  if (bound?.kind === 'function' && node.kind === 'unnest') {
    const column = quoteIdentifier(bound.relation.columns?.[0]?.duckdb ?? 'unnest');
    return `(SELECT unnest(${rewriter.emit(node.expression)}) AS ${column}) AS ${quoteIdentifier(bound.relation.alias)}`;
  }
  return bound?.kind === 'unnest' ? `LATERAL ${lateralUnnest(rewriter, bound)}` : undefined;
}

function functionRule(node: FunctionItem, rewriter: Rewriter): string | undefined {
  const bound = rewriter.binding.from.get(node);
  if (bound?.kind === 'table function') return tableFunctionSql(node, bound.definition, bound.relation, rewriter);
  if (bound?.kind !== 'function') return undefined;
  const column = quoteIdentifier(bound.relation.columns?.[0]?.duckdb ?? 'value');
  const alias = quoteIdentifier(bound.relation.alias);
  if (bound.form === 'series' && node.call.kind === 'call') {
    const args = node.call.args.map((arg) => rewriter.as(arg, { id: 'int8' }));
    return `generate_series(${args.join(', ')}) AS ${alias}(${column})`;
  }
  return `(SELECT ${rewriter.emit(node.call)} AS ${column}) AS ${alias}`;
}

function tableFunctionSql(
  node: FunctionItem,
  definition: TableFunction,
  relation: BoundRelation,
  rewriter: Rewriter,
): string {
  const [argument] = node.call.kind === 'call' ? node.call.args : [];
  const text = argument === undefined ? 'NULL' : rewriter.as(argument, { id: 'varchar' });
  const columns = (relation.columns ?? []).map(({ duckdb }) => quoteIdentifier(duckdb)).join(', ');
  return `(${definition.duckdb.replaceAll('$1', () => text)}) AS ${quoteIdentifier(relation.alias)}(${columns})`;
}

const joinWords = {
  inner: 'JOIN',
  left: 'LEFT JOIN',
  right: 'RIGHT JOIN',
  full: 'FULL JOIN',
  cross: 'CROSS JOIN',
} as const;

function joinRule(node: Join, rewriter: Rewriter): string | undefined {
  const bound = rewriter.binding.from.get(node);
  if (bound?.kind !== 'join') return undefined;
  const right = rewriter.binding.from.get(node.right);
  if (right?.kind === 'unnest') return unnestJoin(rewriter, node, right);
  if (bound.keepUsing) {
    return rewriter.splice(node, (child) =>
      child.kind === 'identifier' ? quoteIdentifier(rewriter.binder.fold(child as Join['using'][number])) : undefined,
    );
  }
  if (node.natural && bound.merged.length === 0)
    return `${rewriter.emit(node.left)} CROSS JOIN ${rewriter.emit(node.right)}`;
  if (bound.merged.length > 0) {
    const conditions = bound.merged.map((pair) => mergedCondition(rewriter, node, pair));
    return `${rewriter.emit(node.left)} ${joinWords[node.type]} ${rewriter.emit(node.right)} ON ${conditions.join(' AND ')}`;
  }
  const { on } = node;
  return rewriter.splice(node, (child) => (child === on && on !== undefined ? rewriter.condition(on) : undefined));
}

/** The equality behind a column that USING or NATURAL merges. */
function mergedCondition(rewriter: Rewriter, node: Join, pair: MergedPair): string {
  const [left, right] = [pair.left, pair.right].map((reference) => ({
    sql: referenceSql(rewriter, reference),
    type: referenceType(reference),
  }));
  if (left === undefined || right === undefined) return 'true';
  const use = resolveBinary('=', { type: left.type, untyped: false }, { type: right.type, untyped: false });
  if (use === undefined) {
    rewriter.fail(node, SqlState.datatypeMismatch, `JOIN/USING types of column "${pair.name}" cannot be matched`);
  }
  return comparison(rewriter, '=', left, right, use);
}

function groupRule(node: ParenthesizedFrom, rewriter: Rewriter): string | undefined {
  const bound = rewriter.binding.from.get(node);
  if (bound?.kind !== 'group') return undefined;
  if (bound.relation === undefined) return node.item.kind === 'join' ? rewriter.splice(node) : rewriter.emit(node.item);
  const { relation } = bound;
  const columns = relation.columns?.map((column, i) => {
    const visible = bound.visible[i];
    return visible === undefined
      ? ''
      : `${referenceSql(rewriter, visible.reference)} AS ${quoteIdentifier(column.duckdb)}`;
  });
  return `(SELECT ${columns?.join(', ') ?? '*'} FROM ${rewriter.emit(node.item)}) AS ${quoteIdentifier(relation.alias)}`;
}

function pivotRule(node: PivotItem, rewriter: Rewriter): string | undefined {
  const bound = rewriter.binding.from.get(node);
  if (bound?.kind !== 'pivot') return undefined;
  const alias = aliasSql(bound.relation, node.alias);
  if (bound.plan === undefined) return nativePivot(rewriter, node, alias);
  const { groups, cells } = bound.plan;
  const columns = groups.map(
    ({ visible, duckdb }) => `${referenceSql(rewriter, visible.reference)} AS ${quoteIdentifier(duckdb)}`,
  );
  for (const { aggregate, value, duckdb } of cells) {
    const use = rewriter.binding.comparisons.get(value.expression);
    const same =
      value.expression.kind === 'null'
        ? `${rewriter.operand(node.column)} IS NULL`
        : comparison(rewriter, '=', { node: node.column }, { node: value.expression }, use);
    const outer = rewriter.aggregateFilter;
    rewriter.aggregateFilter = same;
    try {
      columns.push(`${rewriter.emit(aggregate.expression)} AS ${quoteIdentifier(duckdb)}`);
    } finally {
      rewriter.aggregateFilter = outer;
    }
  }
  const by = groups.map(({ visible }) => referenceSql(rewriter, visible.reference));
  const groupBy = by.length === 0 ? '' : ` GROUP BY ${by.join(', ')}`;
  return `(SELECT ${columns.join(', ')} FROM ${rewriter.emit(node.source)}${groupBy}) ${alias}`;
}

/** Over unknown columns DuckDB's own PIVOT has to find out what to group by. */
function nativePivot(rewriter: Rewriter, node: PivotItem, alias: string): string {
  const aggregates = node.aggregates.map((item) => {
    const name = item.alias === undefined ? '' : ` AS ${quoteIdentifier(rewriter.binder.fold(item.alias))}`;
    return `${rewriter.emit(item.expression)}${name}`;
  });
  const values = node.values.map((item) => {
    const name = item.alias === undefined ? '' : ` AS ${quoteIdentifier(rewriter.binder.fold(item.alias))}`;
    return `${rewriter.emit(item.expression)}${name}`;
  });
  const pivot = `PIVOT (${aggregates.join(', ')} FOR ${rewriter.emit(node.column)} IN (${values.join(', ')}))`;
  return `(SELECT * FROM ${rewriter.emit(node.source)} ${pivot}) ${alias}`;
}

function unpivotRule(node: UnpivotItem, rewriter: Rewriter): string | undefined {
  const bound = rewriter.binding.from.get(node);
  if (bound?.kind !== 'unpivot') return undefined;
  const alias = aliasSql(bound.relation, node.alias);
  if (bound.plan === undefined) return nativeUnpivot(rewriter, node, alias);
  const { kept, unpivoted, name, value } = bound.plan;
  const columns = kept.map(
    ({ visible, duckdb }) => `${referenceSql(rewriter, visible.reference)} AS ${quoteIdentifier(duckdb)}`,
  );
  const labels = unpivoted.map(({ label }) => quoteLiteral(label));
  const values = unpivoted.map(({ visible }) =>
    castSql(
      referenceSql(rewriter, visible.reference),
      referenceType(visible.reference),
      value.type,
      'implicit',
      rewriter.binding.settings,
    ),
  );
  columns.push(`unnest([${labels.join(', ')}]) AS ${quoteIdentifier(name.duckdb)}`);
  columns.push(`unnest([${values.join(', ')}]) AS ${quoteIdentifier(value.duckdb)}`);
  const rows = `SELECT ${columns.join(', ')} FROM ${rewriter.emit(node.source)}`;
  if (node.includeNulls) return `(${rows}) ${alias}`;
  return `(SELECT * FROM (${rows}) AS "unpivoted" WHERE "unpivoted".${quoteIdentifier(value.duckdb)} IS NOT NULL) ${alias}`;
}

function nativeUnpivot(rewriter: Rewriter, node: UnpivotItem, alias: string): string {
  const columns = node.columns.map((item) => {
    const name = item.alias === undefined ? '' : ` AS ${quoteIdentifier(rewriter.binder.fold(item.alias))}`;
    return `${rewriter.emit(item.expression)}${name}`;
  });
  const [value, name] = [node.value, node.name].map((each) => quoteIdentifier(rewriter.binder.fold(each)));
  const nulls = node.includeNulls ? 'INCLUDE NULLS ' : '';
  return `(SELECT * FROM ${rewriter.emit(node.source)} UNPIVOT ${nulls}(${value} FOR ${name} IN (${columns.join(', ')}))) ${alias}`;
}
