import type {
  ResetStatement,
  SetSessionAuthorization,
  SetStatement,
  SettingValue,
  ShowStatement,
  UseStatement,
} from '../ast/session.js';
import type { SetTransaction } from '../ast/transaction.js';
import { parseName } from './names.js';
import { isValueWord, parseText } from './option-values.js';
import type { TokenCursor } from './token-cursor.js';
import { parseSetTransaction } from './transaction.js';
import { parseIntervalFields } from './types.js';

/** "SET", "SET SESSION AUTHORIZATION", "SET SESSION CHARACTERISTICS", SET TRANSACTION. */
export function parseSet(cursor: TokenCursor): SetStatement | SetSessionAuthorization | SetTransaction {
  const { start } = cursor;
  cursor.expect('set');
  if (cursor.at('transaction') && !isAssignment(cursor)) return parseSetTransaction(cursor, start, false);
  if (cursor.acceptWords('session', 'characteristics')) {
    cursor.expect('as');
    return parseSetTransaction(cursor, start, true);
  }
  let local = false;
  if ((cursor.at('local') || cursor.at('session')) && !isAssignment(cursor)) {
    if (cursor.at('local') || !cursor.atWords('session', 'authorization')) local = cursor.advance().text === 'local';
  }
  if (cursor.acceptWords('session', 'authorization')) return parseAuthorization(cursor, start, local);
  if (cursor.acceptWords('time', 'zone')) {
    // A zone's bare name is an identifier, not a keyword.
    if (cursor.at('time') || cursor.at('zone')) cursor.fail();
    const values = parseValues(cursor, 'timezone');
    return { kind: 'set', start, end: cursor.end, name: 'timezone', values: asSetting(values), local };
  }
  const name = parseSettingName(cursor);
  // `SET TIMEZONE INTERVAL '…'` is documented without TO.
  if (!cursor.accept('to') && !cursor.acceptOperator('=') && !(name === 'timezone' && cursor.at('interval'))) {
    cursor.fail();
  }
  const values = parseValues(cursor, name);
  return { kind: 'set', start, end: cursor.end, name, values, local };
}

/** True when the word at the cursor is a setting's name because TO or `=` follows. */
function isAssignment(cursor: TokenCursor): boolean {
  const next = cursor.peek();
  return (next.kind === 'word' && next.text === 'to') || (next.kind === 'operator' && next.text === '=');
}

/** A setting's name in lower case; session context variables have a dot. */
function parseSettingName(cursor: TokenCursor): string {
  let name = settingWord(cursor);
  while (cursor.acceptPunctuation('.')) name += `.${settingWord(cursor)}`;
  return name;
}

function settingWord(cursor: TokenCursor): string {
  return parseName(cursor).value.toLowerCase();
}

/** The values; none for DEFAULT. */
function parseValues(cursor: TokenCursor, name: string): SettingValue[] {
  if (cursor.accept('default')) return [];
  return cursor.list((c) => parseValue(c, name));
}

/** `SET TIME ZONE LOCAL` means the default. */
function asSetting(values: readonly SettingValue[]): readonly SettingValue[] {
  return values.length === 1 && values[0]?.text.toLowerCase() === 'local' ? [] : values;
}

function parseValue(cursor: TokenCursor, name: string): SettingValue {
  const { start, token } = cursor;
  if (name === 'timezone' && cursor.at('interval') && cursor.peek().kind === 'string') {
    cursor.advance();
    const text = parseText(cursor);
    parseIntervalFields(cursor);
    return { kind: 'setting_value', start, end: cursor.end, type: 'interval', text };
  }
  switch (token.kind) {
    case 'string':
    case 'dollar':
      return { kind: 'setting_value', start, type: 'string', text: parseText(cursor), end: cursor.end };
    case 'word': {
      if (!isValueWord(token)) cursor.fail();
      cursor.advance();
      const text = cursor.source.slice(start, token.end);
      return { kind: 'setting_value', start, end: token.end, type: 'word', text };
    }
    case 'quoted':
      cursor.advance();
      return { kind: 'setting_value', start, end: token.end, type: 'quoted', text: token.text };
    case 'operator':
    case 'number': {
      const negative = cursor.acceptOperator('-');
      if (!negative) cursor.acceptOperator('+');
      if (cursor.token.kind !== 'number') cursor.fail();
      const { text, end } = cursor.advance();
      return { kind: 'setting_value', start, end, type: 'number', text: negative ? `-${text}` : text };
    }
    default:
      return cursor.fail();
  }
}

function parseAuthorization(cursor: TokenCursor, start: number, local: boolean): SetSessionAuthorization {
  let user: string | undefined;
  if (cursor.token.kind === 'string') user = parseText(cursor);
  else if (!cursor.accept('default')) {
    const { value, quoted } = parseName(cursor);
    user = quoted ? value : value.toLowerCase();
  }
  return { kind: 'set_session_authorization', start, end: cursor.end, local, user };
}

/** "RESET". */
export function parseReset(cursor: TokenCursor): ResetStatement | SetSessionAuthorization {
  const { start } = cursor;
  cursor.expect('reset');
  if (cursor.acceptWords('session', 'authorization')) {
    return { kind: 'set_session_authorization', start, end: cursor.end, local: false, user: undefined };
  }
  const name = parseShown(cursor);
  return { kind: 'reset', start, end: cursor.end, name };
}

/** `SHOW setting`, after the forms that show catalog objects were ruled out. */
export function parseShowSetting(cursor: TokenCursor, start: number): ShowStatement {
  const name = parseShown(cursor);
  return { kind: 'show', start, end: cursor.end, name };
}

/** A setting's name, ALL, or one of SQL's names of several words. */
function parseShown(cursor: TokenCursor): string {
  if (cursor.accept('all')) return 'all';
  if (cursor.acceptWords('time', 'zone')) return 'timezone';
  if (cursor.acceptWords('session', 'authorization')) return 'session_authorization';
  if (cursor.acceptWords('transaction', 'isolation', 'level')) return 'transaction_isolation';
  return parseSettingName(cursor);
}

/** "USE". */
export function parseUse(cursor: TokenCursor): UseStatement {
  const { start } = cursor;
  cursor.expect('use');
  const database = parseName(cursor);
  return { kind: 'use', start, end: cursor.end, database };
}
