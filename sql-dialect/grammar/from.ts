import type { Expression, TypeName } from '../ast/expression.js';
import type { Identifier } from '../ast/node.js';
import type { FromItem, Join, SubqueryItem, TableAlias } from '../ast/query.js';
import { parseCall } from './call.js';
import { parseExpression } from './expression.js';
import { notBareTableAlias, queryContinuation, queryStart } from './keywords.js';
import { isFunctionName, isName, parseName, parseNameList, takeIdentifier } from './names.js';
import { parsePivots } from './pivot.js';
import { parseSteps } from './primary.js';
import { continueQuery, parseQuery } from './query.js';
import type { TokenCursor } from './token-cursor.js';
import { parseTypeName } from './types.js';

/** The comma-separated items of FROM or USING. */
export function parseFromList(cursor: TokenCursor): FromItem[] {
  return cursor.list(parseFromItem);
}

/** A table reference with all joins that follow it ("FROM clause"). Joins lean left and are read in a loop. */
export function parseFromItem(cursor: TokenCursor): FromItem {
  cursor.descend();
  let item = parseJoinOperand(cursor);
  while (atJoin(cursor)) item = parseJoin(cursor, item);
  cursor.ascend();
  return item;
}

const joinStart: ReadonlySet<string> = new Set(['join', 'inner', 'left', 'right', 'full', 'cross', 'natural']);

function atJoin(cursor: TokenCursor): boolean {
  return cursor.atAny(joinStart);
}

function parseJoin(cursor: TokenCursor, left: FromItem): Join {
  const natural = cursor.accept('natural');
  const word = cursor.acceptOne('inner', 'left', 'right', 'full', 'cross');
  const type = word ?? 'inner';
  if (type === 'cross' && natural) cursor.fail(cursor.previous());
  if (type === 'left' || type === 'right' || type === 'full') cursor.accept('outer');
  cursor.expect('join');
  let right = parseJoinOperand(cursor);
  let on: Expression | undefined;
  let using: readonly Identifier[] = [];
  if (!natural && type !== 'cross') {
    // `a JOIN b JOIN c ON … ON …`: the inner join comes first.
    while (atJoin(cursor)) {
      cursor.descend();
      right = parseJoin(cursor, right);
      cursor.ascend();
    }
    if (cursor.accept('on')) on = parseExpression(cursor);
    else if (cursor.accept('using')) using = parseNameList(cursor);
    else if (!mayOmitCondition(right)) cursor.fail();
  }
  return { kind: 'join', start: left.start, end: cursor.end, type, natural, left, right, on, using };
}

/** Joining a SUPER expression of the same row needs no condition ("Unnesting queries"). */
function mayOmitCondition(item: FromItem): boolean {
  if (item.kind === 'relation') return item.name.parts.length > 1;
  return item.kind === 'path_item' || item.kind === 'unnest' || item.kind === 'unpivot_object';
}

function parseJoinOperand(cursor: TokenCursor): FromItem {
  return parsePivots(cursor, parseTableReference(cursor));
}

function parseTableReference(cursor: TokenCursor): FromItem {
  const { start, token } = cursor;
  const next = cursor.peek();
  if (cursor.atPunctuation('(')) return parseParenthesizedItem(cursor);
  if (token.kind === 'word') {
    if (token.text === 'lateral' && next.kind === 'punctuation' && next.text === '(') {
      cursor.advance();
      return { ...parseSubquery(cursor), start, lateral: true };
    }
    if (token.text === 'unnest' && next.kind === 'punctuation' && next.text === '(') return parseUnnest(cursor);
    if (token.text === 'unpivot') return parseUnpivotObject(cursor);
  }
  if (next.kind === 'punctuation' && next.text === '(' && isFunctionName(token)) {
    const call = parseCall(cursor, start, [takeIdentifier(cursor)]);
    return parseFunctionItem(cursor, start, call);
  }
  return parseNamedItem(cursor);
}

/** A table, a SUPER path to unnest, or a function with a qualified name. */
function parseNamedItem(cursor: TokenCursor): FromItem {
  const { start } = cursor;
  const head = parseName(cursor);
  const steps = cursor.token.kind === 'punctuation' ? parseSteps(cursor) : [];
  const parts = [head];
  for (const step of steps) if (step.kind === 'field_step') parts.push(step.name);
  const named = parts.length === steps.length + 1;
  if (cursor.atPunctuation('(') && named && parts.length <= 3) {
    return parseFunctionItem(cursor, start, parseCall(cursor, start, parts));
  }
  const { end } = cursor;
  const alias = parseTableAlias(cursor);
  const at = parseAt(cursor);
  if (named && parts.length <= 3) {
    const name = { kind: 'relation_name', start, end, parts } as const;
    return { kind: 'relation', start, end: cursor.end, name, alias, at };
  }
  const path = { kind: 'path', start, end, head, steps } as const;
  return { kind: 'path_item', start, end: cursor.end, path, alias, at };
}

function parseFunctionItem(cursor: TokenCursor, start: number, call: Expression): FromItem {
  if (cursor.atPunctuation('.') || cursor.atPunctuation('[')) {
    const steps = parseSteps(cursor);
    if (steps.length === 0) cursor.fail();
    const path = { kind: 'navigation', start, end: cursor.end, operand: call, steps } as const;
    const alias = parseTableAlias(cursor);
    const at = parseAt(cursor);
    return { kind: 'path_item', start, end: cursor.end, path, alias, at };
  }
  const alias = parseTableAlias(cursor, true);
  return { kind: 'function_item', start, end: cursor.end, call, alias };
}

/** `AT index` of an unnest. */
function parseAt(cursor: TokenCursor): Identifier | undefined {
  return cursor.accept('at') ? parseName(cursor) : undefined;
}

/** `( query ) alias`, or a parenthesised join. */
function parseParenthesizedItem(cursor: TokenCursor): FromItem {
  const { start } = cursor;
  const next = cursor.peek();
  if (next.kind === 'word' && queryStart.has(next.text)) return parseSubquery(cursor);
  cursor.advance();
  const nested = cursor.atPunctuation('(');
  const item = parseFromItem(cursor);
  // `((SELECT …) UNION …)`, `((SELECT …))`: the inner parentheses belong to a query.
  if (nested && item.kind === 'subquery' && item.alias === undefined && !item.lateral) {
    if (cursor.atAny(queryContinuation) || cursor.atPunctuation(')')) {
      const { query } = item;
      const body = continueQuery(cursor, { kind: 'scalar_subquery', start: item.start, end: item.end, query });
      cursor.expectPunctuation(')');
      const alias = parseTableAlias(cursor);
      return { kind: 'subquery', start, end: cursor.end, lateral: false, query: body, alias };
    }
  }
  cursor.expectPunctuation(')');
  const alias = parseTableAlias(cursor);
  return { kind: 'parenthesized_from', start, end: cursor.end, item, alias };
}

function parseSubquery(cursor: TokenCursor): SubqueryItem {
  const { start } = cursor;
  cursor.expectPunctuation('(');
  const query = parseQuery(cursor);
  cursor.expectPunctuation(')');
  const alias = parseTableAlias(cursor);
  return { kind: 'subquery', start, end: cursor.end, lateral: false, query, alias };
}

/** `UNNEST(expression) [WITH OFFSET] [AS] alias (column [, offset])`. */
function parseUnnest(cursor: TokenCursor): FromItem {
  const { start } = cursor;
  cursor.advance();
  cursor.expectPunctuation('(');
  const expression = parseExpression(cursor);
  cursor.expectPunctuation(')');
  const withOffset = cursor.acceptWords('with', 'offset');
  const alias = parseTableAlias(cursor);
  return { kind: 'unnest', start, end: cursor.end, expression, withOffset, alias };
}

/** `UNPIVOT expression [AS value] [AT attribute]`: iterates over the attributes of an object. */
function parseUnpivotObject(cursor: TokenCursor): FromItem {
  const { start } = cursor;
  cursor.expect('unpivot');
  const expression = parseExpression(cursor);
  const value = cursor.accept('as') ? parseName(cursor) : isBareAlias(cursor) ? takeIdentifier(cursor) : undefined;
  const at = parseAt(cursor);
  return { kind: 'unpivot_object', start, end: cursor.end, expression, value, at };
}

function isBareAlias(cursor: TokenCursor): boolean {
  const { token } = cursor;
  if (!isName(token)) return false;
  if (token.kind !== 'word') return true;
  if (notBareTableAlias.has(token.text)) return false;
  const next = cursor.peek();
  // `AT` names the position or attribute of an unnested item when a name follows.
  if (token.text === 'at') return !isName(next);
  if (token.text === 'start') return !(next.kind === 'word' && next.text === 'with');
  if (token.text === 'connect') return !(next.kind === 'word' && next.text === 'by');
  return true;
}

/** `[AS] alias [(column, …)]`; after a function also `[AS] alias (column type, …)`. */
export function parseTableAlias(cursor: TokenCursor, typed = false): TableAlias | undefined {
  const { start } = cursor;
  let name: Identifier;
  if (cursor.accept('as')) name = parseName(cursor);
  else if (isBareAlias(cursor)) name = takeIdentifier(cursor);
  else return undefined;
  const columns: Identifier[] = [];
  const columnTypes: (TypeName | undefined)[] = [];
  if (cursor.acceptPunctuation('(')) {
    do {
      columns.push(parseName(cursor));
      columnTypes.push(typed && isFunctionName(cursor.token) ? parseTypeName(cursor) : undefined);
      // Either every column has a type or none.
      if ((columnTypes[0] === undefined) !== (columnTypes.at(-1) === undefined)) cursor.fail();
    } while (cursor.acceptPunctuation(','));
    cursor.expectPunctuation(')');
  }
  return { kind: 'table_alias', start, end: cursor.end, name, columns, columnTypes };
}
