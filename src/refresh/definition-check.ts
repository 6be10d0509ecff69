import type { FunctionCall } from '../../sql-dialect/ast/expression.js';
import type { NodeBase } from '../../sql-dialect/ast/node.js';
import type { FromItem, Query, RelationItem, Select } from '../../sql-dialect/ast/query.js';
import type { QueryPlan } from '../../sql-dialect/plan.js';
import { DuckshiftError } from '../base/errors.js';
import { isCall, nameOf, nodesBelow } from './definition-nodes.js';

/** What the check has to know of a function. */
export interface FunctionTraits {
  /** Gives another result for the same arguments: GETDATE, RANDOM … */
  readonly mutable: boolean;
  readonly aggregate: boolean;
  /** An aggregate that an incremental refresh can maintain: COUNT, SUM, MIN, MAX, AVG. */
  readonly incremental: boolean;
  /** Runs on the leader node only: CURRENT_SCHEMA, HAS_TABLE_PRIVILEGE … */
  readonly leaderOnly: boolean;
}
export type DescribeFunction = (name: string) => FunctionTraits | undefined;

/** What kind of view a definition makes. */
export interface DefinitionShape {
  /** Aggregates or GROUP BY over a stream. */
  readonly aggregated: boolean;
  /** Calls a function whose result changes by itself. */
  readonly mutable: boolean;
}

const streamingHint =
  'Select from the stream alone, and join or aggregate in a query or a second materialized view over this one.';

/** What no definition of a materialized view may contain (AWS "CREATE MATERIALIZED VIEW", limitations). */
function refusedEverywhere(
  query: Query,
  calls: readonly FunctionCall[],
  describe: DescribeFunction,
): string | undefined {
  if (query.orderBy.length > 0) return 'ORDER BY';
  if (query.limit !== undefined) return 'LIMIT';
  if (query.offset !== undefined) return 'OFFSET';
  if (nodesBelow(query).some((node) => node.kind === 'top')) return 'TOP';
  const leaderOnly = calls.find((call) => describe(nameOf(call))?.leaderOnly === true);
  return leaderOnly === undefined ? undefined : `Leader-node function ${nameOf(leaderOnly).toUpperCase()}`;
}

const relationRefusals: Readonly<Partial<Record<QueryPlan['reads'][number]['kind'], string>>> = {
  view: 'View',
  late_binding_view: 'Late-binding view',
  system_view: 'System view',
};

/** What a definition over a stream may not contain: everything that new records alone cannot maintain. */
const streamingRefusals: readonly ((parts: StreamingDeps) => string | undefined)[] = [
  ({ query }) => (query.with === undefined ? undefined : 'WITH (a common table expression)'),
  ({ select }) => (select === undefined ? 'UNION, INTERSECT or EXCEPT' : undefined),
  ({ select }) => (select?.distinct || (select?.distinctOn.length ?? 0) > 0 ? 'DISTINCT' : undefined),
  ({ select }) => (select?.qualify === undefined ? undefined : 'QUALIFY'),
  ({ select }) => (select?.connectBy === undefined ? undefined : 'CONNECT BY'),
  ({ select, relations }) => refusedFrom(select?.from ?? [], relations),
  ({ nodes }) => (nodes.some((node) => node.kind === 'query') ? 'A subquery' : undefined),
  ({ calls }) => (calls.some((call) => call.over !== undefined) ? 'A window function' : undefined),
  ({ calls }) => (calls.some((call) => call.distinct || call.approximate) ? 'A DISTINCT aggregate' : undefined),
  ({ calls, describe }) => {
    const mutable = calls.find((call) => describe(nameOf(call))?.mutable === true);
    return mutable === undefined ? undefined : `Mutable function ${nameOf(mutable).toUpperCase()}`;
  },
];

interface StreamingDeps {
  readonly query: Query;
  /** Undefined when the body is not a single SELECT. */
  readonly select: Select | undefined;
  /** All nodes below the query. */
  readonly nodes: readonly NodeBase[];
  readonly calls: readonly FunctionCall[];
  /** Relations read. */
  readonly relations: number;
  readonly describe: DescribeFunction;
}

/**
 * Check the definition of materialized view `name`.
 *
 * @throws DuckshiftError 0A000 naming the construct that is not allowed. AWS "Streaming ingestion to a materialized
 * view", limitations.
 */
export function checkDefinition(
  name: string,
  query: Query,
  compiled: QueryPlan,
  describe: DescribeFunction,
): DefinitionShape {
  const nodes = nodesBelow(query);
  const calls = nodes.filter(isCall);
  const anywhere = refusedEverywhere(query, calls, describe);
  if (anywhere !== undefined)
    throw refusal(`${anywhere} is not allowed in the definition of materialized view "${name}"`);
  for (const relation of compiled.reads) {
    const kind = relation.temporary === true ? 'Temporary table' : relationRefusals[relation.kind];
    if (kind !== undefined)
      throw refusal(`${kind} "${relation.name}" cannot be read by the definition of materialized view "${name}"`);
  }
  const mutable = calls.some((call) => describe(nameOf(call))?.mutable === true);
  const streams = compiled.reads.filter((relation) => relation.kind === 'stream').length;
  if (streams === 0) return { aggregated: false, mutable };

  const body = query.body;
  const parts = {
    query,
    select: body.kind === 'select' ? body : undefined,
    nodes,
    calls,
    relations: compiled.reads.length,
    describe,
  };
  for (const check of streamingRefusals) {
    const construct = check(parts);
    if (construct === undefined) continue;
    const verb = construct.startsWith('UNION') ? 'are' : 'is';
    throw refusal(
      `${construct} ${verb} not supported in the definition of streaming materialized view "${name}"`,
      streamingHint,
    );
  }
  if (compiled.reads.length > 1) {
    const what = streams > 1 ? 'Reading more than one stream' : 'JOIN of a stream with another relation';
    throw refusal(`${what} is not supported in the definition of streaming materialized view "${name}"`, streamingHint);
  }
  const aggregates = calls.filter((call) => describe(nameOf(call))?.aggregate === true);
  const grouped = parts.select?.groupBy !== undefined || parts.select?.having !== undefined;
  const refused = aggregates.find((call) => describe(nameOf(call))?.incremental !== true);
  if (refused !== undefined)
    throw refusal(
      `Aggregate ${nameOf(refused).toUpperCase()} is not supported in the definition of streaming materialized view "${name}"`,
      'COUNT, SUM, MIN, MAX and AVG can be maintained incrementally.',
    );
  return { aggregated: grouped || aggregates.length > 0, mutable };
}

/** Two relations side by side are named by the caller, which knows what they are. */
function refusedFrom(from: readonly FromItem[], relations: number): string | undefined {
  const [first] = from;
  if (first === undefined) return undefined;
  if (first.kind === 'join') return 'JOIN';
  if (first.kind === 'parenthesized_from') return refusedFrom([first.item, ...from.slice(1)], relations);
  if (first.kind === 'subquery') return 'A subquery';
  if (first.kind === 'pivot' || first.kind === 'unpivot') return 'PIVOT or UNPIVOT';
  if (first.kind !== 'relation') return 'Unnesting';
  const unnested = from.slice(1).some((item) => item.kind !== 'relation' || startsWith(item, first));
  if (unnested && relations === 1) return 'Unnesting a SUPER value';
  return from.length > 1 && relations === 1 ? 'Reading a stream more than once' : undefined;
}

/** `s.d AS e` after `kds.s`: a path into a value of the relation before it. */
function startsWith(item: RelationItem, relation: RelationItem): boolean {
  const head = item.name.parts.at(-2) === undefined ? undefined : item.name.parts[0];
  const name = relation.alias?.name ?? relation.name.parts.at(-1);
  return head?.value.toLowerCase() === name?.value.toLowerCase();
}

function refusal(message: string, hint?: string): DuckshiftError {
  return new DuckshiftError('0A000', message, { hint });
}
