import type { Grantee, GranteeType } from '../ast/grant.js';
import { isName, parseLabel, parseName } from './names.js';
import { parseScalarText, parseText } from './option-values.js';
import type { TokenCursor } from './token-cursor.js';

/** Grantees after TO or FROM; the guide also repeats the preposition before each (`TO ROLE a, TO ROLE b`). */
export function parseGrantees(cursor: TokenCursor, preposition: 'to' | 'from'): Grantee[] {
  return cursor.list((c) => {
    if (c.previous().text === ',') c.accept(preposition);
    return parseGrantee(c);
  });
}

function parseGrantee(cursor: TokenCursor): Grantee {
  const { start } = cursor;
  const { type, name } = parsePrincipal(cursor);
  const viaDataCatalog = cursor.acceptWords('via', 'data', 'catalog');
  let option: Grantee['option'];
  if (cursor.acceptWords('with', 'grant', 'option')) option = 'grant';
  else if (cursor.acceptWords('with', 'admin', 'option')) option = 'admin';
  return { kind: 'grantee', start, end: cursor.end, type, name, option, viaDataCatalog };
}

function parsePrincipal(cursor: TokenCursor): { type: GranteeType; name: string | undefined } {
  if (cursor.accept('public')) return { type: 'public', name: undefined };
  if (cursor.acceptWords('rls', 'policy')) return { type: 'rls policy', name: parseName(cursor).value };
  if (cursor.acceptWords('masking', 'policy')) return { type: 'masking policy', name: parseName(cursor).value };
  if (cursor.accept('user')) return { type: 'user', name: parsePrincipalName(cursor) };
  const next = cursor.peek();
  if (cursor.at('iam_role') && next.kind === 'string') {
    cursor.advance();
    return { type: 'iam_role', name: parseText(cursor) };
  }
  const named = next.kind === 'string' || next.kind === 'number' || isName(next);
  if (cursor.at('group') || (named && cursor.at('role'))) {
    const type = cursor.expectOne('group', 'role');
    return { type, name: parsePrincipalName(cursor) };
  }
  if (named && (cursor.at('account') || cursor.at('namespace'))) {
    const type = cursor.expectOne('account', 'namespace');
    return { type, name: parseScalarText(cursor) };
  }
  return { type: 'user', name: parsePrincipalName(cursor) };
}

/** A user, group or role; names of system roles and federated users have a prefix (`sys:dba`, `IAM:bob`). */
export function parsePrincipalName(cursor: TokenCursor): string {
  const { value } = parseName(cursor);
  if (!cursor.acceptPunctuation(':')) return value;
  return `${value}:${parseLabel(cursor).value}`;
}
