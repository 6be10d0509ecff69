import type {
  CloseCursor,
  Deallocate,
  DeclareCursor,
  ExecutePrepared,
  FetchCursor,
  MoveCursor,
  Prepare,
} from '../ast/cursor.js';
import type { Expression } from '../ast/expression.js';
import type { Statement } from '../ast/statement.js';
import { parseExpression } from './expression.js';
import { parseName } from './names.js';
import { parseQuery } from './query.js';
import { parseStatement } from './statement.js';
import type { TokenCursor } from './token-cursor.js';
import { parseInteger, parseTypeName } from './types.js';

const preparable: ReadonlySet<Statement['kind']> = new Set<Statement['kind']>([
  'select_statement',
  'insert',
  'update',
  'delete',
]);

/** "PREPARE". */
export function parsePrepare(cursor: TokenCursor): Prepare {
  const { start } = cursor;
  cursor.expect('prepare');
  const name = parseName(cursor);
  const parameterTypes = cursor.atPunctuation('(') ? cursor.parenthesizedList(parseTypeName) : [];
  cursor.expect('as');
  const { token } = cursor;
  const statement = parseStatement(cursor);
  if (!preparable.has(statement.kind)) cursor.fail(token);
  return { kind: 'prepare', start, end: cursor.end, name, parameterTypes, statement };
}

/** "EXECUTE". */
export function parseExecute(cursor: TokenCursor): ExecutePrepared {
  const { start } = cursor;
  cursor.expect('execute');
  const name = parseName(cursor);
  const args = cursor.atPunctuation('(') ? cursor.parenthesizedList(parseArgument) : [];
  return { kind: 'execute', start, end: cursor.end, name, args };
}

function parseArgument(cursor: TokenCursor): Expression {
  return parseExpression(cursor);
}

/** "DEALLOCATE". */
export function parseDeallocate(cursor: TokenCursor): Deallocate {
  const { start } = cursor;
  cursor.expect('deallocate');
  cursor.accept('prepare');
  const name = cursor.accept('all') ? undefined : parseName(cursor);
  return { kind: 'deallocate', start, end: cursor.end, name };
}

/** "DECLARE". */
export function parseDeclare(cursor: TokenCursor): DeclareCursor {
  const { start } = cursor;
  cursor.expect('declare');
  const name = parseName(cursor);
  while (cursor.acceptOne('binary', 'insensitive', 'scroll') || cursor.acceptWords('no', 'scroll')) {}
  cursor.expect('cursor');
  const hold = cursor.acceptOne('with', 'without');
  if (hold) cursor.expect('hold');
  cursor.expect('for');
  const query = parseQuery(cursor);
  return { kind: 'declare_cursor', start, end: cursor.end, name, hold: hold === 'with', query };
}

/** "FETCH": `FETCH [NEXT | ALL | FORWARD [n | ALL] | n] [FROM | IN] cursor`. */
export function parseFetch(cursor: TokenCursor): FetchCursor {
  const { start } = cursor;
  cursor.expect('fetch');
  const { count, name } = parseFetchTarget(cursor);
  return { kind: 'fetch', start, end: cursor.end, name, count };
}

/** PostgreSQL's MOVE. */
export function parseMove(cursor: TokenCursor): MoveCursor {
  const { start } = cursor;
  cursor.expect('move');
  const { name } = parseFetchTarget(cursor);
  return { kind: 'move', start, end: cursor.end, name };
}

function parseFetchTarget(cursor: TokenCursor) {
  const count = parseFetchCount(cursor);
  if (!cursor.accept('from')) cursor.accept('in');
  return { count, name: parseName(cursor) };
}

function parseFetchCount(cursor: TokenCursor): number | 'all' {
  if (cursor.accept('next')) return 1;
  if (cursor.accept('all')) return 'all';
  if (cursor.accept('forward')) {
    if (cursor.accept('all')) return 'all';
    return cursor.token.kind === 'number' ? parseInteger(cursor) : 1;
  }
  return cursor.token.kind === 'number' ? parseInteger(cursor) : 1;
}

/** "CLOSE". */
export function parseClose(cursor: TokenCursor): CloseCursor {
  const { start } = cursor;
  cursor.expect('close');
  const name = cursor.accept('all') ? undefined : parseName(cursor);
  return { kind: 'close', start, end: cursor.end, name };
}
