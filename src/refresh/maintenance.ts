import type { FunctionCall } from '../../sql-dialect/ast/expression.js';
import type { NodeBase } from '../../sql-dialect/ast/node.js';
import type { Join, Query, QueryBody, Select, SetOperation } from '../../sql-dialect/ast/query.js';
import type { DescribeFunction } from './definition-check.js';
import { isCall, nameOf, nodesBelow } from './definition-nodes.js';

/** A definition over tables and views, and what the rules ask of it. */
interface Definition {
  readonly query: Query;
  readonly nodes: readonly NodeBase[];
  readonly calls: readonly FunctionCall[];
  readonly selects: readonly Select[];
  readonly describe: DescribeFunction;
  /** The view has a sort key. */
  readonly sorted: boolean;
}

type Rule = (definition: Definition) => string | undefined;

/**
 * What an incremental refresh cannot maintain, each as Redshift's warning names it. AWS "Refreshing a materialized
 * view", limitations.
 */
const rules: readonly Rule[] = [
  ({ query }) => (query.with === undefined ? undefined : 'Common table expressions are not supported'),
  ({ query, calls, selects, describe, sorted }) => {
    const operations = setOperations(query.body);
    const other = operations.find(({ operator, all }) => operator !== 'union' || !all);
    if (other !== undefined) return `${other.operator.toUpperCase()} is not supported`;
    if (operations.length === 0) return undefined;
    if (sorted) return 'UNION ALL with a sort key is not supported';
    const grouped = selects.some((select) => select.groupBy !== undefined);
    return grouped || calls.some((call) => describe(nameOf(call))?.aggregate === true)
      ? 'UNION ALL with aggregates is not supported'
      : undefined;
  },
  ({ query, nodes }) =>
    nodes.some((node) => node.kind === 'query' && !isOperand(query.body, node))
      ? 'Subqueries are not supported'
      : undefined,
  ({ nodes }) =>
    nodes.some(
      (node) => node.kind === 'outer_join_mark' || (isJoin(node) && ['left', 'right', 'full'].includes(node.type)),
    )
      ? 'OUTER JOINs are not supported'
      : undefined,
  ({ calls, selects }) =>
    calls.some((call) => call.over !== undefined) || selects.some((select) => select.qualify !== undefined)
      ? 'Window functions are not supported'
      : undefined,
  ({ calls }) =>
    calls.some((call) => call.distinct || call.approximate) ? 'DISTINCT aggregates are not supported' : undefined,
  ({ calls, describe }) => {
    const refused = calls.map(nameOf).find((name) => {
      const traits = describe(name);
      return traits?.aggregate === true && !traits.incremental;
    });
    return refused === undefined ? undefined : `Aggregate function ${refused.toUpperCase()} is not supported`;
  },
  ({ selects }) =>
    selects.some((select) => select.distinct || select.distinctOn.length > 0) ? 'DISTINCT is not supported' : undefined,
  ({ selects }) =>
    selects.some(({ groupBy }) =>
      groupBy?.items.some((item) => item.kind === 'grouping_element' && item.form !== 'set'),
    )
      ? 'Aggregation extensions are not supported'
      : undefined,
  ({ selects }) =>
    selects.some((select) => select.connectBy !== undefined) ? 'CONNECT BY is not supported' : undefined,
  ({ nodes }) =>
    nodes.some((node) => node.kind === 'pivot' || node.kind === 'unpivot')
      ? 'PIVOT and UNPIVOT are not supported'
      : undefined,
  ({ calls, describe }) => {
    const mutable = calls.find((call) => describe(nameOf(call))?.mutable === true);
    return mutable === undefined ? undefined : `Mutable function ${nameOf(mutable).toUpperCase()} is not supported`;
  },
];

/**
 * Why Redshift would recompute a materialized view over tables and views at each refresh; undefined when it would
 * refresh it incrementally.
 *
 * @param sorted whether the view has a sort key
 */
export function recomputeReason(query: Query, describe: DescribeFunction, sorted: boolean): string | undefined {
  const nodes = nodesBelow(query);
  const selects = nodes.filter((node): node is Select => node.kind === 'select');
  const calls = nodes.filter(isCall);
  const definition: Definition = { query, nodes, calls, selects, describe, sorted };
  for (const rule of rules) {
    const reason = rule(definition);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** The set operations at the top of a query, parenthesised operands included. */
function setOperations(body: QueryBody): SetOperation[] {
  if (body.kind === 'parenthesized_query') return setOperations(body.query.body);
  if (body.kind !== 'set_operation') return [];
  return [body, ...setOperations(body.left), ...setOperations(body.right)];
}

/** Whether `node` is a parenthesised operand of the set operations at the top, which does not count as a subquery. */
function isOperand(body: QueryBody, node: NodeBase): boolean {
  if (body.kind === 'parenthesized_query') return body.query === node || isOperand(body.query.body, node);
  return body.kind === 'set_operation' && (isOperand(body.left, node) || isOperand(body.right, node));
}

function isJoin(node: NodeBase): node is Join {
  return node.kind === 'join';
}
