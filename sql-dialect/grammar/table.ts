import type { CreateTable, CreateTableAs, LikeClause, TableElement } from '../ast/table.js';
import { atTableConstraint, parseColumnSpecification, parseTableConstraint } from './column.js';
import { isName, parseNameList, parseRelationName } from './names.js';
import { parseQuery } from './query.js';
import { parseIceberg, parseTableAttributes } from './table-attributes.js';
import type { TokenCursor } from './token-cursor.js';

/** "CREATE TABLE" and "CREATE TABLE AS", from the words after CREATE. */
export function parseCreateTable(cursor: TokenCursor, start: number): CreateTable | CreateTableAs {
  const local = cursor.accept('local');
  const temporary = cursor.acceptOne('temp', 'temporary') !== undefined;
  if (local && !temporary) cursor.fail();
  cursor.expect('table');
  const ifNotExists = cursor.acceptWords('if', 'not', 'exists');
  const name = parseRelationName(cursor);
  const columns = isColumnNameList(cursor) ? parseNameList(cursor) : [];
  const elements = columns.length === 0 && cursor.atPunctuation('(') ? cursor.parenthesizedList(parseElement) : [];
  const iceberg = parseIceberg(cursor);
  const attributes = parseTableAttributes(cursor);
  const common = { start, temporary, ifNotExists, name, attributes, iceberg };
  if (elements.length > 0) {
    return { kind: 'create_table', ...common, end: cursor.end, elements };
  }
  cursor.expect('as');
  const query = parseQuery(cursor);
  return { kind: 'create_table_as', ...common, end: cursor.end, columns, query };
}

/** True at `(name,` and `(name)`: the column names of CREATE TABLE AS. */
function isColumnNameList(cursor: TokenCursor): boolean {
  if (!cursor.atPunctuation('(') || !isName(cursor.peek())) return false;
  const after = cursor.peek(2);
  return after.kind === 'punctuation' && (after.text === ',' || after.text === ')');
}

function parseElement(cursor: TokenCursor): TableElement {
  if (cursor.at('like')) return parseLike(cursor);
  return atTableConstraint(cursor) ? parseTableConstraint(cursor) : parseColumnSpecification(cursor);
}

function parseLike(cursor: TokenCursor): LikeClause {
  const { start } = cursor;
  cursor.expect('like');
  const table = parseRelationName(cursor);
  const choice = cursor.acceptOne('including', 'excluding');
  if (choice) cursor.expect('defaults');
  return { kind: 'like_clause', start, end: cursor.end, table, includingDefaults: choice === 'including' };
}
