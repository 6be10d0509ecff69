import type {
  AlterGroup,
  AlterRole,
  AlterUser,
  CreateGroup,
  CreateRole,
  CreateUser,
  PrincipalOptions,
} from '../ast/principal.js';
import { parseName } from './names.js';
import { acceptText, parseNumberText, parseScalarText, parseText } from './option-values.js';
import type { TokenCursor } from './token-cursor.js';

/** "CREATE USER", from USER on. */
export function parseCreateUser(cursor: TokenCursor, start: number): CreateUser {
  cursor.expect('user');
  const name = parseName(cursor);
  cursor.accept('with');
  const options = parseOptions(cursor, false);
  return { kind: 'create_user', start, end: cursor.end, name, options };
}

/** "ALTER USER", from USER on. */
export function parseAlterUser(cursor: TokenCursor, start: number): AlterUser {
  cursor.expect('user');
  const name = parseName(cursor);
  cursor.accept('with');
  if (cursor.atStatementEnd()) cursor.fail();
  const options = parseOptions(cursor, true);
  return { kind: 'alter_user', start, end: cursor.end, name, options };
}

function parseOptions(cursor: TokenCursor, altering: boolean): PrincipalOptions {
  const options: Record<string, string | true | readonly string[]> = {};
  while (!cursor.atStatementEnd()) {
    const { token } = cursor;
    const option = parseCommonOption(cursor) ?? (altering ? parseAlterOption(cursor) : undefined);
    if (option === undefined) return cursor.fail();
    const [name, value] = option;
    if (name in options) cursor.fail(token);
    options[name] = value;
    cursor.acceptPunctuation(',');
  }
  return options;
}

type Option = readonly [name: string, value: string | true | readonly string[]];

function parseCommonOption(cursor: TokenCursor): Option | undefined {
  const flag = cursor.acceptOne('createdb', 'nocreatedb', 'createuser', 'nocreateuser');
  if (flag) return [flag, true];
  if (cursor.acceptWords('syslog', 'access')) return ['syslog access', cursor.expectOne('restricted', 'unrestricted')];
  if (cursor.acceptWords('in', 'group')) return ['in group', cursor.list(parseName).map(({ value }) => value)];
  if (cursor.acceptWords('valid', 'until')) return ['valid until', parseText(cursor)];
  if (cursor.acceptWords('connection', 'limit')) return ['connection limit', parseLimit(cursor)];
  if (cursor.acceptWords('session', 'timeout')) return ['session timeout', parseNumberText(cursor)];
  if (cursor.accept('externalid')) return ['externalid', parseExternalId(cursor)];
  if (cursor.accept('password')) {
    if (cursor.accept('disable')) return ['password', true];
    return ['password', parseText(cursor)];
  }
  return undefined;
}

export function parseLimit(cursor: TokenCursor): string {
  return cursor.accept('unlimited') ? 'unlimited' : parseNumberText(cursor);
}

function parseAlterOption(cursor: TokenCursor): Option | undefined {
  if (cursor.acceptWords('rename', 'to')) return ['rename to', parseName(cursor).value];
  if (cursor.acceptWords('reset', 'session', 'timeout')) return ['reset session timeout', true];
  if (cursor.accept('reset')) return ['reset', parseName(cursor).value];
  if (cursor.accept('set')) {
    const { value } = parseName(cursor);
    if (!cursor.accept('to') && !cursor.acceptOperator('=')) cursor.fail();
    if (cursor.accept('default')) return ['set', [value, 'default']];
    return ['set', [value, ...cursor.list(parseScalarText)]];
  }
  return undefined;
}

/** "CREATE GROUP", from GROUP on. */
export function parseCreateGroup(cursor: TokenCursor, start: number): CreateGroup {
  cursor.expect('group');
  const name = parseName(cursor);
  cursor.accept('with');
  const users = cursor.accept('user') ? cursor.list(parseName) : [];
  return { kind: 'create_group', start, end: cursor.end, name, users };
}

/** "ALTER GROUP", from GROUP on. */
export function parseAlterGroup(cursor: TokenCursor, start: number): AlterGroup {
  cursor.expect('group');
  const name = parseName(cursor);
  const word = cursor.expectOne('add', 'drop', 'rename');
  if (word === 'rename') {
    cursor.expect('to');
    const to = parseName(cursor);
    return { kind: 'alter_group', start, end: cursor.end, name, action: 'rename', users: [], to };
  }
  cursor.expect('user');
  const users = cursor.list(parseName);
  return { kind: 'alter_group', start, end: cursor.end, name, action: `${word} user`, users, to: undefined };
}

/** "CREATE ROLE", from ROLE on. */
export function parseCreateRole(cursor: TokenCursor, start: number): CreateRole {
  cursor.expect('role');
  const name = parseName(cursor);
  const externalId = cursor.accept('externalid') ? parseExternalId(cursor) : undefined;
  return { kind: 'create_role', start, end: cursor.end, name, externalId };
}

function parseExternalId(cursor: TokenCursor): string {
  return acceptText(cursor) ?? parseName(cursor).value;
}

/** "ALTER ROLE", from ROLE on. */
export function parseAlterRole(cursor: TokenCursor, start: number): AlterRole {
  cursor.expect('role');
  const name = parseName(cursor);
  cursor.accept('with');
  const word = cursor.expectOne('rename', 'owner', 'externalid');
  if (word === 'externalid') {
    cursor.accept('to');
    const to = parseExternalId(cursor);
    return { kind: 'alter_role', start, end: cursor.end, name, action: 'external id', to };
  }
  cursor.expect('to');
  const to = parseName(cursor).value;
  return { kind: 'alter_role', start, end: cursor.end, name, action: word, to };
}
