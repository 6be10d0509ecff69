import type { QueryBody, SetOperation } from '../ast/query.js';
import type { BoundColumn } from '../bind/binding.js';
import { quoteIdentifier } from '../duckdb/quote.js';
import { distinctKey, needsDistinctKey } from './compare.js';
import type { Rewriter } from './rewriter.js';
import { countSql } from './row-count.js';
import type { Side } from './side.js';

/**
 * UNION, INTERSECT and EXCEPT; MINUS is EXCEPT. Strings and SUPER values are told apart by their keys; what comes out
 * are the values as they are.
 */
export function setOperationRule(node: SetOperation, rewriter: Rewriter): string {
  const columns = rewriter.binding.bodies.get(node);
  const outer = rewriter.binding.memberTargets.get(node);
  const sides = columns?.map(({ type }, i): Side => ({ sql: `"members".${place(i)}`, type: outer?.[i]?.type ?? type }));
  if (rewriter.binding.partsOfUnion.has(node)) return membersSql(rewriter, node, 'UNION ALL');
  if (node.all || columns === undefined || !sides?.some((side) => needsDistinctKey(rewriter, side))) {
    return membersSql(rewriter, node, `${node.operator.toUpperCase()}${node.all ? ' ALL' : ''}`);
  }
  const keys = sides.map((side) => distinctKey(rewriter, side)).join(', ');
  if (node.operator !== 'union') return matchedSql(rewriter, node, columns, keys);
  const output = columns.map((column, i) => `"members".${place(i)} AS ${quoteIdentifier(column.duckdb)}`).join(', ');
  const members = membersSql(rewriter, node, 'UNION ALL');
  return `SELECT * FROM (SELECT DISTINCT ON (${keys}) ${output} FROM (${members}) AS "members"(${places(columns)})) AS "united"`;
}

/** INTERSECT and EXCEPT: the left member's values, by whether the right one has an equal row. */
function matchedSql(rewriter: Rewriter, node: SetOperation, columns: readonly BoundColumn[], keys: string): string {
  const list = places(columns);
  const [left, right] = [node.left, node.right].map(
    (member, i) => `SELECT *, ${i === 0} FROM (${memberSql(rewriter, member)}) AS "member"(${list})`,
  );
  const output = columns
    .map(
      (column, i) =>
        `first("members".${place(i)}) FILTER (WHERE "members"."left") AS ${quoteIdentifier(column.duckdb)}`,
    )
    .join(', ');
  const matches = node.operator === 'intersect' ? 'bool_or(NOT "members"."left")' : 'bool_and("members"."left")';
  return (
    `SELECT ${output} FROM (${left} UNION ALL ${right}) AS "members"(${list}, "left") ` +
    `GROUP BY ${keys} HAVING bool_or("members"."left") AND ${matches}`
  );
}

function place(index: number): string {
  return quoteIdentifier(`c${index + 1}`);
}

function places(columns: readonly BoundColumn[]): string {
  return columns.map((_column, i) => place(i)).join(', ');
}

function membersSql(rewriter: Rewriter, node: SetOperation, operator: string): string {
  const segment = (part: { readonly start: number; readonly end: number }, text: () => string) => ({
    start: part.start,
    end: part.end,
    text,
  });
  return rewriter.emitter.spliceSegments(node, [
    segment(node.left, () => memberSql(rewriter, node.left)),
    segment(node.operatorNode, () => operator),
    segment(node.right, () => memberSql(rewriter, node.right)),
  ]);
}

/** TOP limits one member only. */
function memberSql(rewriter: Rewriter, body: QueryBody): string {
  const sql = rewriter.emit(body);
  if (body.kind !== 'select' || body.top === undefined) return sql;
  return `(${sql} LIMIT ${countSql(rewriter, body.top.count)})`;
}
