import type { AtTimeZone, Expression, Extract, FunctionCall, WindowSpecification } from '../ast/expression.js';
import type { NodeBase } from '../ast/node.js';
import type { OrderItem } from '../ast/query.js';
import type { BoundCall } from '../bind/binding.js';
import { alignedArguments } from '../bind/conditional.js';
import { expressionKey } from '../bind/grouping.js';
import { constantOf } from '../bind/statement-binder.js';
import { quoteIdentifier } from '../duckdb/quote.js';
import { grouped } from '../duckdb/text.js';
import type { BoundArgument, CallContext } from '../functions/contract.js';
import { expandAggregate, expandScalar } from '../functions/index.js';
import { int8, isSuper } from '../types/coercion.js';
import { comparison, distinctKey } from './compare.js';
import { orderKeys } from './order.js';
import type { Rewriter } from './rewriter.js';
import { rule } from './rule.js';
import { comparable } from './side.js';
import { superAccess } from './super.js';
import { superIsNull } from './super-compare.js';

export const callRules = [
  rule<FunctionCall, Rewriter>({
    name: 'special call',
    kinds: ['call'],
    needs: ['grouped output'],
    apply: specialCall,
  }),
  rule<FunctionCall, Rewriter>({
    name: 'stream verdict',
    kinds: ['call'],
    needs: ['special call'],
    apply: streamVerdict,
  }),
  rule<FunctionCall, Rewriter>({
    name: 'conditional function',
    kinds: ['call'],
    needs: ['stream verdict'],
    apply: conditionalCall,
  }),
  rule<FunctionCall, Rewriter>({
    name: 'call',
    kinds: ['call'],
    needs: ['conditional function'],
    apply: (node, rewriter) => callSql(rewriter, node),
  }),
  rule<Extract, Rewriter>({ name: 'extract', kinds: ['extract'], needs: ['grouped output'], apply: namedCall }),
  rule<AtTimeZone, Rewriter>({ name: 'at time zone', kinds: ['at_time_zone'], apply: namedCall }),
];

function specialCall(node: FunctionCall, rewriter: Rewriter): string | undefined {
  const special = rewriter.binding.specialCalls.get(node);
  switch (special?.kind) {
    case 'cast': {
      const [operand] = node.args;
      return operand === undefined ? undefined : rewriter.as(operand, special.type, 'explicit');
    }
    case 'grouping':
      return `CAST(GROUPING(${node.args.map((arg) => groupingArgument(rewriter, arg)).join(', ')}) AS INTEGER)`;
    case 'series':
      return `unnest(generate_series(${node.args.map((arg) => rewriter.as(arg, int8)).join(', ')}))`;
    case undefined:
      return undefined;
  }
}

/** GROUPING names what is grouped by, as GROUP BY has it. */
function groupingArgument(rewriter: Rewriter, node: Expression): string {
  const key = rewriter.groupedOutput.at(-1)?.keys.get(expressionKey(rewriter.binding, node));
  return key ?? rewriter.emit(node);
}

/** A construct that is a function under another spelling. */
function namedCall(node: Extract | AtTimeZone, rewriter: Rewriter): string | undefined {
  const bound = rewriter.binding.calls.get(node);
  return bound === undefined ? undefined : expandScalar(bound.definition, callContext(rewriter, node, bound));
}

/** The text of a call by its line in the function tables. */
export function callSql(rewriter: Rewriter, node: FunctionCall): string {
  const bound = rewriter.binding.calls.get(node);
  if (bound === undefined) return rewriter.splice(node);
  if (!bound.aggregate || !('window' in bound.definition)) {
    return expandScalar(bound.definition, callContext(rewriter, node, bound));
  }
  if (node.over === undefined) return rewriter.ungrouped(() => aggregateSql(rewriter, node, bound));
  return aggregateSql(rewriter, node, bound);
}

function aggregateSql(rewriter: Rewriter, node: FunctionCall, bound: BoundCall): string {
  const { definition } = bound;
  if (!('window' in definition)) return rewriter.splice(node);
  const ordered = definition.withinGroup === 'required';
  const order = [...node.orderBy, ...(ordered ? [] : (node.withinGroup ?? []))];
  const [within] = node.withinGroup ?? [];
  const over = node.over === undefined ? undefined : overSql(rewriter, node.over);
  return expandAggregate(definition, callContext(rewriter, node, bound), {
    distinct: node.distinct,
    orderBy: order.length === 0 ? undefined : orderList(rewriter, order, false),
    descending: ordered && within?.direction === 'desc',
    ignoreNulls: node.nulls === 'ignore',
    filter: filterSql(rewriter, node),
    over,
  });
}

function filterSql(rewriter: Rewriter, node: FunctionCall): string | undefined {
  const own = node.filter === undefined ? undefined : rewriter.condition(node.filter);
  const outer = rewriter.aggregateFilter;
  return own !== undefined && outer !== undefined ? `${grouped(own)} AND ${grouped(outer)}` : (own ?? outer);
}

/** `ranks`: equal values are told apart by nothing, the last key's included. */
function orderList(rewriter: Rewriter, items: readonly OrderItem[], ranks: boolean): string {
  return items.flatMap((item, i) => orderKeys(rewriter, item, ranks || i < items.length - 1)).join(', ');
}

function overSql(rewriter: Rewriter, over: NonNullable<FunctionCall['over']>): string {
  return over.kind === 'identifier' ? quoteIdentifier(rewriter.binder.fold(over)) : windowSql(rewriter, over);
}

/** `(PARTITION BY … ORDER BY … ROWS …)`. */
export function windowSql(rewriter: Rewriter, window: WindowSpecification): string {
  const parts: string[] = [];
  if (window.base !== undefined) parts.push(quoteIdentifier(rewriter.binder.fold(window.base)));
  if (window.partitionBy.length > 0) {
    parts.push(`PARTITION BY ${window.partitionBy.map((node) => distinctKey(rewriter, { node })).join(', ')}`);
  }
  if (window.orderBy.length > 0) parts.push(`ORDER BY ${orderList(rewriter, window.orderBy, true)}`);
  if (window.frame !== undefined) parts.push(rewriter.emit(window.frame));
  return `(${parts.join(' ')})`;
}

/** What a definition's form is made from: the arguments' texts, brought to the parameters' types. */
function callContext(rewriter: Rewriter, node: NodeBase, bound: BoundCall): CallContext {
  const distinct = node.kind === 'call' && (node as FunctionCall).distinct;
  // A JSON null counts as NULL where NULLs are left out.
  const nullsLeftOut =
    bound.definition.name === 'count' || (node.kind === 'call' && (node as FunctionCall).nulls === 'ignore');
  const withoutJsonNull = (sql: string, i: number): string => {
    const [arg] = bound.args;
    const applies = nullsLeftOut && i === 0 && arg !== undefined && !distinct && isSuper(rewriter.typeOf(arg));
    return applies ? `nullif(${sql}, 'null')` : sql;
  };
  const args = bound.args.map((arg, i): BoundArgument => {
    const word = bound.words[i];
    const type = bound.argumentTypes[i];
    return {
      sql: word === undefined ? withoutJsonNull(argumentSql(rewriter, arg, type, distinct), i) : '',
      type: type ?? rewriter.typeOf(arg),
      node: arg,
      constant: constantOf(arg),
      word,
    };
  });
  return {
    args,
    settings: rewriter.binding.settings,
    fail: (code, message, index) => rewriter.fail(bound.args[index ?? -1] ?? node, code, message),
  };
}

function argumentSql(
  rewriter: Rewriter,
  arg: Expression,
  type: BoundArgument['type'] | undefined,
  distinct: boolean,
): string {
  if (!distinct) return rewriter.asOperand(arg, type);
  return type === undefined ? distinctKey(rewriter, { node: arg }) : comparable(rewriter, { node: arg }, type);
}

/** CAN_JSON_PARSE of a stream's payload: the reader has judged it already. */
function streamVerdict(node: FunctionCall, rewriter: Rewriter): string | undefined {
  if (rewriter.binding.calls.get(node)?.definition.name !== 'can_json_parse') return undefined;
  // The verdict is that of the default settings.
  if (rewriter.binding.settings.jsonParseDedupAttributes) return undefined;
  const [arg] = node.args;
  const meaning = arg === undefined ? undefined : rewriter.binding.paths.get(arg);
  if (meaning?.kind !== 'column' || meaning.reference.kind !== 'column') return undefined;
  const { relation, column } = meaning.reference;
  const verdict = relation.relation?.columns?.find(({ name }) => name === column.source?.column)?.jsonVerdict;
  if (verdict === undefined || rewriter.homes.has(relation)) return undefined;
  return `${quoteIdentifier(relation.alias)}.${quoteIdentifier(verdict)}`;
}

/**
 * Conditional functions whose arguments are strings or SUPER values follow Redshift's comparison and its idea of NULL.
 */
function conditionalCall(node: FunctionCall, rewriter: Rewriter): string | undefined {
  const bound = rewriter.binding.calls.get(node);
  const { name } = bound?.definition ?? {};
  if (bound === undefined || name === undefined || alignedArguments(name, bound.args.length) === undefined)
    return undefined;
  const texts = (): string[] => bound.args.map((arg, i) => rewriter.as(arg, bound.argumentTypes[i]));
  switch (name) {
    case 'coalesce':
    case 'nvl': {
      const anySuper = isSuper(bound.argumentTypes[0] ?? rewriter.typeOf(node));
      const parts = texts();
      if (!anySuper) return `coalesce(${parts.join(', ')})`;
      return `coalesce(${parts.map((sql, i) => (i < parts.length - 1 ? `nullif(${sql}, 'null')` : sql)).join(', ')})`;
    }
    case 'nvl2': {
      const [test, yes, no] = bound.args;
      if (test === undefined || yes === undefined || no === undefined) return undefined;
      const present = isSuper(rewriter.typeOf(test))
        ? superIsNull(superAccess(rewriter, test), true)
        : `${rewriter.operand(test)} IS NOT NULL`;
      const [, first, second] = texts();
      return `CASE WHEN ${present} THEN ${first} ELSE ${second} END`;
    }
    case 'nullif': {
      const [left, right] = bound.args;
      if (left === undefined || right === undefined) return undefined;
      const same = comparison(rewriter, '=', { node: left }, { node: right }, rewriter.binding.comparisons.get(right));
      return `CASE WHEN ${same} THEN NULL ELSE ${rewriter.emit(left)} END`;
    }
    case 'decode':
      return decodeSql(rewriter, bound);
    default:
      return undefined;
  }
}

/** DECODE compares as `=` does, and NULL with NULL as equal. */
function decodeSql(rewriter: Rewriter, bound: BoundCall): string | undefined {
  const [value, ...rest] = bound.args;
  if (value === undefined) return undefined;
  const result = (index: number): string => {
    const arg = bound.args[index];
    return arg === undefined ? 'NULL' : rewriter.as(arg, bound.argumentTypes[index]);
  };
  const isNull = (node: Expression): string =>
    isSuper(rewriter.typeOf(node))
      ? superIsNull(superAccess(rewriter, node), false)
      : `${rewriter.operand(node)} IS NULL`;
  const branches: string[] = [];
  let i = 0;
  for (; i + 1 < rest.length; i += 2) {
    const search = rest[i];
    if (search === undefined) break;
    branches.push(`WHEN ${decodeTest(rewriter, value, search, isNull)} THEN ${result(i + 2)}`);
  }
  const otherwise = i < rest.length ? ` ELSE ${result(i + 1)}` : '';
  return `CASE ${branches.join(' ')}${otherwise} END`;
}

function decodeTest(
  rewriter: Rewriter,
  value: Expression,
  search: Expression,
  isNull: (node: Expression) => string,
): string {
  if (constantOf(search) === null) return isNull(value);
  const same = comparison(rewriter, '=', { node: value }, { node: search }, rewriter.binding.comparisons.get(search));
  if (constantOf(search) !== undefined) return same;
  return `${grouped(same)} OR (${isNull(value)} AND ${isNull(search)})`;
}
