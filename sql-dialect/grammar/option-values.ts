import type { Token } from '../lexer/token.js';
import { isFunctionName } from './names.js';
import type { TokenCursor } from './token-cursor.js';

/** A string's decoded text (lines joined). */
export function parseText(cursor: TokenCursor): string {
  if (cursor.token.kind !== 'string' && cursor.token.kind !== 'dollar') cursor.fail();
  let text = cursor.advance().text;
  while (cursor.token.kind === 'string' && /[\n\r]/.test(cursor.source.slice(cursor.end, cursor.start))) {
    text += cursor.advance().text;
  }
  return text;
}

/** A number as written, with its sign. */
export function parseNumberText(cursor: TokenCursor): string {
  const sign = cursor.atOperator('-') || cursor.atOperator('+') ? cursor.advance().text : '';
  if (cursor.token.kind !== 'number') cursor.fail();
  return (sign === '-' ? '-' : '') + cursor.advance().text;
}

/** A word in lower case, whatever its class. */
export function parseWordText(cursor: TokenCursor): string {
  if (cursor.token.kind !== 'word') cursor.fail();
  return cursor.advance().text;
}

/** True for a word that can be a setting's value: `on`, `true`, `false`, or any that is not reserved. */
export function isValueWord(token: Token): boolean {
  return isFunctionName(token) || token.text === 'on' || token.text === 'true' || token.text === 'false';
}

/** A string, number, word or quoted identifier, as text. */
export function parseScalarText(cursor: TokenCursor): string {
  switch (cursor.token.kind) {
    case 'string':
    case 'dollar':
      return parseText(cursor);
    case 'word':
      if (!isValueWord(cursor.token)) cursor.fail();
      return cursor.source.slice(cursor.advance().start, cursor.end);
    case 'quoted':
      return cursor.advance().text;
    default:
      return parseNumberText(cursor);
  }
}

/** `('name' = 'value', …)`, the form of TABLE PROPERTIES and SERDEPROPERTIES. */
export function parseProperties(cursor: TokenCursor): Record<string, string> {
  const properties: Record<string, string> = {};
  cursor.parenthesizedList((c) => {
    const name = parseText(c);
    if (!c.acceptOperator('=')) c.fail();
    properties[name] = parseText(c);
  });
  return properties;
}

/** The string at the cursor, which moves past it; undefined for any other token. */
export function acceptText(cursor: TokenCursor): string | undefined {
  return cursor.token.kind === 'string' ? parseText(cursor) : undefined;
}
