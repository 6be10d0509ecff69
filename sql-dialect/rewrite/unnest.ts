import type { FromItem, Join } from '../ast/query.js';
import type { BoundFrom, BoundRelation } from '../bind/binding.js';
import { quoteIdentifier, quoteLiteral } from '../duckdb/quote.js';
import { SqlState } from '../errors.js';
import { referenceSql } from './paths.js';
import type { Rewriter } from './rewriter.js';
import { superAccess, superJson, superKind } from './super.js';

export type BoundUnnest = Extract<BoundFrom, { kind: 'unnest' }>;

/** DuckDB lists of an iteration: the elements or attribute values, and their places or names. */
interface Lists {
  readonly values: string;
  readonly places: (values: string) => string;
}

/**
 * What is iterated over, as DuckDB lists. A value that is not an array counts as an array of itself; a missing one and
 * JSON null have no elements. Only objects have attributes.
 */
function lists(rewriter: Rewriter, bound: BoundUnnest): Lists {
  const access = superAccess(rewriter, bound.source.node);
  const kind = superKind(access);
  const all = (step: string): string => `json_extract(${access.base}, ${quoteLiteral(`${access.path ?? '$'}${step}`)})`;
  if (bound.over === 'array') {
    return {
      values: `CASE WHEN ${kind} = 'ARRAY' THEN ${all('[*]')} WHEN ${kind} <> 'NULL' THEN [${superJson(access)}] END`,
      places: (values) => `range(len(${values}))`,
    };
  }
  const keys = access.path === undefined ? access.base : `${access.base}, ${quoteLiteral(access.path)}`;
  return {
    values: `CASE WHEN ${kind} = 'OBJECT' THEN ${all('.*')} END`,
    places: () => `CASE WHEN ${kind} = 'OBJECT' THEN json_keys(${keys}) END`,
  };
}

/** The iteration as a subquery of its own, which names columns of what stands to its left or around it. */
export function lateralUnnest(rewriter: Rewriter, bound: BoundUnnest, condition?: string): string {
  const { values, places } = lists(rewriter, bound);
  const [value, place] = (bound.relation.columns ?? []).map((column) => quoteIdentifier(column.duckdb));
  const columns = [`unnest(${values}) AS ${value}`];
  if (place !== undefined) columns.push(`unnest(${places(values)}) AS ${place}`);
  const alias = quoteIdentifier(bound.relation.alias);
  const select = `(SELECT ${columns.join(', ')}) AS ${alias}`;
  return condition === undefined ? select : `(SELECT * FROM ${select} WHERE ${condition}) AS ${alias}`;
}

/**
 * A FROM list with its iterations inserted. Where the columns to the left are known, the rows to the left are projected
 * together with their elements, which keeps the elements in their order and is much faster than a join with a dependent
 * subquery: the columns then have another home.
 */
export function fromList(rewriter: Rewriter, items: readonly FromItem[]): string {
  const texts: string[] = [];
  const relations: BoundRelation[] = [];
  for (const item of items) {
    const bound = rewriter.binding.from.get(item);
    const text =
      bound?.kind === 'unnest' && texts.length > 0
        ? projectedUnnest(rewriter, texts.join(', '), relations, bound, 'inner')
        : undefined;
    if (text !== undefined) texts.splice(0, texts.length, text);
    else if (bound?.kind === 'unnest') texts.push(`LATERAL ${lateralUnnest(rewriter, bound)}`);
    else texts.push(rewriter.emit(item));
    relations.push(...relationsIn(rewriter, item));
  }
  return texts.join(', ');
}

/** The relations that a FROM item brings into scope. */
function relationsIn(rewriter: Rewriter, item: FromItem): BoundRelation[] {
  if (item.kind === 'join') return [...relationsIn(rewriter, item.left), ...relationsIn(rewriter, item.right)];
  const bound = rewriter.binding.from.get(item);
  if (item.kind === 'parenthesized_from' && bound?.kind === 'group' && bound.relation === undefined) {
    return relationsIn(rewriter, item.item);
  }
  return bound !== undefined && 'relation' in bound && bound.relation !== undefined ? [bound.relation] : [];
}

/**
 * The rows of `left` with the elements of each; undefined when some column there is not known. `outer` keeps rows that
 * have no elements.
 */
function projectedUnnest(
  rewriter: Rewriter,
  left: string,
  relations: readonly BoundRelation[],
  bound: BoundUnnest,
  join: 'inner' | 'outer',
): string | undefined {
  if (relations.length === 0 || relations.some((relation) => relation.columns === undefined)) return undefined;
  const { carried, kept } = carriedColumns(rewriter, relations);
  const { values, places } = lists(rewriter, bound);
  const [value, place] = (bound.relation.columns ?? []).map((column) =>
    quoteIdentifier(homeName(bound.relation, column.duckdb)),
  );
  const home = `unnest~${++rewriter.homeCount}`;
  for (const relation of [...relations, bound.relation]) rewriter.homes.set(relation, home);
  const alias = quoteIdentifier(home);
  const orNull = (list: string): string =>
    join === 'outer' ? `CASE WHEN len(${list}) > 0 THEN ${list} ELSE [NULL] END` : list;
  if (place === undefined && join === 'inner') {
    return `(SELECT ${carried.join(', ')}, unnest(${values}) AS ${value} FROM ${left}) AS ${alias}`;
  }
  // The list is made once for its elements and their places.
  const inner = [...carried, `${values} AS "elements"`];
  const outer = [...kept, `unnest(${orNull('"elements"')}) AS ${value}`];
  if (place !== undefined && bound.over === 'array') outer.push(`unnest(${orNull(places('"elements"'))}) AS ${place}`);
  else if (place !== undefined) {
    inner.push(`${places('')} AS "names"`);
    outer.push(`unnest(${orNull('"names"')}) AS ${place}`);
  }
  return `(SELECT ${outer.join(', ')} FROM (SELECT ${inner.join(', ')} FROM ${left}) AS ${alias}) AS ${alias}`;
}

/** The columns of relations under the names they have in a home: with what they are now, and the bare names. */
export function carriedColumns(
  rewriter: Rewriter,
  relations: readonly BoundRelation[],
): { readonly carried: string[]; readonly kept: string[] } {
  const carried: string[] = [];
  const kept: string[] = [];
  for (const relation of relations) {
    for (const column of relation.columns ?? []) {
      const name = quoteIdentifier(homeName(relation, column.duckdb));
      carried.push(`${referenceSql(rewriter, { kind: 'column', relation, column })} AS ${name}`);
      kept.push(name);
    }
  }
  return { carried, kept };
}

/** The name of a relation's column where several relations share a home. */
export function homeName(relation: BoundRelation, column: string): string {
  return `${relation.alias}.${column}`;
}

/** A join whose right side iterates over a value of its left side. */
export function unnestJoin(rewriter: Rewriter, node: Join, bound: BoundUnnest): string {
  const left = rewriter.emit(node.left);
  if (node.type === 'right' || node.type === 'full') {
    rewriter.fail(
      node.right,
      SqlState.featureNotSupported,
      `${node.type.toUpperCase()} JOIN with a SUPER value is not supported`,
    );
  }
  const always = node.on === undefined || (node.on.kind === 'boolean' && node.on.value);
  const projects = node.type !== 'left' || always;
  const text = projects
    ? projectedUnnest(rewriter, left, relationsIn(rewriter, node.left), bound, node.type === 'left' ? 'outer' : 'inner')
    : undefined;
  if (text !== undefined) {
    if (node.on === undefined || always) return text;
    const home = quoteIdentifier(rewriter.homes.get(bound.relation) ?? bound.relation.alias);
    return `(SELECT * FROM ${text} WHERE ${rewriter.condition(node.on)}) AS ${home}`;
  }
  if (node.type === 'cross') return `${left} CROSS JOIN LATERAL ${lateralUnnest(rewriter, bound)}`;
  const condition = node.on === undefined ? 'true' : rewriter.condition(node.on);
  if (node.type === 'inner') return `${left} JOIN LATERAL ${lateralUnnest(rewriter, bound)} ON ${condition}`;
  return `${left} LEFT JOIN LATERAL ${lateralUnnest(rewriter, bound, always ? undefined : condition)} ON true`;
}
