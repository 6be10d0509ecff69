import type { ManagedObjectStatement } from '../ast/managed-object.js';
import { parseExpression } from './expression.js';
import { parseGrantees } from './grantee.js';
import { type Clauses, managed, parseNameText } from './managed-object.js';
import { isName, parseName } from './names.js';
import { parseNumberText } from './option-values.js';
import { parseSteps } from './primary.js';
import type { TokenCursor } from './token-cursor.js';
import { parseTypeName } from './types.js';

/** {CREATE | ALTER} {MASKING | RLS} POLICY, from MASKING or RLS on. */
export function parsePolicy(cursor: TokenCursor, start: number, action: 'create' | 'alter'): ManagedObjectStatement {
  const family = cursor.expectOne('masking', 'rls');
  cursor.expect('policy');
  const clauses: Clauses = {};
  if (action === 'create' && cursor.acceptWords('if', 'not', 'exists')) clauses['if not exists'] = true;
  const name = parseNameText(cursor);
  if (action === 'create' && cursor.acceptWords('if', 'not', 'exists')) clauses['if not exists'] = true;
  if (action === 'create' && (family === 'masking' || cursor.at('with'))) {
    cursor.expect('with');
    clauses.with = cursor.parenthesizedList(parseTypedColumn);
    if (cursor.accept('as') || isName(cursor.token)) clauses.alias = parseName(cursor).value;
  }
  cursor.expect('using');
  cursor.expectPunctuation('(');
  const from = cursor.start;
  cursor.list((c) => parseExpression(c));
  clauses.using = cursor.source.slice(from, cursor.end);
  cursor.expectPunctuation(')');
  return managed(cursor, start, `${action}_${family}_policy`, name, clauses);
}

function parseTypedColumn(cursor: TokenCursor): string {
  const { start } = cursor;
  parseName(cursor);
  parseTypeName(cursor);
  return cursor.source.slice(start, cursor.end);
}

/** "ATTACH MASKING POLICY", "ATTACH RLS POLICY". */
export function parseAttach(cursor: TokenCursor): ManagedObjectStatement {
  const { start } = cursor;
  cursor.expect('attach');
  return parseAttachments(cursor, start, 'attach');
}

/** "DETACH MASKING POLICY", "DETACH RLS POLICY". */
export function parseDetach(cursor: TokenCursor): ManagedObjectStatement {
  const { start } = cursor;
  cursor.expect('detach');
  return parseAttachments(cursor, start, 'detach');
}

/** `{MASKING | RLS} POLICY name ON t [(columns)] [USING (columns)] {TO | FROM} principal, … [PRIORITY n]`. */
function parseAttachments(cursor: TokenCursor, start: number, action: 'attach' | 'detach'): ManagedObjectStatement {
  const family = cursor.expectOne('masking', 'rls');
  cursor.expect('policy');
  const name = parseNameText(cursor);
  const clauses: Clauses = {};
  cursor.expect('on');
  cursor.accept('table');
  if (family === 'rls') clauses.on = cursor.list(parseNameText);
  else {
    clauses.on = parseNameText(cursor);
    if (cursor.atPunctuation('(')) clauses.columns = cursor.parenthesizedList(parseColumnPath);
    if (cursor.accept('using')) clauses.using = cursor.parenthesizedList(parseColumnPath);
  }
  const preposition = action === 'attach' ? 'to' : 'from';
  cursor.expect(preposition);
  clauses[preposition] = parseGrantees(cursor, preposition).map(({ type, name: grantee }) =>
    grantee === undefined ? type : `${type} ${grantee}`,
  );
  if (family === 'masking' && cursor.accept('priority')) clauses.priority = parseNumberText(cursor);
  return managed(cursor, start, `${action}_${family}_policy`, name, clauses);
}

/** A column, or a path into a SUPER column. */
function parseColumnPath(cursor: TokenCursor): string {
  const { start } = cursor;
  parseName(cursor);
  parseSteps(cursor);
  return cursor.source.slice(start, cursor.end);
}
