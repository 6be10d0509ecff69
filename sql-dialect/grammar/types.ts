import type { TypeName } from '../ast/expression.js';
import type { Identifier } from '../ast/node.js';
import { notTypeWords } from './keywords.js';
import { isFunctionName, parseLabel, takeIdentifier } from './names.js';
import type { TokenCursor } from './token-cursor.js';

/**
 * A type: one name with an optional schema and modifiers, or one of the types whose names are several words.
 *
 * Redshift: "Data types"; PostgreSQL's array suffixes are read because catalog queries use them.
 */
export function parseTypeName(cursor: TokenCursor): TypeName {
  const { start } = cursor;
  let schema: Identifier | undefined;
  if (!isFunctionName(cursor.token) || (cursor.token.kind === 'word' && notTypeWords.has(cursor.token.text))) {
    cursor.fail();
  }
  if (cursor.peek().kind === 'punctuation' && cursor.peek().text === '.') {
    schema = takeIdentifier(cursor);
    cursor.advance();
  }
  const type = schema ? qualifiedType(cursor) : unqualifiedType(cursor);
  const array = parseArrayBounds(cursor);
  return { kind: 'type_name', start, end: cursor.end, name: type.name, modifiers: type.modifiers, schema, array };
}

interface BareType {
  readonly name: string;
  readonly modifiers: readonly (number | 'max')[];
}

function qualifiedType(cursor: TokenCursor): BareType {
  const { value, quoted } = parseLabel(cursor);
  return { name: quoted ? value : value.toLowerCase(), modifiers: parseModifiers(cursor) };
}

function unqualifiedType(cursor: TokenCursor): BareType {
  const { kind, text } = cursor.advance();
  if (kind === 'quoted') return { name: text, modifiers: parseModifiers(cursor) };
  switch (text) {
    case 'double':
      // `double` alone is a name like any other; type resolution says whether it exists.
      return { name: cursor.accept('precision') ? 'double precision' : 'double', modifiers: [] };
    case 'national':
      return withVarying(cursor, `national ${cursor.expectOne('character', 'char')}`);
    case 'character':
    case 'char':
    case 'nchar':
    case 'bit':
    case 'binary':
      return withVarying(cursor, text);
    case 'time':
    case 'timestamp': {
      const modifiers = parseModifiers(cursor);
      if (cursor.atWords('with', 'time', 'zone')) return zoned(cursor, `${text} with time zone`, modifiers);
      if (cursor.atWords('without', 'time', 'zone')) return zoned(cursor, `${text} without time zone`, modifiers);
      return { name: text, modifiers };
    }
    case 'interval': {
      const before = parseModifiers(cursor);
      const fields = parseIntervalFields(cursor);
      if (fields === undefined) return { name: 'interval', modifiers: before };
      return {
        name: `interval ${fields.toLowerCase()}`,
        modifiers: before.length > 0 ? before : parseModifiers(cursor),
      };
    }
    default:
      return { name: text, modifiers: parseModifiers(cursor) };
  }
}

function withVarying(cursor: TokenCursor, name: string): BareType {
  const full = cursor.accept('varying') ? `${name} varying` : name;
  return { name: full, modifiers: parseModifiers(cursor) };
}

function zoned(cursor: TokenCursor, name: string, modifiers: readonly (number | 'max')[]): BareType {
  for (let i = 0; i < 3; i++) cursor.advance();
  return { name, modifiers };
}

function parseModifiers(cursor: TokenCursor): (number | 'max')[] {
  if (!cursor.atPunctuation('(')) return [];
  return cursor.parenthesizedList((c) => {
    if (c.accept('max')) return 'max';
    const negative = c.acceptOperator('-');
    const value = parseInteger(c);
    return negative ? -value : value;
  });
}

function parseArrayBounds(cursor: TokenCursor): boolean {
  let array = false;
  while (cursor.atPunctuation('[')) {
    const next = cursor.peek();
    const bounded = next.kind === 'number';
    const close = bounded ? cursor.peek(2) : next;
    if (close.kind !== 'punctuation' || close.text !== ']') break;
    for (let i = bounded ? 3 : 2; i > 0; i--) cursor.advance();
    array = true;
  }
  return array;
}

/** A whole number without a sign. */
export function parseInteger(cursor: TokenCursor): number {
  const { token } = cursor;
  if (token.kind !== 'number' || !/^[0-9]+$/.test(token.text)) cursor.fail();
  cursor.advance();
  return Number(token.text);
}

const intervalFields: readonly string[] = ['year', 'month', 'day', 'hour', 'minute', 'second'];

/** `YEAR`, `DAY TO SECOND` … in upper case, or undefined. A precision after SECOND is left to the caller. */
export function parseIntervalFields(cursor: TokenCursor): string | undefined {
  if (cursor.token.kind !== 'word' || !intervalFields.includes(cursor.token.text)) return undefined;
  const from = cursor.advance().text;
  if (!cursor.at('to')) return from.toUpperCase();
  cursor.advance();
  const to = cursor.token.text;
  const order = from === 'year' ? ['month'] : intervalFields.slice(Math.max(intervalFields.indexOf(from) + 1, 3));
  if (cursor.token.kind !== 'word' || from === 'month' || !order.includes(to)) cursor.fail();
  cursor.advance();
  return `${from} to ${to}`.toUpperCase();
}
