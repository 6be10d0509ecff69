import type { Expression, Quantified } from '../ast/expression.js';
import type { Query } from '../ast/query.js';
import { isNonAssociative, Power, symbolPower } from './binding-powers.js';
import { parseParenthesized, parsePrefix } from './primary.js';
import type { TokenCursor } from './token-cursor.js';

/**
 * An expression whose operators bind tighter than `above` ("Conditions" and "Expressions", Amazon Redshift developer
 * guide). Chains of left-associative operators are read in a loop, so their length costs no stack; the resulting trees
 * lean left and are as deep as the chain is long.
 */
export function parseExpression(cursor: TokenCursor, above: number = Power.lowest): Expression {
  cursor.descend();
  let left = parsePrefix(cursor);
  let ceiling: number = Number.POSITIVE_INFINITY;
  for (;;) {
    const power = infixPower(cursor);
    if (power <= above) break;
    if (power >= ceiling) cursor.fail();
    left = parseInfix(cursor, left, power);
    // After `a < b` another comparison cannot follow, while after `a IS NULL` or `a IN (…)`, which end in no operand,
    // anything can.
    ceiling = isNonAssociative(power) && !isClosed(left) ? power : Number.POSITIVE_INFINITY;
  }
  cursor.ascend();
  return left;
}

function isClosed(node: Expression): boolean {
  if (node.kind === 'is_test') return node.right === undefined;
  return node.kind === 'in_list' || node.kind === 'in_subquery' || node.kind === 'quantified';
}

/** The expressions of `a, b, c`. */
export function parseExpressionList(cursor: TokenCursor): Expression[] {
  return cursor.list(parseListed);
}

function parseListed(cursor: TokenCursor): Expression {
  return parseExpression(cursor);
}

/** The power of the infix operator at the cursor, or 0. */
function infixPower(cursor: TokenCursor): number {
  const { kind, text } = cursor.token;
  if (kind === 'operator') return text === ':=' ? 0 : symbolPower(text);
  if (kind !== 'word') return 0;
  switch (text) {
    case 'or':
      return Power.or;
    case 'and':
      return Power.and;
    case 'is':
    case 'isnull':
    case 'notnull':
      return Power.is;
    case 'like':
    case 'ilike':
    case 'similar':
    case 'between':
    case 'in':
      return Power.match;
    case 'not':
      return isMatchWord(cursor.peek().text) && cursor.peek().kind === 'word' ? Power.match : 0;
    case 'overlaps':
      return Power.match;
    case 'operator':
      return cursor.peek().kind === 'punctuation' && cursor.peek().text === '(' ? Power.other : 0;
    case 'at':
      return cursor.atWords('at', 'time', 'zone') ? Power.atTimeZone : 0;
    case 'collate':
      return Power.collate;
    default:
      return 0;
  }
}

function isMatchWord(word: string): boolean {
  return word === 'like' || word === 'ilike' || word === 'similar' || word === 'between' || word === 'in';
}

function parseInfix(cursor: TokenCursor, left: Expression, power: number): Expression {
  const { token } = cursor;
  if (token.kind === 'operator') {
    cursor.advance();
    return parseSymbol(cursor, left, token.text === '!=' ? '<>' : token.text, power);
  }
  switch (token.text) {
    case 'or':
    case 'and': {
      cursor.advance();
      const right = parseExpression(cursor, power);
      return { kind: 'binary', start: left.start, end: cursor.end, operator: token.text, left, right };
    }
    case 'is':
      return parseIs(cursor, left);
    case 'isnull':
    case 'notnull':
      cursor.advance();
      return isTest(cursor, left, 'null', token.text === 'notnull');
    case 'operator':
      return parseQualifiedOperator(cursor, left);
    case 'at': {
      for (let i = 0; i < 3; i++) cursor.advance();
      const zone = parseExpression(cursor, Power.atTimeZone);
      return { kind: 'at_time_zone', start: left.start, end: cursor.end, operand: left, zone };
    }
    case 'collate':
      return parseCollate(cursor, left);
    case 'overlaps': {
      cursor.advance();
      const right = parseExpression(cursor, Power.match);
      if (left.kind !== 'row' || right.kind !== 'row') cursor.fail(token);
      return { kind: 'binary', start: left.start, end: cursor.end, operator: 'overlaps', left, right };
    }
    default:
      return parseMatch(cursor, left);
  }
}

/** PostgreSQL's symbols for LIKE, which its catalog views print. */
const likeSymbols: ReadonlyMap<string, { operator: 'like' | 'ilike'; negated: boolean }> = new Map([
  ['~~', { operator: 'like', negated: false }],
  ['!~~', { operator: 'like', negated: true }],
  ['~~*', { operator: 'ilike', negated: false }],
  ['!~~*', { operator: 'ilike', negated: true }],
]);

function parseSymbol(cursor: TokenCursor, left: Expression, operator: string, power: number): Expression {
  const quantified = parseQuantified(cursor, left, operator);
  if (quantified) return quantified;
  const right = parseExpression(cursor, power);
  const like = likeSymbols.get(operator);
  if (like) {
    const { start } = left;
    return { kind: 'like', start, end: cursor.end, ...like, operand: left, pattern: right, escape: undefined };
  }
  return { kind: 'binary', start: left.start, end: cursor.end, operator, left, right };
}

/** `ANY (…)`, `SOME (…)`, `ALL (…)` after an operator. */
function parseQuantified(cursor: TokenCursor, operand: Expression, operator: string): Quantified | undefined {
  const word = cursor.acceptOne('any', 'some', 'all');
  if (word === undefined) return undefined;
  const inner = parseParenthesized(cursor);
  const right: Query | Expression | undefined = Array.isArray(inner) ? inner[0] : inner;
  if (right === undefined || (Array.isArray(inner) && inner.length > 1)) return cursor.fail(cursor.previous());
  const quantifier = word === 'all' ? 'all' : 'any';
  return { kind: 'quantified', start: operand.start, end: cursor.end, operator, quantifier, operand, right };
}

/** `OPERATOR(schema.symbol)`. */
function parseQualifiedOperator(cursor: TokenCursor, left: Expression): Expression {
  cursor.advance();
  cursor.expectPunctuation('(');
  while (cursor.token.kind === 'word' || cursor.token.kind === 'quoted') {
    cursor.advance();
    cursor.expectPunctuation('.');
  }
  if (cursor.token.kind !== 'operator') cursor.fail();
  const { text } = cursor.advance();
  cursor.expectPunctuation(')');
  return parseSymbol(cursor, left, text === '!=' ? '<>' : text, Power.other);
}

function parseCollate(cursor: TokenCursor, operand: Expression): Expression {
  cursor.advance();
  const collation = [];
  do {
    const { kind, start, end, text } = cursor.token;
    if (kind !== 'word' && kind !== 'quoted') cursor.fail();
    cursor.advance();
    collation.push({ kind: 'identifier', start, end, value: text, quoted: kind === 'quoted' } as const);
  } while (cursor.acceptPunctuation('.'));
  return { kind: 'collate', start: operand.start, end: cursor.end, operand, collation };
}

function parseIs(cursor: TokenCursor, operand: Expression): Expression {
  cursor.advance();
  const negated = cursor.accept('not');
  if (cursor.at('distinct')) {
    cursor.advance();
    cursor.expect('from');
    const right = parseExpression(cursor, Power.is);
    return { kind: 'is_test', start: operand.start, end: cursor.end, test: 'distinct from', negated, operand, right };
  }
  return isTest(cursor, operand, cursor.expectOne('null', 'true', 'false', 'unknown'), negated);
}

function isTest(
  cursor: TokenCursor,
  operand: Expression,
  test: 'null' | 'true' | 'false' | 'unknown',
  negated: boolean,
): Expression {
  return { kind: 'is_test', start: operand.start, end: cursor.end, test, negated, operand, right: undefined };
}

/** `[NOT] {LIKE | ILIKE | SIMILAR TO | BETWEEN | IN} …`. */
function parseMatch(cursor: TokenCursor, operand: Expression): Expression {
  const { start } = operand;
  const negated = cursor.accept('not');
  switch (cursor.expectOne('like', 'ilike', 'similar', 'between', 'in')) {
    case 'like':
      return parseLike(cursor, operand, 'like', negated);
    case 'ilike':
      return parseLike(cursor, operand, 'ilike', negated);
    case 'similar':
      cursor.expect('to');
      return parseLike(cursor, operand, 'similar to', negated);
    case 'between': {
      const symmetric = cursor.acceptOne('symmetric', 'asymmetric') === 'symmetric';
      const low = parseExpression(cursor, Power.match);
      cursor.expect('and');
      const high = parseExpression(cursor, Power.match);
      return { kind: 'between', start, end: cursor.end, negated, symmetric, operand, low, high };
    }
    case 'in': {
      const inner = parseParenthesized(cursor);
      const { end } = cursor;
      if (!Array.isArray(inner)) return { kind: 'in_subquery', start, end, negated, operand, query: inner };
      return { kind: 'in_list', start, end, negated, operand, items: inner };
    }
  }
}

function parseLike(
  cursor: TokenCursor,
  operand: Expression,
  operator: 'like' | 'ilike' | 'similar to',
  negated: boolean,
): Expression {
  if (operator !== 'similar to') {
    const quantified = parseQuantified(cursor, operand, negated ? `not ${operator}` : operator);
    if (quantified) return quantified;
  }
  const pattern = parseExpression(cursor, Power.match);
  const escaping = cursor.accept('escape') ? parseExpression(cursor, Power.match) : undefined;
  return { kind: 'like', start: operand.start, end: cursor.end, operator, negated, operand, pattern, escape: escaping };
}
