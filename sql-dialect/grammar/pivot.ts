import type { ExpressionItem, FromItem, PivotItem, UnpivotItem } from '../ast/query.js';
import { Power } from './binding-powers.js';
import { parseExpression } from './expression.js';
import { parseTableAlias } from './from.js';
import { parseLabelOrString, parseName, takeIdentifier } from './names.js';
import type { TokenCursor } from './token-cursor.js';

/** The PIVOT and UNPIVOT operators that follow a table reference ("PIVOT and UNPIVOT examples"). */
export function parsePivots(cursor: TokenCursor, source: FromItem): FromItem {
  let item = source;
  for (;;) {
    if (cursor.at('pivot')) item = parsePivot(cursor, item);
    else if (cursor.at('unpivot')) item = parseUnpivot(cursor, item);
    else return item;
  }
}

/** `PIVOT (aggregate [AS a], … FOR column IN (value [AS v], …)) [AS alias]`. */
function parsePivot(cursor: TokenCursor, source: FromItem): PivotItem {
  cursor.expect('pivot');
  cursor.expectPunctuation('(');
  const aggregates = cursor.list(parsePivotItem);
  cursor.expect('for');
  const column = parseExpression(cursor, Power.match);
  cursor.expect('in');
  const values = cursor.parenthesizedList(parsePivotItem);
  cursor.expectPunctuation(')');
  const alias = parseTableAlias(cursor);
  return { kind: 'pivot', start: source.start, end: cursor.end, source, aggregates, column, values, alias };
}

/** `UNPIVOT [INCLUDE NULLS | EXCLUDE NULLS] (value FOR name IN (column [AS a], …)) [AS alias]`. */
function parseUnpivot(cursor: TokenCursor, source: FromItem): UnpivotItem {
  cursor.expect('unpivot');
  const treatment = cursor.acceptOne('include', 'exclude');
  if (treatment) cursor.expect('nulls');
  cursor.expectPunctuation('(');
  const value = parseName(cursor);
  cursor.expect('for');
  const name = parseName(cursor);
  cursor.expect('in');
  const columns = cursor.parenthesizedList(parsePivotItem);
  cursor.expectPunctuation(')');
  const alias = parseTableAlias(cursor);
  const includeNulls = treatment === 'include';
  return { kind: 'unpivot', start: source.start, end: cursor.end, source, includeNulls, value, name, columns, alias };
}

function parsePivotItem(cursor: TokenCursor): ExpressionItem {
  const { start } = cursor;
  const expression = parseExpression(cursor);
  let alias: ExpressionItem['alias'];
  if (cursor.accept('as')) alias = parseLabelOrString(cursor);
  else if (cursor.token.kind === 'quoted') alias = takeIdentifier(cursor);
  else if (cursor.token.kind === 'word' && !cursor.at('for')) alias = parseName(cursor);
  return { kind: 'select_item', start, end: cursor.end, expression, alias };
}
