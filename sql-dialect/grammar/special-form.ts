import type { Expression, FunctionCall, NumberLiteral } from '../ast/expression.js';
import type { Identifier } from '../ast/node.js';
import { Power } from './binding-powers.js';
import { parseCall } from './call.js';
import { parseExpression, parseExpressionList } from './expression.js';
import { isFunctionName, isName, takeIdentifier } from './names.js';
import { parseParenthesized, parseString } from './primary.js';
import type { TokenCursor } from './token-cursor.js';
import { parseInteger, parseIntervalFields, parseTypeName } from './types.js';

type Reader = (cursor: TokenCursor) => Expression;

/** Calls whose arguments are not comma-separated expressions, by the word before `(`. */
const parenthesizedForms: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['cast', (cursor) => parseCast(cursor, 'cast')],
  ['try_cast', (cursor) => parseCast(cursor, 'try_cast')],
  ['convert', parseConvert],
  ['extract', parseExtract],
  ['exists', parseExists],
  ['position', parsePosition],
  ['substring', parseSubstring],
  ['overlay', parseOverlay],
  ['object_transform', parseObjectTransform],
  ['trim', parseTrim],
  ['row', parseRow],
  ['collate', parsePlain],
]);

/** Types whose literals are more than one word before the string, with what may come second. */
const typeWords: ReadonlySet<string> = new Set(
  'timestamp time double character char varchar national nchar bit numeric decimal dec float bpchar nvarchar'.split(
    ' ',
  ),
);
const typeContinuations: ReadonlySet<string> = new Set('with without precision varying character char'.split(' '));

/** True at a word that starts one of the forms of this file. */
export function isSpecialForm(cursor: TokenCursor): boolean {
  const { text } = cursor.token;
  const next = cursor.peek();
  const parenthesis = next.kind === 'punctuation' && next.text === '(';
  if (text === 'interval') return next.kind === 'string' || (parenthesis && cursor.peek(4).kind === 'string');
  if (text === 'approximate') return isFunctionName(next) && next.kind === 'word' && isOpening(cursor.peek(2));
  if (parenthesis) return parenthesizedForms.has(text) || (typeWords.has(text) && isTypedLiteral(cursor));
  return typeWords.has(text) && next.kind === 'word' && typeContinuations.has(next.text) && isTypedLiteral(cursor);
}

function isOpening(token: { kind: string; text: string }): boolean {
  return token.kind === 'punctuation' && token.text === '(';
}

/** True at a type of several tokens that a string follows; looks at no more than eight tokens. */
function isTypedLiteral(cursor: TokenCursor): boolean {
  for (let i = 1; i <= 8; i++) {
    const { kind, text } = cursor.peek(i);
    if (kind === 'string') return true;
    const part =
      kind === 'number' ||
      (kind === 'punctuation' && (text === '(' || text === ')' || text === ',')) ||
      (kind === 'word' && (typeContinuations.has(text) || text === 'time' || text === 'zone' || text === 'max'));
    if (!part) return false;
  }
  return false;
}

export function parseSpecialForm(cursor: TokenCursor): Expression {
  const { start, text } = cursor.token;
  if (text === 'interval') return parseInterval(cursor);
  if (text === 'approximate') {
    cursor.advance();
    return parseCall(cursor, start, [takeIdentifier(cursor)], true);
  }
  const form = parenthesizedForms.get(text);
  if (form) return form(cursor);
  const type = parseTypeName(cursor);
  const value = parseString(cursor);
  return { kind: 'typed_literal', start, end: cursor.end, type, value };
}

/** `INTERVAL '1' DAY`, `INTERVAL (3) '1 second'`, `INTERVAL '1' DAY TO SECOND (3)` ("Interval literals"). */
function parseInterval(cursor: TokenCursor): Expression {
  const { start } = cursor;
  cursor.advance();
  let precision = parsePrecision(cursor);
  const value = parseString(cursor);
  const fields = precision === undefined ? parseIntervalFields(cursor) : undefined;
  if (fields?.endsWith('SECOND')) precision = parsePrecision(cursor);
  return { kind: 'interval', start, end: cursor.end, value, fields, precision };
}

function parsePrecision(cursor: TokenCursor): number | undefined {
  if (!cursor.acceptPunctuation('(')) return undefined;
  const precision = parseInteger(cursor);
  cursor.expectPunctuation(')');
  return precision;
}

function parseCast(cursor: TokenCursor, form: 'cast' | 'try_cast'): Expression {
  const { start } = cursor;
  cursor.advance();
  cursor.expectPunctuation('(');
  const operand = parseExpression(cursor);
  cursor.expect('as');
  const type = parseTypeName(cursor);
  cursor.expectPunctuation(')');
  return { kind: 'cast', start, end: cursor.end, form, operand, type };
}

/** `CONVERT(type, expression)`; with a first argument that is not a type, an ordinary call. */
function parseConvert(cursor: TokenCursor): Expression {
  const { start } = cursor;
  const name = takeIdentifier(cursor);
  const type = cursor.attempt((c) => {
    c.advance();
    const read = parseTypeName(c);
    return c.acceptPunctuation(',') ? read : undefined;
  });
  if (type === undefined) return parseCall(cursor, start, [name]);
  const operand = parseExpression(cursor);
  cursor.expectPunctuation(')');
  return { kind: 'cast', start, end: cursor.end, form: 'convert', operand, type };
}

function parseExtract(cursor: TokenCursor): Expression {
  const { start } = cursor;
  cursor.advance();
  cursor.expectPunctuation('(');
  const { token } = cursor;
  if (token.kind !== 'string' && !isName(token)) cursor.fail();
  cursor.advance();
  cursor.expect('from');
  const operand = parseExpression(cursor);
  cursor.expectPunctuation(')');
  return { kind: 'extract', start, end: cursor.end, field: token.text.toLowerCase(), operand };
}

function parseExists(cursor: TokenCursor): Expression {
  const { start } = cursor;
  const name = cursor.advance();
  const query = parseParenthesized(cursor);
  if (Array.isArray(query)) return cursor.fail(name);
  return { kind: 'exists', start, end: cursor.end, query };
}

function parseRow(cursor: TokenCursor): Expression {
  const { start } = cursor;
  cursor.advance();
  cursor.expectPunctuation('(');
  const items = cursor.atPunctuation(')') ? [] : parseExpressionList(cursor);
  cursor.expectPunctuation(')');
  return { kind: 'row', start, end: cursor.end, items };
}

function parsePlain(cursor: TokenCursor): Expression {
  return parseCall(cursor, cursor.start, [takeIdentifier(cursor)]);
}

/** `POSITION(needle IN haystack)`. */
function parsePosition(cursor: TokenCursor): Expression {
  const { start } = cursor;
  const name = takeIdentifier(cursor);
  cursor.expectPunctuation('(');
  const needle = parseExpression(cursor, Power.match);
  cursor.expect('in');
  const haystack = parseExpression(cursor, Power.match);
  cursor.expectPunctuation(')');
  return specialCall(cursor, start, name, 'position', [needle, haystack]);
}

/** `SUBSTRING(text FROM a FOR b)`, `SUBSTRING(text FOR b)`, or with commas. */
function parseSubstring(cursor: TokenCursor): Expression {
  const { start } = cursor;
  const name = takeIdentifier(cursor);
  const opening = cursor.token;
  cursor.expectPunctuation('(');
  if (cursor.atPunctuation(')')) cursor.fail(opening);
  const args = [parseExpression(cursor)];
  if (cursor.at('for')) {
    const at = cursor.start;
    args.push({ kind: 'number', start: at, end: at, text: '1' });
  } else if (cursor.accept('from')) {
    args.push(parseExpression(cursor));
  } else {
    while (cursor.acceptPunctuation(',')) args.push(parseExpression(cursor));
    cursor.expectPunctuation(')');
    return specialCall(cursor, start, name, 'plain', args);
  }
  if (cursor.accept('for')) args.push(parseExpression(cursor));
  cursor.expectPunctuation(')');
  return specialCall(cursor, start, name, 'substring', args);
}

/** `OVERLAY(text PLACING new FROM a [FOR b])`. */
function parseOverlay(cursor: TokenCursor): Expression {
  const { start } = cursor;
  const name = takeIdentifier(cursor);
  cursor.expectPunctuation('(');
  const args = [parseExpression(cursor)];
  cursor.expect('placing');
  args.push(parseExpression(cursor));
  cursor.expect('from');
  args.push(parseExpression(cursor));
  if (cursor.accept('for')) args.push(parseExpression(cursor));
  cursor.expectPunctuation(')');
  return specialCall(cursor, start, name, 'overlay', args);
}

/**
 * `OBJECT_TRANSFORM(input [KEEP path, …] [SET path, value, …])`. The call's arguments: the input, the number of KEEP
 * paths, those paths, then each path of SET with its value.
 */
function parseObjectTransform(cursor: TokenCursor): Expression {
  const { start } = cursor;
  const name = takeIdentifier(cursor);
  cursor.expectPunctuation('(');
  const input = parseExpression(cursor);
  const keep: Expression[] = [];
  const pairs: Expression[] = [];
  const at = cursor.start;
  if (cursor.accept('keep')) {
    do keep.push(parseString(cursor));
    while (cursor.acceptPunctuation(','));
  }
  if (cursor.accept('set')) {
    do {
      pairs.push(parseString(cursor));
      cursor.expectPunctuation(',');
      pairs.push(parseExpression(cursor));
    } while (cursor.acceptPunctuation(','));
  }
  cursor.expectPunctuation(')');
  const kept: NumberLiteral = { kind: 'number', start: at, end: at, text: String(keep.length) };
  return specialCall(cursor, start, name, 'plain', [input, kept, ...keep, ...pairs]);
}

/** `TRIM([BOTH | LEADING | TRAILING] [what] FROM text)`, or `TRIM(text [, what])`. */
function parseTrim(cursor: TokenCursor): Expression {
  const { start } = cursor;
  const name = takeIdentifier(cursor);
  cursor.expectPunctuation('(');
  const side = cursor.acceptOne('both', 'leading', 'trailing');
  if (cursor.accept('from')) {
    const text = parseExpression(cursor);
    cursor.expectPunctuation(')');
    return specialCall(cursor, start, name, 'trim', [text], side ?? 'both');
  }
  const args = [parseExpression(cursor)];
  if (cursor.accept('from')) args.push(parseExpression(cursor));
  else if (side === undefined) {
    while (cursor.acceptPunctuation(',')) args.push(parseExpression(cursor));
    cursor.expectPunctuation(')');
    return specialCall(cursor, start, name, 'plain', args);
  }
  cursor.expectPunctuation(')');
  return specialCall(cursor, start, name, 'trim', args, side ?? 'both');
}

function specialCall(
  cursor: TokenCursor,
  start: number,
  name: Identifier,
  form: FunctionCall['form'],
  args: readonly Expression[],
  trimSide: FunctionCall['trimSide'] = undefined,
): FunctionCall {
  return {
    kind: 'call',
    start,
    end: cursor.end,
    name: [name],
    form,
    trimSide,
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
