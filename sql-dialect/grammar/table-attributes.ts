import type { NumberLiteral } from '../ast/expression.js';
import type { Identifier } from '../ast/node.js';
import type { IcebergClause, TableAttributesClause } from '../ast/table.js';
import { parseName } from './names.js';
import { parseProperties, parseText } from './option-values.js';
import type { TokenCursor } from './token-cursor.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * BACKUP, DISTSTYLE, DISTKEY, SORTKEY and ENCODE AUTO in any order, each once ("CREATE TABLE", table attributes);
 * undefined when none is written.
 */
export function parseTableAttributes(cursor: TokenCursor): TableAttributesClause | undefined {
  const { start } = cursor;
  const seen = new Set<string>();
  const clause: Mutable<TableAttributesClause> = {
    kind: 'table_attributes',
    start,
    end: start,
    backup: undefined,
    distStyle: undefined,
    distKey: undefined,
    sortKey: [],
    sortStyle: undefined,
    encodeAuto: false,
  };
  for (;;) {
    const { token } = cursor;
    const attribute = readAttribute(cursor, clause);
    if (attribute === undefined) break;
    if (seen.has(attribute)) cursor.fail(token);
    seen.add(attribute);
  }
  if (seen.size === 0) return undefined;
  clause.end = cursor.end;
  return clause;
}

/** Reads one attribute into `clause` and gives its name. */
function readAttribute(cursor: TokenCursor, clause: Mutable<TableAttributesClause>): string | undefined {
  switch (cursor.acceptOne('backup', 'diststyle', 'distkey', 'compound', 'interleaved', 'sortkey', 'encode')) {
    case 'backup':
      clause.backup = cursor.expectOne('yes', 'no') === 'yes';
      return 'backup';
    case 'diststyle':
      clause.distStyle = cursor.expectOne('auto', 'even', 'key', 'all');
      return 'diststyle';
    case 'distkey':
      cursor.expectPunctuation('(');
      clause.distKey = parseKeyColumn(cursor);
      cursor.expectPunctuation(')');
      return 'distkey';
    case 'compound':
      return sortKey(cursor, clause, 'compound');
    case 'interleaved':
      return sortKey(cursor, clause, 'interleaved');
    case 'sortkey':
      if (cursor.accept('auto')) {
        clause.sortStyle = 'auto';
        return 'sortkey';
      }
      clause.sortKey = cursor.parenthesizedList(parseKeyColumn);
      return 'sortkey';
    case 'encode':
      cursor.expect('auto');
      clause.encodeAuto = true;
      return 'encode';
    default:
      return undefined;
  }
}

function sortKey(
  cursor: TokenCursor,
  clause: Mutable<TableAttributesClause>,
  style: 'compound' | 'interleaved',
): 'sortkey' {
  cursor.expect('sortkey');
  clause.sortKey = cursor.parenthesizedList(parseKeyColumn);
  clause.sortStyle = style;
  return 'sortkey';
}

/** A column name, or the ordinal of a column of the select list. */
function parseKeyColumn(cursor: TokenCursor): Identifier | NumberLiteral {
  const { token } = cursor;
  if (token.kind !== 'number') return parseName(cursor);
  if (!/^[1-9][0-9]*$/.test(token.text)) cursor.fail();
  cursor.advance();
  return { kind: 'number', start: token.start, end: token.end, text: token.text };
}

/** `USING ICEBERG` and its clauses ("CREATE TABLE" for Iceberg tables). */
export function parseIceberg(cursor: TokenCursor): IcebergClause | undefined {
  const { start } = cursor;
  if (!cursor.acceptWords('using', 'iceberg')) return undefined;
  if (cursor.accept('location')) parseText(cursor);
  if (cursor.acceptWords('partitioned', 'by')) cursor.parenthesizedList(parsePartitionTransform);
  if (cursor.acceptWords('table', 'properties')) parseProperties(cursor);
  return { kind: 'iceberg_clause', start, end: cursor.end };
}

/** `column`, `year(column)`, `bucket(16, column)`. */
function parsePartitionTransform(cursor: TokenCursor): void {
  parseName(cursor);
  if (cursor.atPunctuation('(')) cursor.parenthesizedList(parseKeyColumn);
}
