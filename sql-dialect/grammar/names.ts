import type { Identifier } from '../ast/node.js';
import type { RelationName } from '../ast/query.js';
import type { Token } from '../lexer/token.js';
import { functionOnlyWords, reservedWords } from './keywords.js';
import type { TokenCursor } from './token-cursor.js';

/** True when `token` can name a table or column. */
export function isName(token: Token): boolean {
  if (token.kind === 'word') return !reservedWords.has(token.text) && !functionOnlyWords.has(token.text);
  return token.kind === 'quoted';
}

/** True when `token` can name a function or type. */
export function isFunctionName(token: Token): boolean {
  if (token.kind === 'word') return !reservedWords.has(token.text);
  return token.kind === 'quoted';
}

/** Makes an identifier of the word or quoted identifier at the cursor. */
export function takeIdentifier(cursor: TokenCursor): Identifier {
  const { kind, start, end, text } = cursor.advance();
  if (kind === 'quoted') return { kind: 'identifier', start, end, value: text, quoted: true };
  // A word's text is in lower case; the written case is in the source.
  return { kind: 'identifier', start, end, value: cursor.source.slice(start, end), quoted: false };
}

/** The name of a table, column, schema, user … */
export function parseName(cursor: TokenCursor): Identifier {
  return isName(cursor.token) ? takeIdentifier(cursor) : cursor.fail();
}

/** A label: after AS or a dot any word will do, reserved or not. */
export function parseLabel(cursor: TokenCursor): Identifier {
  return cursor.token.kind === 'word' || cursor.token.kind === 'quoted' ? takeIdentifier(cursor) : cursor.fail();
}

/** A label that may also be written as a string, as in `PIVOT … IN (1 AS 'one')`. */
export function parseLabelOrString(cursor: TokenCursor): Identifier {
  if (cursor.token.kind !== 'string') return parseLabel(cursor);
  const { start, end, text } = cursor.advance();
  return { kind: 'identifier', start, end, value: text, quoted: true };
}

/** `[[database.]schema.]name`. */
export function parseRelationName(cursor: TokenCursor): RelationName {
  const { start } = cursor;
  const parts = [parseName(cursor)];
  while (cursor.atPunctuation('.') && parts.length < 3) {
    cursor.advance();
    parts.push(parseLabel(cursor));
  }
  return { kind: 'relation_name', start, end: cursor.end, parts };
}

/** `(name, …)`. */
export function parseNameList(cursor: TokenCursor): Identifier[] {
  return cursor.parenthesizedList(parseName);
}
