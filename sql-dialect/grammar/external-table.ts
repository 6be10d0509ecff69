import type { TypeName } from '../ast/expression.js';
import type { CreateExternalTable, ExternalColumn, NestedType } from '../ast/external.js';
import type { Query } from '../ast/query.js';
import { isFunctionName, parseName, parseRelationName } from './names.js';
import { parseProperties, parseText, parseWordText } from './option-values.js';
import { parseQuery } from './query.js';
import type { TokenCursor } from './token-cursor.js';
import { parseTypeName } from './types.js';

/** "CREATE EXTERNAL TABLE", from EXTERNAL on. */
export function parseCreateExternalTable(cursor: TokenCursor, start: number): CreateExternalTable {
  cursor.expect('external', 'table');
  const ifNotExists = cursor.acceptWords('if', 'not', 'exists');
  const name = parseRelationName(cursor);
  const columns = cursor.atPunctuation('(') ? cursor.parenthesizedList(parseExternalColumn) : [];
  const options: Record<string, string> = {};
  let partitionedBy: readonly ExternalColumn[] = [];
  let properties: Record<string, string> = {};
  let query: Query | undefined;
  while (!cursor.atStatementEnd()) {
    if (cursor.acceptWords('partitioned', 'by')) partitionedBy = cursor.parenthesizedList(parseExternalColumn);
    else if (cursor.acceptWords('row', 'format')) parseRowFormat(cursor, options);
    else if (cursor.acceptWords('stored', 'as')) parseStoredAs(cursor, options);
    else if (cursor.accept('location')) options.location = parseText(cursor);
    else if (cursor.acceptWords('table', 'properties')) properties = parseProperties(cursor);
    else if (cursor.accept('as')) {
      query = parseQuery(cursor);
      break;
    } else cursor.fail();
  }
  return {
    kind: 'create_external_table',
    start,
    end: cursor.end,
    ifNotExists,
    name,
    columns,
    partitionedBy,
    options,
    properties,
    query,
  };
}

function parseExternalColumn(cursor: TokenCursor): ExternalColumn {
  const { start } = cursor;
  const name = parseName(cursor);
  const type = isFunctionName(cursor.token) || cursor.at('array') ? parseExternalType(cursor) : undefined;
  return { kind: 'external_column', start, end: cursor.end, name, type };
}

function parseExternalType(cursor: TokenCursor): TypeName | NestedType {
  const next = cursor.peek();
  if (next.kind !== 'operator' || !next.text.startsWith('<')) return parseTypeName(cursor);
  const { start } = cursor;
  const family = cursor.expectOne('struct', 'array', 'map');
  // `>>` closes two levels at once, so the levels are counted instead of descended into.
  let depth = 0;
  do {
    const { kind, text } = cursor.token;
    if (kind === 'operator' && /^[<>]+$/.test(text)) for (const c of text) depth += c === '<' ? 1 : -1;
    else if (kind !== 'word' && kind !== 'quoted' && kind !== 'number' && !isNestedPunctuation(text)) cursor.fail();
    if (depth < 0) cursor.fail();
    cursor.advance();
  } while (depth > 0);
  return { kind: 'nested_type', start, end: cursor.end, family };
}

function isNestedPunctuation(text: string): boolean {
  return text === ':' || text === ',' || text === '(' || text === ')';
}

function parseRowFormat(cursor: TokenCursor, options: Record<string, string>): void {
  if (cursor.accept('serde')) {
    options['row format serde'] = parseText(cursor);
    if (cursor.acceptWords('with', 'serdeproperties')) {
      options.serdeproperties = JSON.stringify(parseSerdeProperties(cursor));
    }
    return;
  }
  cursor.expect('delimited');
  options['row format'] = 'delimited';
  for (;;) {
    const clause = delimiters.find((words) => cursor.acceptWords(...words));
    if (clause === undefined) return;
    options[clause.join(' ')] = parseText(cursor);
  }
}

const delimiters: readonly (readonly string[])[] = [
  ['fields', 'terminated', 'by'],
  ['escaped', 'by'],
  ['lines', 'terminated', 'by'],
  ['collection', 'items', 'terminated', 'by'],
  ['map', 'keys', 'terminated', 'by'],
  ['null', 'defined', 'as'],
];

/** `('name' = 'value', …)`; the guide's examples end some lists with a comma. */
function parseSerdeProperties(cursor: TokenCursor): Record<string, string> {
  const properties: Record<string, string> = {};
  cursor.expectPunctuation('(');
  do {
    if (cursor.atPunctuation(')')) break;
    const name = parseText(cursor);
    if (!cursor.acceptOperator('=')) cursor.fail();
    properties[name] = parseText(cursor);
  } while (cursor.acceptPunctuation(','));
  cursor.expectPunctuation(')');
  return properties;
}

function parseStoredAs(cursor: TokenCursor, options: Record<string, string>): void {
  if (!cursor.accept('inputformat')) {
    options['stored as'] = parseWordText(cursor);
    return;
  }
  options['stored as inputformat'] = parseText(cursor);
  cursor.expect('outputformat');
  options.outputformat = parseText(cursor);
}
