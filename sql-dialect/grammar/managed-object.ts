import type { ManagedObjectStatement } from '../ast/managed-object.js';
import { parseDatashareOwner } from './database.js';
import { parseName, parseRelationName } from './names.js';
import { parseNumberText, parseScalarText, parseText } from './option-values.js';
import { parseRoutineSignature } from './routine-parameters.js';
import type { TokenCursor } from './token-cursor.js';

export type Clauses = Record<string, string | true | readonly string[]>;

/** Makes the node of the statement that began at `start` and ends before the cursor. */
export function managed(
  cursor: TokenCursor,
  start: number,
  command: string,
  name: string | undefined,
  clauses: Clauses,
): ManagedObjectStatement {
  return { kind: 'managed_object', start, end: cursor.end, command, name, clauses };
}

/** A dotted name as written. */
export function parseNameText(cursor: TokenCursor): string {
  const { start, end } = parseRelationName(cursor);
  return cursor.source.slice(start, end);
}

/** "CREATE DATASHARE", from DATASHARE on. */
export function parseCreateDatashare(cursor: TokenCursor, start: number): ManagedObjectStatement {
  cursor.expect('datashare');
  const name = parseNameText(cursor);
  const clauses: Clauses = {};
  cursor.accept('set');
  if (cursor.accept('publicaccessible')) clauses.publicaccessible = parseSwitch(cursor);
  cursor.acceptPunctuation(',');
  if (cursor.accept('managedby')) clauses.managedby = parseScalarText(cursor);
  return managed(cursor, start, 'create_datashare', name, clauses);
}

function parseSwitch(cursor: TokenCursor): string {
  cursor.acceptOperator('=');
  return cursor.expectOne('true', 'false');
}

/** "ALTER DATASHARE", from DATASHARE on. */
export function parseAlterDatashare(cursor: TokenCursor, start: number): ManagedObjectStatement {
  cursor.expect('datashare');
  const name = parseNameText(cursor);
  const clauses: Clauses = {};
  const action = cursor.expectOne('add', 'remove', 'set');
  if (action === 'set') {
    const property = cursor.expectOne('publicaccessible', 'includenew');
    clauses[property] = parseSwitch(cursor);
    if (property === 'includenew') {
      cursor.expect('for', 'schema');
      clauses['for schema'] = parseNameText(cursor);
    }
  } else {
    const all = cursor.accept('all');
    const word = all ? cursor.expectOne('tables', 'functions') : cursor.expectOne('table', 'schema', 'function');
    if (all) cursor.expect('in', 'schema');
    const what = all ? `all ${word} in schema` : word;
    clauses[`${action} ${what}`] = cursor.list(word === 'function' ? parseSignatureText : parseNameText);
  }
  return managed(cursor, start, 'alter_datashare', name, clauses);
}

function parseSignatureText(cursor: TokenCursor): string {
  const { start, end } = parseRoutineSignature(cursor);
  return cursor.source.slice(start, end);
}

/** "DESC DATASHARE" and "DESC IDENTITY PROVIDER". */
export function parseDescribe(cursor: TokenCursor): ManagedObjectStatement {
  const { start } = cursor;
  cursor.expect('desc');
  if (cursor.acceptWords('identity', 'provider')) {
    return managed(cursor, start, 'desc_identity_provider', parseNameText(cursor), {});
  }
  cursor.expect('datashare');
  const name = parseNameText(cursor);
  const clauses: Record<string, string> = {};
  if (cursor.at('of')) parseDatashareOwner(cursor, clauses);
  return managed(cursor, start, 'desc_datashare', name, clauses);
}

/** "CREATE IDENTITY PROVIDER" and "ALTER IDENTITY PROVIDER", from IDENTITY on. */
export function parseIdentityProvider(
  cursor: TokenCursor,
  start: number,
  action: 'create' | 'alter',
): ManagedObjectStatement {
  cursor.expect('identity', 'provider');
  const name = parseNameText(cursor);
  const clauses: Clauses = {};
  if (action === 'create' || cursor.at('type')) {
    cursor.expect('type');
    clauses.type = parseScalarText(cursor);
  } else if (cursor.atStatementEnd()) cursor.fail();
  while (!cursor.atStatementEnd()) {
    if (cursor.accept('auto_create_roles')) {
      clauses.auto_create_roles = cursor.acceptOne('true', 'false') ?? true;
      const choice = cursor.acceptOne('include', 'exclude');
      if (choice) {
        cursor.expect('groups', 'like');
        clauses[`${choice} groups like`] = parseText(cursor);
      }
      continue;
    }
    const flag = cursor.acceptOne('disable', 'enable');
    if (flag) {
      clauses[flag] = true;
      continue;
    }
    const word = cursor.expectOne('namespace', 'parameters', 'application_arn', 'iam_role');
    clauses[word] = word === 'iam_role' && cursor.accept('default') ? 'default' : parseText(cursor);
  }
  return managed(cursor, start, `${action}_identity_provider`, name, clauses);
}

/** "ALTER SYSTEM", from SYSTEM on. */
export function parseAlterSystem(cursor: TokenCursor, start: number): ManagedObjectStatement {
  cursor.expect('system', 'set');
  const { value } = parseName(cursor);
  if (!cursor.accept('to') && !cursor.acceptOperator('=')) cursor.fail();
  return managed(cursor, start, 'alter_system', undefined, { [value]: parseScalarText(cursor) });
}

/** "CREATE TEMPLATE" and "ALTER TEMPLATE", from TEMPLATE on. The parameters stay as written. */
export function parseTemplate(
  cursor: TokenCursor,
  start: number,
  action: 'create' | 'alter',
  orReplace: boolean,
): ManagedObjectStatement {
  cursor.expect('template');
  const name = parseNameText(cursor);
  const clauses: Clauses = {};
  if (orReplace) clauses['or replace'] = true;
  if (action === 'create') {
    cursor.expect('for');
    clauses.for = cursor.expectOne('copy', 'unload');
    cursor.accept('as');
  } else {
    const word = cursor.expectOne('rename', 'owner', 'add', 'drop', 'set');
    if (word === 'rename' || word === 'owner') {
      cursor.expect('to');
      clauses[`${word} to`] = parseName(cursor).value;
      return managed(cursor, start, 'alter_template', name, clauses);
    }
    clauses.action = word;
  }
  const from = cursor.start;
  while (!cursor.atStatementEnd()) parseTemplateParameter(cursor);
  clauses.parameters = cursor.source.slice(from, Math.max(from, cursor.end));
  return managed(cursor, start, `${action}_template`, name, clauses);
}

function parseTemplateParameter(cursor: TokenCursor): void {
  switch (cursor.token.kind) {
    case 'word':
    case 'string':
      cursor.advance();
      return;
    default:
      parseNumberText(cursor);
  }
}
