import type { FrameBound, WindowFrame, WindowSpecification } from '../ast/expression.js';
import type { Identifier } from '../ast/node.js';
import { characterPosition, SqlError, SqlState } from '../errors.js';
import { parseExpression, parseExpressionList } from './expression.js';
import { isName, parseName } from './names.js';
import { parseOrderBy } from './query.js';
import type { TokenCursor } from './token-cursor.js';

const clauseStart: ReadonlySet<string> = new Set(['partition', 'order', 'rows', 'range', 'groups']);

/** `OVER name` or `OVER ( … )` ("Window function syntax summary"). */
export function parseOver(cursor: TokenCursor): WindowSpecification | Identifier {
  cursor.expect('over');
  return cursor.atPunctuation('(') ? parseWindowSpecification(cursor) : parseName(cursor);
}

/** `( [base] [PARTITION BY …] [ORDER BY …] [frame] )`. */
export function parseWindowSpecification(cursor: TokenCursor): WindowSpecification {
  const { start } = cursor;
  cursor.expectPunctuation('(');
  const base = isName(cursor.token) && !cursor.atAny(clauseStart) ? parseName(cursor) : undefined;
  const partitionBy = cursor.acceptWords('partition', 'by') ? parseExpressionList(cursor) : [];
  const orderBy = parseOrderBy(cursor);
  const frame = parseFrame(cursor);
  cursor.expectPunctuation(')');
  return { kind: 'window', start, end: cursor.end, base, partitionBy, orderBy, frame };
}

function parseFrame(cursor: TokenCursor): WindowFrame | undefined {
  const { start } = cursor;
  const unit = cursor.acceptOne('rows', 'range', 'groups');
  if (unit === undefined) return undefined;
  if (!cursor.accept('between')) {
    const from = parseBound(cursor);
    if (from.type === 'unbounded following' || from.type === 'following') failFrame(cursor, from, 'start');
    return { kind: 'window_frame', start, end: cursor.end, unit, from, to: undefined };
  }
  const from = parseBound(cursor);
  if (from.type === 'unbounded following') failFrame(cursor, from, 'start');
  cursor.expect('and');
  const to = parseBound(cursor);
  if (to.type === 'unbounded preceding') failFrame(cursor, to, 'end');
  return { kind: 'window_frame', start, end: cursor.end, unit, from, to };
}

function parseBound(cursor: TokenCursor): FrameBound {
  const { start } = cursor;
  if (cursor.acceptWords('current', 'row')) {
    return { kind: 'frame_bound', start, end: cursor.end, type: 'current row', offset: undefined };
  }
  const offset = cursor.accept('unbounded') ? undefined : parseExpression(cursor);
  const direction = cursor.expectOne('preceding', 'following');
  const type = offset === undefined ? (`unbounded ${direction}` as const) : direction;
  return { kind: 'frame_bound', start, end: cursor.end, type, offset };
}

function failFrame(cursor: TokenCursor, bound: FrameBound, side: 'start' | 'end'): never {
  throw new SqlError(SqlState.windowingError, `frame ${side} cannot be ${bound.type.toUpperCase()}`, {
    position: characterPosition(cursor.source, bound.start),
  });
}
