import type { Expression, FunctionCall } from '../ast/expression.js';
import type { Identifier } from '../ast/node.js';
import type { OrderItem } from '../ast/query.js';
import { parseExpression } from './expression.js';
import { parseOrderBy } from './query.js';
import type { TokenCursor } from './token-cursor.js';
import { parseOver } from './window.js';

/** The parts of a call that come between its parentheses. */
interface Arguments {
  readonly args: Expression[];
  readonly star: boolean;
  readonly distinct: boolean;
  readonly orderBy: readonly OrderItem[];
  readonly nulls: 'ignore' | 'respect' | undefined;
}

/**
 * A function call from its `(` on, with everything that may follow: WITHIN GROUP, IGNORE NULLS, FILTER, OVER. `start`
 * is where the name, or the APPROXIMATE before it, begins.
 */
export function parseCall(
  cursor: TokenCursor,
  start: number,
  name: readonly Identifier[],
  approximate = false,
): FunctionCall {
  const inner = parseArguments(cursor);
  let withinGroup: readonly OrderItem[] | undefined;
  if (cursor.at('within')) {
    cursor.expect('within', 'group');
    cursor.expectPunctuation('(');
    withinGroup = parseOrderBy(cursor);
    if (withinGroup.length === 0) cursor.fail();
    cursor.expectPunctuation(')');
  }
  let nulls = inner.nulls ?? parseNullTreatment(cursor);
  const filter = parseFilter(cursor);
  nulls ??= parseNullTreatment(cursor);
  const over = cursor.at('over') ? parseOver(cursor) : undefined;
  return {
    kind: 'call',
    start,
    end: cursor.end,
    name,
    form: 'plain',
    trimSide: undefined,
    args: inner.args,
    star: inner.star,
    distinct: inner.distinct,
    approximate,
    orderBy: inner.orderBy,
    nulls,
    withinGroup,
    filter,
    over,
  };
}

function parseArguments(cursor: TokenCursor): Arguments {
  cursor.expectPunctuation('(');
  if (cursor.acceptPunctuation(')')) {
    return { args: [], star: false, distinct: false, orderBy: [], nulls: undefined };
  }
  if (cursor.atOperator('*')) {
    cursor.advance();
    cursor.expectPunctuation(')');
    return { args: [], star: true, distinct: false, orderBy: [], nulls: undefined };
  }
  const distinct = cursor.acceptOne('distinct', 'all') === 'distinct';
  const args = cursor.list(parseArgument);
  const before = parseNullTreatment(cursor);
  const orderBy = parseOrderBy(cursor);
  const nulls = before ?? parseNullTreatment(cursor);
  cursor.expectPunctuation(')');
  return { args, star: false, distinct, orderBy, nulls };
}

/** An argument; `t.*` is a path whose last step is the name `*`. */
function parseArgument(cursor: TokenCursor): Expression {
  const expression = parseExpression(cursor);
  const star = cursor.peek();
  if (!cursor.atPunctuation('.') || star.kind !== 'operator' || star.text !== '*') return expression;
  if (expression.kind !== 'path') return cursor.fail(star);
  const { start } = cursor.advance();
  cursor.advance();
  const { end } = star;
  const name = { kind: 'identifier', start: star.start, end, value: '*', quoted: false } as const;
  return { ...expression, end, steps: [...expression.steps, { kind: 'field_step', start, end, name }] };
}

function parseNullTreatment(cursor: TokenCursor): 'ignore' | 'respect' | undefined {
  if (cursor.acceptWords('ignore', 'nulls')) return 'ignore';
  return cursor.acceptWords('respect', 'nulls') ? 'respect' : undefined;
}

function parseFilter(cursor: TokenCursor): Expression | undefined {
  if (!cursor.accept('filter')) return undefined;
  cursor.expectPunctuation('(');
  cursor.expect('where');
  const filter = parseExpression(cursor);
  cursor.expectPunctuation(')');
  return filter;
}
