import type {
  AlterGroup,
  AlterRole,
  AlterUser,
  CreateGroup,
  CreateRole,
  CreateUser,
  UserOption,
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

function parseOptions(cursor: TokenCursor, altering: boolean): UserOption[] {
  const options: UserOption[] = [];
  while (!cursor.atStatementEnd()) {
    const { token } = cursor;
    const given = parseCommonOption(cursor) ?? (altering ? parseAlterOption(cursor) : undefined);
    if (given === undefined) return cursor.fail();
    if (options.some(({ kind }) => kind === given.kind)) cursor.fail(token);
    options.push({ ...given, start: token.start, end: cursor.end });
    cursor.acceptPunctuation(',');
  }
  return options;
}

type WithoutSpan<O> = O extends UserOption ? Omit<O, 'start' | 'end'> : never;
type Given = WithoutSpan<UserOption>;

function parseCommonOption(cursor: TokenCursor): Given | undefined {
  const flag = cursor.acceptOne('createdb', 'nocreatedb', 'createuser', 'nocreateuser');
  if (flag) {
    const kind = flag.endsWith('createdb') ? 'user_createdb' : 'user_createuser';
    return { kind, on: !flag.startsWith('no') };
  }
  if (cursor.acceptWords('syslog', 'access'))
    return { kind: 'user_syslog_access', access: cursor.expectOne('restricted', 'unrestricted') };
  if (cursor.acceptWords('in', 'group')) return { kind: 'user_groups', groups: cursor.list(parseName) };
  if (cursor.acceptWords('valid', 'until')) return { kind: 'user_valid_until', text: parseText(cursor) };
  if (cursor.acceptWords('connection', 'limit')) {
    const limit = parseLimit(cursor);
    return { kind: 'user_connection_limit', limit: limit === 'unlimited' ? limit : Number(limit) };
  }
  if (cursor.acceptWords('session', 'timeout'))
    return { kind: 'user_session_timeout', seconds: Number(parseNumberText(cursor)) };
  if (cursor.accept('externalid')) return { kind: 'user_externalid', text: parseExternalId(cursor) };
  if (cursor.accept('password'))
    return { kind: 'user_password', text: cursor.accept('disable') ? undefined : parseText(cursor) };
  return undefined;
}

export function parseLimit(cursor: TokenCursor): string {
  return cursor.accept('unlimited') ? 'unlimited' : parseNumberText(cursor);
}

function parseAlterOption(cursor: TokenCursor): Given | undefined {
  if (cursor.acceptWords('rename', 'to')) return { kind: 'user_rename', to: parseName(cursor) };
  if (cursor.acceptWords('reset', 'session', 'timeout')) return { kind: 'user_session_timeout', seconds: undefined };
  if (cursor.accept('reset')) return { kind: 'user_setting', name: parseName(cursor), values: undefined };
  if (cursor.accept('set')) {
    const name = parseName(cursor);
    if (!cursor.accept('to') && !cursor.acceptOperator('=')) cursor.fail();
    const values = cursor.accept('default') ? undefined : cursor.list(parseScalarText);
    return { kind: 'user_setting', name, values };
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
