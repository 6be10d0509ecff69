import type { AlterDefaultPrivileges, GrantObject, GrantStatement, Privilege, RevokeStatement } from '../ast/grant.js';
import { parseBehaviour } from './alter-table.js';
import { parseGrantees, parsePrincipalName } from './grantee.js';
import { parseName, parseNameList, parseRelationName } from './names.js';
import { parseText } from './option-values.js';
import { parseRoutineSignature } from './routine-parameters.js';
import type { TokenCursor } from './token-cursor.js';

/**
 * "GRANT", in the forms for privileges on objects, scoped permissions, system permissions, roles, datashares and
 * ASSUMEROLE.
 */
export function parseGrant(cursor: TokenCursor): GrantStatement {
  const { start } = cursor;
  cursor.expect('grant');
  const privileges = cursor.list(parsePrivilege);
  const object = parseObject(cursor, privileges);
  cursor.expect('to');
  const grantees = parseGrantees(cursor, 'to');
  const purposes = parsePurposes(cursor);
  return { kind: 'grant', start, end: cursor.end, privileges, object, grantees, purposes };
}

/** "REVOKE". */
export function parseRevoke(cursor: TokenCursor): RevokeStatement {
  const { start } = cursor;
  cursor.expect('revoke');
  let optionFor: 'grant' | 'admin' | undefined;
  if (cursor.acceptWords('grant', 'option', 'for')) optionFor = 'grant';
  else if (cursor.acceptWords('admin', 'option', 'for')) optionFor = 'admin';
  const privileges = cursor.list(optionFor === 'admin' ? parseRole : parsePrivilege);
  const object = parseObject(cursor, privileges);
  cursor.expect('from');
  const grantees = parseGrantees(cursor, 'from');
  const purposes = parsePurposes(cursor);
  const cascade = parseBehaviour(cursor);
  return { kind: 'revoke', start, end: cursor.end, optionFor, privileges, object, grantees, purposes, cascade };
}

/** Privileges that are one word. */
const objectPrivileges: ReadonlySet<string> = new Set(
  'select insert update delete drop references alter truncate create usage temporary temp execute share assumerole rule trigger'.split(
    ' ',
  ),
);

/** "Managing database permissions": what roles can be granted; none begins another. */
const systemPrivileges: readonly (readonly string[])[] = `
  create user|drop user|alter user|create role|drop role|create schema|drop schema|alter default privileges|access catalog
  access system table|create table|drop table|alter table|truncate table|create or replace function|create function
  create or replace external function|create external function|drop function|create or replace procedure|create procedure|drop procedure
  create or replace view|create view|drop view|create model|drop model|create datashare|alter datashare|drop datashare
  create library|create or replace library|drop library|vacuum|analyze|cancel|ignore rls|explain rls|explain masking|create template
`
  .trim()
  .split(/[|\n]/)
  .map((phrase) => phrase.trim().split(' '));

function parsePrivilege(cursor: TokenCursor): Privilege {
  const { start } = cursor;
  const system = systemPrivileges.find((words) => cursor.atWords(...words));
  if (system && !isFollowedByColumnsOrList(cursor, system.length)) {
    cursor.expect(...system);
    return { kind: 'privilege', start, end: cursor.end, name: system.join(' '), columns: [], role: undefined };
  }
  if (cursor.accept('all')) {
    cursor.accept('privileges');
    return privilege(cursor, start, 'all');
  }
  if (cursor.atAny(objectPrivileges)) return privilege(cursor, start, cursor.advance().text);
  return parseRole(cursor);
}

/** `CREATE`, `DROP` and `ALTER` are privileges of objects too: then a comma, ON or FOR follows at once. */
function isFollowedByColumnsOrList(cursor: TokenCursor, length: number): boolean {
  return length === 1 && cursor.peek().kind === 'punctuation' && cursor.peek().text === '(';
}

function privilege(cursor: TokenCursor, start: number, name: string): Privilege {
  const columns = cursor.atPunctuation('(') ? parseNameList(cursor) : [];
  return { kind: 'privilege', start, end: cursor.end, name, columns, role: undefined };
}

/** `ROLE name`; the word ROLE is left out in some of the guide's examples. */
function parseRole(cursor: TokenCursor): Privilege {
  const { start } = cursor;
  if (cursor.at('role') && !['to', 'from'].includes(cursor.peek().text)) cursor.advance();
  const role = parsePrincipalName(cursor);
  return { kind: 'privilege', start, end: cursor.end, name: 'role', columns: [], role };
}

interface ObjectForm {
  readonly words: readonly string[];
  readonly type: string;
  readonly name: (cursor: TokenCursor) => void;
}

function routine(cursor: TokenCursor): void {
  parseRoutineSignature(cursor);
}

function relation(cursor: TokenCursor): void {
  parseRelationName(cursor);
}

const objectForms: readonly ObjectForm[] = [
  ...['tables', 'functions', 'procedures'].map((what) => ({
    words: ['all', what, 'in', 'schema'],
    type: `all ${what} in schema`,
    name: relation,
  })),
  { words: ['external', 'table'], type: 'external table', name: relation },
  { words: ['external', 'schema'], type: 'external schema', name: relation },
  { words: ['external', 'column'], type: 'external column', name: relation },
  { words: ['copy', 'job'], type: 'copy job', name: relation },
  { words: ['identity', 'provider'], type: 'identity provider', name: relation },
  { words: ['function'], type: 'function', name: routine },
  { words: ['procedure'], type: 'procedure', name: routine },
  ...['table', 'database', 'schema', 'language', 'model', 'datashare', 'template', 'library', 'role'].map((what) => ({
    words: [what],
    type: what,
    name: relation,
  })),
];

/** `ON object`, or `FOR objects IN container` of scoped permissions; undefined for system permissions and roles. */
function parseObject(cursor: TokenCursor, privileges: readonly Privilege[]): GrantObject | undefined {
  const { start } = cursor;
  const roles = privileges.filter(({ role }) => role !== undefined);
  if (roles.length > 0) {
    // Roles are granted by themselves and on nothing.
    if (roles.length < privileges.length) cursor.fail(cursor.previous());
    return undefined;
  }
  if (cursor.accept('for')) return parseScope(cursor, start);
  if (!cursor.accept('on')) return undefined;
  if (privileges.some(({ name }) => name === 'assumerole')) return parseIamRoles(cursor, start);
  const form = objectForms.find(({ words }) => cursor.acceptWords(...words));
  const names = cursor.list((c) => {
    const from = c.start;
    (form?.name ?? relation)(c);
    return c.source.slice(from, c.end);
  });
  return { kind: 'grant_object', start, end: cursor.end, type: form?.type ?? 'table', names };
}

function parseIamRoles(cursor: TokenCursor, start: number): GrantObject {
  const word = cursor.acceptOne('default', 'all');
  const names = word ? [word] : cursor.list(parseText);
  return { kind: 'grant_object', start, end: cursor.end, type: 'iam role', names };
}

/** `FOR {SCHEMAS | TABLES | …} IN {SCHEMA s [DATABASE d] | DATABASE d}`. */
function parseScope(cursor: TokenCursor, start: number): GrantObject {
  let what: string = cursor.expectOne(
    'schemas',
    'tables',
    'functions',
    'procedures',
    'languages',
    'models',
    'templates',
    'copy',
  );
  if (what === 'copy') {
    cursor.expect('jobs');
    what = 'copy jobs';
  }
  cursor.expect('in');
  const container = cursor.expectOne('schema', 'database');
  const from = cursor.start;
  parseRelationName(cursor);
  if (container === 'schema' && cursor.accept('database')) parseName(cursor);
  const names = [cursor.source.slice(from, cursor.end)];
  return { kind: 'grant_object', start, end: cursor.end, type: `${what} in ${container}`, names };
}

/** `FOR {ALL | COPY | UNLOAD | EXTERNAL FUNCTION | CREATE MODEL} [, …]` of ASSUMEROLE. */
function parsePurposes(cursor: TokenCursor): string[] {
  if (!cursor.accept('for')) return [];
  return cursor.list((c) => {
    const word = c.expectOne('all', 'copy', 'unload', 'external', 'create');
    if (word === 'external') c.expect('function');
    if (word === 'create') c.expect('model');
    return word === 'external' ? 'external function' : word === 'create' ? 'create model' : word;
  });
}

/** "ALTER DEFAULT PRIVILEGES", from DEFAULT on. */
export function parseAlterDefaultPrivileges(cursor: TokenCursor, start: number): AlterDefaultPrivileges {
  cursor.expect('default', 'privileges');
  const forUsers = cursor.acceptWords('for', 'user') ? cursor.list(parseName) : [];
  const inSchemas = cursor.acceptWords('in', 'schema') ? cursor.list(parseName) : [];
  const action = cursor.expectOne('grant', 'revoke');
  const optionFor = action === 'revoke' && cursor.acceptWords('grant', 'option', 'for') ? 'grant' : undefined;
  const privileges = cursor.list(parsePrivilege);
  cursor.expect('on');
  const objectType = cursor.expectOne('tables', 'functions', 'procedures');
  const preposition = action === 'grant' ? 'to' : 'from';
  cursor.expect(preposition);
  const grantees = parseGrantees(cursor, preposition);
  const cascade = action === 'revoke' && parseBehaviour(cursor);
  return {
    kind: 'alter_default_privileges',
    start,
    end: cursor.end,
    forUsers,
    inSchemas,
    action,
    optionFor,
    privileges,
    objectType,
    grantees,
    cascade,
  };
}
