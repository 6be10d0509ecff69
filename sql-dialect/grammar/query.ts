import type { Expression, ScalarSubquery } from '../ast/expression.js';
import type {
  CommonTable,
  OrderItem,
  Query,
  QueryBody,
  SetOperation,
  Values,
  ValuesRow,
  WithClause,
} from '../ast/query.js';
import { parseExpression } from './expression.js';
import { setOperators } from './keywords.js';
import { parseName, parseNameList } from './names.js';
import { parseSelect } from './select.js';
import type { TokenCursor } from './token-cursor.js';

/** A query expression with its WITH, ORDER BY, LIMIT and OFFSET ("SELECT", Amazon Redshift developer guide). */
export function parseQuery(cursor: TokenCursor): Query {
  cursor.descend();
  const { start } = cursor;
  const withClause = cursor.at('with') ? parseWith(cursor) : undefined;
  const query = finishQuery(cursor, start, withClause, parseSetOperations(cursor, parseOperand(cursor)));
  cursor.ascend();
  return query;
}

/** A query after its WITH clause, for statements in which something else could have followed the clause. */
export function parseQueryAfterWith(cursor: TokenCursor, withClause: WithClause | undefined): Query {
  const start = withClause?.start ?? cursor.start;
  return finishQuery(cursor, start, withClause, parseSetOperations(cursor, parseOperand(cursor)));
}

/**
 * A query whose first operand was read as the scalar subquery `(…)` before it was known that the query continues after
 * it.
 */
export function continueQuery(cursor: TokenCursor, first: ScalarSubquery): Query {
  const { start, end, query } = first;
  const body = parseSetOperations(cursor, { kind: 'parenthesized_query', start, end, query });
  return finishQuery(cursor, start, undefined, body);
}

/** True when a query starts at the cursor, possibly behind parentheses. */
export function atQuery(cursor: TokenCursor): boolean {
  let distance = 0;
  let token = cursor.token;
  while (token.kind === 'punctuation' && token.text === '(') token = cursor.peek(++distance);
  return token.kind === 'word' && (token.text === 'select' || token.text === 'with' || token.text === 'values');
}

export function parseWith(cursor: TokenCursor): WithClause {
  const { start } = cursor;
  cursor.expect('with');
  const recursive = cursor.accept('recursive');
  const tables = cursor.list(parseCommonTable);
  return { kind: 'with', start, end: cursor.end, recursive, tables };
}

function parseCommonTable(cursor: TokenCursor): CommonTable {
  const { start } = cursor;
  const name = parseName(cursor);
  const columns = cursor.atPunctuation('(') ? parseNameList(cursor) : [];
  cursor.expect('as');
  cursor.expectPunctuation('(');
  const query = parseQuery(cursor);
  cursor.expectPunctuation(')');
  return { kind: 'common_table', start, end: cursor.end, name, columns, query };
}

function parseOperand(cursor: TokenCursor): QueryBody {
  const { start } = cursor;
  if (cursor.at('select')) return parseSelect(cursor);
  if (cursor.at('values')) return parseValues(cursor);
  cursor.expectPunctuation('(');
  const query = parseQuery(cursor);
  cursor.expectPunctuation(')');
  return { kind: 'parenthesized_query', start, end: cursor.end, query };
}

/** UNION and EXCEPT chain to the left; INTERSECT binds tighter. */
function parseSetOperations(cursor: TokenCursor, first: QueryBody): QueryBody {
  let left = parseIntersections(cursor, first);
  while (cursor.atAny(setOperators)) {
    left = parseSetOperation(cursor, left, (c) => parseIntersections(c, parseOperand(c)));
  }
  return left;
}

function parseIntersections(cursor: TokenCursor, first: QueryBody): QueryBody {
  let left = first;
  while (cursor.at('intersect')) left = parseSetOperation(cursor, left, parseOperand);
  return left;
}

function parseSetOperation(
  cursor: TokenCursor,
  left: QueryBody,
  parseRight: (cursor: TokenCursor) => QueryBody,
): SetOperation {
  const { start, text } = cursor.advance();
  const all = cursor.acceptOne('all', 'distinct') === 'all';
  const operatorNode = { kind: 'set_operator', start, end: cursor.end };
  const operator = text === 'union' || text === 'intersect' ? text : 'except';
  const right = parseRight(cursor);
  return { kind: 'set_operation', start: left.start, end: right.end, operator, all, operatorNode, left, right };
}

function parseValues(cursor: TokenCursor): Values {
  const { start } = cursor;
  cursor.expect('values');
  const rows = cursor.list(parseValuesRow);
  return { kind: 'values', start, end: cursor.end, rows };
}

function parseValuesRow(cursor: TokenCursor): ValuesRow {
  const { start } = cursor;
  const items = cursor.parenthesizedList(parseExpressionOrDefault);
  return { kind: 'values_row', start, end: cursor.end, items };
}

/** An expression, or DEFAULT where a column's value is given. */
export function parseExpressionOrDefault(cursor: TokenCursor): Expression {
  if (!cursor.at('default')) return parseExpression(cursor);
  const { start, end } = cursor.advance();
  return { kind: 'default', start, end };
}

function finishQuery(cursor: TokenCursor, start: number, withClause: WithClause | undefined, body: QueryBody): Query {
  const orderBy = parseOrderBy(cursor);
  let limit: Expression | 'all' | undefined;
  let offset: Expression | undefined;
  let locking = false;
  for (;;) {
    if (limit === undefined && cursor.accept('limit')) {
      limit = cursor.accept('all') ? 'all' : parseExpression(cursor);
    } else if (offset === undefined && cursor.accept('offset')) {
      offset = parseExpression(cursor);
      cursor.acceptOne('row', 'rows');
    } else if (cursor.at('for') && (cursor.peek().text === 'update' || cursor.peek().text === 'share')) {
      parseLocking(cursor);
      locking = true;
    } else {
      return { kind: 'query', start, end: cursor.end, with: withClause, body, orderBy, limit, offset, locking };
    }
  }
}

function parseLocking(cursor: TokenCursor): void {
  cursor.expect('for');
  cursor.expectOne('update', 'share');
  if (cursor.accept('of')) cursor.list(parseName);
  cursor.accept('nowait');
}

/** `[ORDER BY item, …]`. */
export function parseOrderBy(cursor: TokenCursor): OrderItem[] {
  if (!cursor.accept('order')) return [];
  cursor.expect('by');
  return cursor.list(parseOrderItem);
}

function parseOrderItem(cursor: TokenCursor): OrderItem {
  const { start } = cursor;
  const expression = parseExpression(cursor);
  const direction = cursor.acceptOne('asc', 'desc');
  const nulls = cursor.accept('nulls') ? cursor.expectOne('first', 'last') : undefined;
  return { kind: 'order_item', start, end: cursor.end, expression, direction, nulls };
}
