import type { Expression, NumberLiteral } from '../ast/expression.js';
import type {
  ConnectBy,
  ExcludeClause,
  GroupBy,
  GroupItem,
  GroupingElement,
  NamedWindow,
  Select,
  SelectInto,
  SelectItem,
  StarItem,
  Top,
} from '../ast/query.js';
import { parseExpression } from './expression.js';
import { parseFromList } from './from.js';
import { functionOnlyWords, notBareColumnAlias, reservedWords } from './keywords.js';
import { isName, parseLabel, parseName, parseRelationName, takeIdentifier } from './names.js';
import type { TokenCursor } from './token-cursor.js';
import { parseWindowSpecification } from './window.js';

/** One SELECT, from its keyword to QUALIFY. */
export function parseSelect(cursor: TokenCursor): Select {
  const { start } = cursor;
  cursor.expect('select');
  let quantifier = cursor.acceptOne('distinct', 'all');
  const distinctOn = quantifier === 'distinct' && cursor.accept('on') ? cursor.parenthesizedList(parseListed) : [];
  const top = parseTop(cursor);
  // AWS's examples also write TOP first.
  if (top) quantifier ??= cursor.acceptOne('distinct', 'all');
  const items = cursor.list(parseSelectItem);
  const exclude = parseExclude(cursor);
  const into = parseInto(cursor);
  const from = cursor.accept('from') ? parseFromList(cursor) : [];
  const where = cursor.accept('where') ? parseExpression(cursor) : undefined;
  const connectBy = parseConnectBy(cursor);
  const groupBy = parseGroupBy(cursor);
  const having = cursor.accept('having') ? parseExpression(cursor) : undefined;
  let windows = parseNamedWindows(cursor);
  const qualify = cursor.accept('qualify') ? parseExpression(cursor) : undefined;
  if (windows.length === 0) windows = parseNamedWindows(cursor);
  return {
    kind: 'select',
    start,
    end: cursor.end,
    distinct: quantifier === 'distinct',
    distinctOn,
    top,
    items,
    exclude,
    into,
    from,
    where,
    connectBy,
    groupBy,
    having,
    windows,
    qualify,
  };
}

function parseListed(cursor: TokenCursor): Expression {
  return parseExpression(cursor);
}

/** `TOP n`: a keyword only where a count follows. */
function parseTop(cursor: TokenCursor): Top | undefined {
  if (!cursor.at('top')) return undefined;
  const next = cursor.peek();
  const { start } = cursor;
  if (next.kind === 'number') {
    cursor.advance();
    const { text, end } = cursor.advance();
    const count: NumberLiteral = { kind: 'number', start: next.start, end, text };
    return { kind: 'top', start, end, count };
  }
  if (next.kind === 'parameter' || (next.kind === 'punctuation' && next.text === '(')) {
    cursor.advance();
    const count = parseTopCount(cursor);
    return { kind: 'top', start, end: cursor.end, count };
  }
  return undefined;
}

function parseTopCount(cursor: TokenCursor): Expression {
  const { start } = cursor;
  if (!cursor.acceptPunctuation('(')) {
    const { text, end } = cursor.advance();
    const numbered = cursor.source[start] === '$';
    return {
      kind: 'parameter',
      start,
      end,
      index: numbered ? Number(text) : undefined,
      name: numbered ? undefined : text,
    };
  }
  const inner = parseExpression(cursor);
  cursor.expectPunctuation(')');
  return { kind: 'parenthesized', start, end: cursor.end, inner };
}

function parseSelectItem(cursor: TokenCursor): SelectItem {
  const { start } = cursor;
  const star = parseStar(cursor);
  if (star) return star;
  const expression = parseExpression(cursor);
  const alias = parseColumnAlias(cursor);
  return { kind: 'select_item', start, end: cursor.end, expression, alias };
}

/** `*`, `t.*`, `s.t.*`; undefined when the item is an expression. */
function parseStar(cursor: TokenCursor): StarItem | undefined {
  const { start } = cursor;
  if (cursor.atOperator('*')) {
    const { end } = cursor.advance();
    return { kind: 'star', start, end, qualifier: [] };
  }
  let distance = 0;
  for (let name = cursor.token; name.kind === 'word' || name.kind === 'quoted'; name = cursor.peek(distance)) {
    const dot = cursor.peek(distance + 1);
    if (dot.kind !== 'punctuation' || dot.text !== '.') return undefined;
    distance += 2;
  }
  const last = cursor.peek(distance);
  if (distance === 0 || last.kind !== 'operator' || last.text !== '*') return undefined;
  const qualifier = [parseName(cursor)];
  cursor.advance();
  while (!cursor.atOperator('*')) {
    qualifier.push(parseLabel(cursor));
    cursor.advance();
  }
  const { end } = cursor.advance();
  return { kind: 'star', start, end, qualifier };
}

/** `AS label` or a bare label. */
export function parseColumnAlias(cursor: TokenCursor) {
  if (cursor.accept('as')) return parseLabel(cursor);
  const { kind, text } = cursor.token;
  if (kind === 'quoted') return takeIdentifier(cursor);
  if (kind !== 'word' || notBareColumnAlias.has(text) || functionOnlyWords.has(text)) return undefined;
  if (text === 'exclude' && isColumnListStart(cursor)) return undefined;
  if (reservedWords.has(text) && text !== 'asc' && text !== 'desc') return undefined;
  return takeIdentifier(cursor);
}

/** True when the word at the cursor is followed by a name or `(`. */
function isColumnListStart(cursor: TokenCursor): boolean {
  const next = cursor.peek();
  return isName(next) || (next.kind === 'punctuation' && next.text === '(');
}

function parseExclude(cursor: TokenCursor): ExcludeClause | undefined {
  const { start } = cursor;
  if (!cursor.accept('exclude')) return undefined;
  const columns = cursor.atPunctuation('(') ? cursor.parenthesizedList(parseName) : cursor.list(parseName);
  return { kind: 'exclude', start, end: cursor.end, columns };
}

/** `INTO [TEMP | TEMPORARY] [TABLE] name`. */
function parseInto(cursor: TokenCursor): SelectInto | undefined {
  const { start } = cursor;
  if (!cursor.accept('into')) return undefined;
  const temporary = cursor.acceptOne('temp', 'temporary') !== undefined;
  cursor.accept('table');
  const target = parseRelationName(cursor);
  return { kind: 'select_into', start, end: cursor.end, temporary, target };
}

/** `[START WITH condition] CONNECT BY condition`, in either order. */
function parseConnectBy(cursor: TokenCursor): ConnectBy | undefined {
  const { start } = cursor;
  const startFirst = cursor.acceptWords('start', 'with') ? parseExpression(cursor) : undefined;
  if (startFirst === undefined && !cursor.atWords('connect', 'by')) return undefined;
  cursor.expect('connect', 'by');
  const outer = cursor.inConnectBy;
  cursor.inConnectBy = true;
  const condition = parseExpression(cursor);
  cursor.inConnectBy = outer;
  const startWith = startFirst ?? (cursor.acceptWords('start', 'with') ? parseExpression(cursor) : undefined);
  return { kind: 'connect_by', start, end: cursor.end, startWith, condition };
}

function parseGroupBy(cursor: TokenCursor): GroupBy | undefined {
  const { start } = cursor;
  if (!cursor.accept('group')) return undefined;
  cursor.expect('by');
  if (cursor.accept('all')) return { kind: 'group_by', start, end: cursor.end, all: true, items: [] };
  const items = cursor.list(parseGroupItem);
  return { kind: 'group_by', start, end: cursor.end, all: false, items };
}

function parseGroupItem(cursor: TokenCursor): GroupItem {
  const { start } = cursor;
  const next = cursor.peek();
  const parenthesis = next.kind === 'punctuation' && next.text === '(';
  if (parenthesis && (cursor.at('rollup') || cursor.at('cube'))) {
    const form = cursor.expectOne('rollup', 'cube');
    const items = cursor.parenthesizedList((c) => asGroupingSet(parseExpression(c)));
    return { kind: 'grouping_element', start, end: cursor.end, form, items };
  }
  if (cursor.acceptWords('grouping', 'sets')) {
    const items = cursor.parenthesizedList(parseGroupingSet);
    return { kind: 'grouping_element', start, end: cursor.end, form: 'grouping sets', items };
  }
  return parseEmptySet(cursor) ?? parseExpression(cursor);
}

function parseGroupingSet(cursor: TokenCursor): GroupItem {
  const item = parseGroupItem(cursor);
  return item.kind === 'grouping_element' ? item : asGroupingSet(item);
}

function parseEmptySet(cursor: TokenCursor): GroupingElement | undefined {
  const { start } = cursor;
  const next = cursor.peek();
  if (!cursor.atPunctuation('(') || next.kind !== 'punctuation' || next.text !== ')') return undefined;
  cursor.advance();
  cursor.advance();
  return { kind: 'grouping_element', start, end: cursor.end, form: 'set', items: [] };
}

/** In a list of grouping sets `(a, b)` and `(a)` are sets, not rows or parenthesised expressions. */
function asGroupingSet(item: Expression): GroupItem {
  if (item.kind !== 'row' && item.kind !== 'parenthesized') return item;
  const items = item.kind === 'row' ? item.items : [item.inner];
  return { kind: 'grouping_element', start: item.start, end: item.end, form: 'set', items };
}

function parseNamedWindows(cursor: TokenCursor): NamedWindow[] {
  if (!cursor.accept('window')) return [];
  return cursor.list((c) => {
    const { start } = c;
    const name = parseName(c);
    c.expect('as');
    const window = parseWindowSpecification(c);
    return { kind: 'named_window', start, end: c.end, name, window };
  });
}
