import { childrenOf, type NodeBase } from '../ast/node.js';
import type { Select } from '../ast/query.js';
import type { BoundSelect } from '../bind/binding.js';
import { quoteIdentifier } from '../duckdb/quote.js';
import { raisedErrorSql } from '../duckdb/raised-error.js';
import { grouped } from '../duckdb/text.js';
import type { Rewriter } from './rewriter.js';
import { carriedColumns, homeName } from './unnest.js';

/**
 * A FROM clause with CONNECT BY as a recursive query: the rows that START WITH picks, then repeatedly the rows whose
 * condition holds with a row of the level before, which PRIOR names. A row that is its own descendant is an error.
 */
export function connected(rewriter: Rewriter, node: Select, bound: BoundSelect, from: string): string {
  const { connectBy } = node;
  const { level, relations } = bound;
  if (connectBy === undefined || level === undefined) return from;
  const { carried, kept } = carriedColumns(rewriter, relations);
  const home = `connect~${++rewriter.homeCount}`;
  const alias = quoteIdentifier(home);
  const levelName = quoteIdentifier(homeName(level, 'level'));
  const above = new Map([...relations, level].map((relation) => [relation, home]));

  rewriter.homes.set(level, 'first~level');
  const start = connectBy.startWith === undefined ? '' : ` WHERE ${rewriter.condition(connectBy.startWith)}`;
  rewriter.homes.set(level, 'next~level');
  rewriter.priorHomes = above;
  const condition = rewriter.condition(connectBy.condition);
  rewriter.priorHomes = undefined;

  // Without PRIOR every row is below every other, itself included, until the condition ends it.
  const tracked = containsPrior(connectBy.condition);
  const key = `hash(${carried.map((column) => column.slice(0, column.lastIndexOf(' AS '))).join(', ')})`;
  const loop = raisedErrorSql('54001', 'CONNECT BY loop in user data');
  const firstPath = tracked ? `, [${key}] AS "path"` : '';
  const nextPath = tracked ? `, list_append(${alias}."path", ${key}) AS "path"` : '';
  const guard = tracked ? ` AND CASE WHEN list_contains(${alias}."path", ${key}) THEN ${loop} ELSE true END` : '';
  const first = `SELECT ${carried.join(', ')}, 1 AS ${levelName}${firstPath} FROM ${from} CROSS JOIN (SELECT 1 AS ${levelName}) AS "first~level"${start}`;
  const next =
    `SELECT ${carried.join(', ')}, "next~level".${levelName}${nextPath} FROM ${alias} CROSS JOIN ${from} ` +
    `CROSS JOIN LATERAL (SELECT ${alias}.${levelName} + 1 AS ${levelName}) AS "next~level" WHERE ${grouped(condition)}${guard}`;
  for (const [relation] of above) rewriter.homes.set(relation, home);
  return `(WITH RECURSIVE ${alias} AS (${first} UNION ALL ${next}) SELECT ${[...kept, levelName].join(', ')} FROM ${alias}) AS ${alias}`;
}

function containsPrior(node: NodeBase): boolean {
  const waiting: NodeBase[] = [node];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at.kind === 'unary' && 'operator' in at && at.operator === 'prior') return true;
    waiting.push(...childrenOf(at));
  }
  return false;
}
