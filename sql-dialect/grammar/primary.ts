import type { Expression, PathStep, StringLiteral } from '../ast/expression.js';
import type { Identifier } from '../ast/node.js';
import type { Query } from '../ast/query.js';
import type { Token } from '../lexer/token.js';
import { Power } from './binding-powers.js';
import { parseCall } from './call.js';
import { parseExpression, parseExpressionList } from './expression.js';
import { functionOnlyWords, niladicFunctions, notFunctionWords, queryContinuation, queryStart } from './keywords.js';
import { isName, parseLabel, takeIdentifier } from './names.js';
import { continueQuery, parseQuery } from './query.js';
import { isSpecialForm, parseSpecialForm } from './special-form.js';
import type { TokenCursor } from './token-cursor.js';
import { parseTypeName } from './types.js';

/**
 * An operand of infix operators, its prefix operators and postfix `::`, `[]` and `.` included.
 */
export function parsePrefix(cursor: TokenCursor): Expression {
  const { token } = cursor;
  const { start } = token;
  switch (token.kind) {
    case 'number':
      cursor.advance();
      return parseCasts(cursor, { kind: 'number', start, end: token.end, text: token.text });
    case 'string':
    case 'dollar':
      return parseCasts(cursor, parseString(cursor));
    case 'bits':
      return parseCasts(cursor, parseBits(cursor));
    case 'parameter': {
      cursor.advance();
      const numbered = cursor.source[start] === '$';
      const index = numbered ? Number(token.text) : undefined;
      const name = numbered ? undefined : token.text;
      return parsePostfix(cursor, { kind: 'parameter', start, end: token.end, index, name });
    }
    case 'quoted':
      return parseCasts(cursor, parseNamed(cursor));
    case 'word':
      return parseWord(cursor);
    case 'operator':
      return parsePrefixOperator(cursor);
    case 'punctuation':
      if (token.text === '(') return parsePostfix(cursor, parseParenthesizedExpression(cursor));
      return cursor.fail();
    default:
      return cursor.fail();
  }
}

/** A string, joined with those that follow it on later lines (SQL's continuation rule). */
export function parseString(cursor: TokenCursor): StringLiteral {
  const { token } = cursor;
  if (token.kind !== 'string' && token.kind !== 'dollar') cursor.fail();
  cursor.advance();
  let value = token.text;
  while (cursor.token.kind === 'string' && /[\n\r]/.test(cursor.source.slice(cursor.end, cursor.start))) {
    value += cursor.advance().text;
  }
  return { kind: 'string', start: token.start, end: cursor.end, value };
}

/**
 * `B'…'` and `X'…'` are literals of PostgreSQL's type bit, with the base letter as the first character of the value.
 */
function parseBits(cursor: TokenCursor): Expression {
  const { start, end, text } = cursor.advance();
  return {
    kind: 'typed_literal',
    start,
    end,
    type: { kind: 'type_name', start, end: start + 1, name: 'bit', modifiers: [], schema: undefined, array: false },
    value: { kind: 'string', start: start + 1, end, value: text },
  };
}

function parsePrefixOperator(cursor: TokenCursor): Expression {
  const { start, text } = cursor.token;
  if (text === '+' || text === '-') {
    cursor.advance();
    const operand = parseExpression(cursor, Power.sign);
    return { kind: 'unary', start, end: cursor.end, operator: text, operand };
  }
  if (/^(?:[<>=*/%^]|<=|>=|<>|!=|:=)$/.test(text)) cursor.fail();
  cursor.advance();
  const operand = parseExpression(cursor, Power.other);
  return { kind: 'unary', start, end: cursor.end, operator: text, operand };
}

/** `( query )` or `( expression, … )`, whichever it turns out to be; both parentheses are read. */
export function parseParenthesized(cursor: TokenCursor): Query | Expression[] {
  cursor.expectPunctuation('(');
  const contents = parseParenthesizedContents(cursor);
  cursor.expectPunctuation(')');
  return contents;
}

function parseParenthesizedContents(cursor: TokenCursor): Query | Expression[] {
  if (cursor.atAny(queryStart)) return parseQuery(cursor);
  const nested = cursor.atPunctuation('(');
  const first = parseExpression(cursor);
  // `((SELECT …) UNION …)` and `((SELECT …))`: the inner parentheses belong to a query after all.
  if (nested && first.kind === 'scalar_subquery' && (cursor.atPunctuation(')') || cursor.atAny(queryContinuation))) {
    return continueQuery(cursor, first);
  }
  const items = [first];
  while (cursor.acceptPunctuation(',')) items.push(parseExpression(cursor));
  return items;
}

function parseParenthesizedExpression(cursor: TokenCursor): Expression {
  const { start } = cursor;
  const contents = parseParenthesized(cursor);
  const { end } = cursor;
  if (!Array.isArray(contents)) return { kind: 'scalar_subquery', start, end, query: contents };
  const [inner] = contents;
  if (inner !== undefined && contents.length === 1) return { kind: 'parenthesized', start, end, inner };
  return { kind: 'row', start, end, items: contents };
}

function parseWord(cursor: TokenCursor): Expression {
  const { start, end, text } = cursor.token;
  switch (text) {
    case 'null':
      cursor.advance();
      return parseCasts(cursor, { kind: 'null', start, end });
    case 'true':
    case 'false':
      cursor.advance();
      return parseCasts(cursor, { kind: 'boolean', start, end, value: text === 'true' });
    case 'not': {
      cursor.advance();
      const operand = parseExpression(cursor, Power.not);
      return { kind: 'unary', start, end: cursor.end, operator: 'not', operand };
    }
    case 'case':
      return parsePostfix(cursor, parseCase(cursor));
    case 'array':
      if (isArrayConstructor(cursor.peek())) return parsePostfix(cursor, parseArray(cursor));
      break;
    case 'prior':
      if (cursor.inConnectBy) {
        cursor.advance();
        const operand = parseExpression(cursor, Power.sign);
        return { kind: 'unary', start, end: cursor.end, operator: 'prior', operand };
      }
  }
  if (niladicFunctions.has(text)) return parsePostfix(cursor, parseNiladic(cursor));
  if (isSpecialForm(cursor)) return parsePostfix(cursor, parseSpecialForm(cursor));
  return parsePostfix(cursor, parseNamed(cursor));
}

/** `CURRENT_DATE`, `SYSDATE` …; CURRENT_TIME and its like take a precision. */
function parseNiladic(cursor: TokenCursor): Expression {
  const { start } = cursor;
  const name = takeIdentifier(cursor);
  const args: Expression[] = [];
  if (cursor.atPunctuation('(') && cursor.peek().kind === 'number' && /time/.test(name.value.toLowerCase())) {
    args.push(...cursor.parenthesizedList((c) => parseExpression(c)));
  }
  const form = args.length > 0 ? 'plain' : 'keyword';
  return {
    kind: 'call',
    start,
    end: cursor.end,
    name: [name],
    form,
    trimSide: undefined,
    args,
    star: false,
    distinct: false,
    approximate: false,
    orderBy: [],
    nulls: undefined,
    withinGroup: undefined,
    filter: undefined,
    over: undefined,
  };
}

/** A column, path, call, or `type 'literal'`. */
function parseNamed(cursor: TokenCursor): Expression {
  const { token } = cursor;
  const { start } = token;
  const next = cursor.peek();
  if (next.kind === 'punctuation' && next.text === '(') {
    if (isOuterJoinMark(cursor, 1))
      return withOuterJoinMark(cursor, pathOf(start, parseColumnHead(cursor), [], cursor));
    if (token.kind === 'word' && notFunctionWords.has(token.text)) cursor.fail(next);
    if (token.kind === 'quoted' || isName(token) || functionOnlyWords.has(token.text)) {
      return parseCall(cursor, start, [takeIdentifier(cursor)]);
    }
    cursor.fail();
  }
  const head = parseColumnHead(cursor);
  if (next.kind === 'string') {
    const name = head.quoted ? head.value : token.text;
    const { end } = token;
    const type = { kind: 'type_name', start, end, name, modifiers: [], schema: undefined, array: false } as const;
    const value = parseString(cursor);
    return { kind: 'typed_literal', start, end: cursor.end, type, value };
  }
  if (next.kind !== 'punctuation') return { kind: 'path', start, end: token.end, head, steps: [] };
  const steps = parseSteps(cursor);
  if (cursor.atPunctuation('(')) {
    if (isOuterJoinMark(cursor, 0)) return withOuterJoinMark(cursor, pathOf(start, head, steps, cursor));
    const name = [head];
    for (const step of steps) {
      if (step.kind !== 'field_step') cursor.fail();
      name.push(step.name);
    }
    if (name.length > 3) cursor.fail();
    return parseCall(cursor, start, name);
  }
  return pathOf(start, head, steps, cursor);
}

function parseColumnHead(cursor: TokenCursor): Identifier {
  return isName(cursor.token) ? takeIdentifier(cursor) : cursor.fail();
}

function pathOf(start: number, head: Identifier, steps: readonly PathStep[], cursor: TokenCursor): Expression {
  return { kind: 'path', start, end: cursor.end, head, steps };
}

function isOuterJoinMark(cursor: TokenCursor, distance: number): boolean {
  const plus = cursor.peek(distance + 1);
  if (plus.kind !== 'operator' || plus.text !== '+') return false;
  const close = cursor.peek(distance + 2);
  return close.kind === 'punctuation' && close.text === ')';
}

function withOuterJoinMark(cursor: TokenCursor, operand: Expression): Expression {
  for (let i = 0; i < 3; i++) cursor.advance();
  return { kind: 'outer_join_mark', start: operand.start, end: cursor.end, operand };
}

/** `.name` and `[index]` steps; a `.*` is left for the caller. */
export function parseSteps(cursor: TokenCursor): PathStep[] {
  const steps: PathStep[] = [];
  for (;;) {
    const { start } = cursor;
    if (cursor.atPunctuation('.')) {
      const { kind } = cursor.peek();
      if (kind === 'operator') return steps;
      cursor.advance();
      const name = parseLabel(cursor);
      steps.push({ kind: 'field_step', start, end: cursor.end, name });
    } else if (cursor.acceptPunctuation('[')) {
      const index = parseExpression(cursor);
      cursor.expectPunctuation(']');
      steps.push({ kind: 'index_step', start, end: cursor.end, index });
    } else {
      return steps;
    }
  }
}

/** Postfix casts, and steps into the value of what is not a literal. */
function parsePostfix(cursor: TokenCursor, operand: Expression): Expression {
  if (cursor.token.kind !== 'punctuation') return operand;
  let result = operand;
  if (cursor.atPunctuation('.') || cursor.atPunctuation('[')) {
    const steps = parseSteps(cursor);
    if (steps.length > 0) result = { kind: 'navigation', start: operand.start, end: cursor.end, operand, steps };
  }
  return parseCasts(cursor, result);
}

function parseCasts(cursor: TokenCursor, operand: Expression): Expression {
  let result = operand;
  while (cursor.acceptPunctuation('::')) {
    const type = parseTypeName(cursor);
    result = { kind: 'cast', start: operand.start, end: cursor.end, form: 'colons', operand: result, type };
  }
  return result;
}

function parseCase(cursor: TokenCursor): Expression {
  const { start } = cursor;
  cursor.advance();
  const operand = cursor.at('when') ? undefined : parseExpression(cursor);
  const branches = [];
  do {
    const from = cursor.start;
    cursor.expect('when');
    const when = parseExpression(cursor);
    cursor.expect('then');
    const then = parseExpression(cursor);
    branches.push({ kind: 'case_branch', start: from, end: cursor.end, when, then } as const);
  } while (cursor.at('when'));
  const otherwise = cursor.accept('else') ? parseExpression(cursor) : undefined;
  cursor.expect('end');
  return { kind: 'case', start, end: cursor.end, operand, branches, otherwise };
}

function isArrayConstructor({ kind, text }: Token): boolean {
  return kind === 'punctuation' && (text === '[' || text === '(');
}

/** `ARRAY[…]`, `ARRAY(query)`, or a call of Redshift's function ARRAY. */
function parseArray(cursor: TokenCursor): Expression {
  const { start } = cursor;
  const name = takeIdentifier(cursor);
  if (cursor.atPunctuation('[')) return parseArrayItems(cursor, start);
  if (cursor.atPunctuation('(') && cursor.peek().kind === 'word' && queryStart.has(cursor.peek().text)) {
    const query = parseParenthesized(cursor);
    if (!Array.isArray(query)) return { kind: 'array', start, end: cursor.end, items: [], query };
  }
  if (!cursor.atPunctuation('(')) cursor.fail();
  return parseCall(cursor, start, [name]);
}

function parseArrayItems(cursor: TokenCursor, start: number): Expression {
  cursor.descend();
  cursor.expectPunctuation('[');
  let items: Expression[] = [];
  if (cursor.atPunctuation('[')) items = cursor.list((c) => parseArrayItems(c, c.start));
  else if (!cursor.atPunctuation(']')) items = parseExpressionList(cursor);
  cursor.expectPunctuation(']');
  cursor.ascend();
  return { kind: 'array', start, end: cursor.end, items, query: undefined };
}
