import type { AlterDatabase, CreateDatabase } from '../ast/database.js';
import { parseIamRole } from './external-schema.js';
import { parseName, parseRelationName } from './names.js';
import { parseScalarText, parseText } from './option-values.js';
import { parseLimit } from './principal.js';
import type { TokenCursor } from './token-cursor.js';

type Options = Record<string, string>;

/** "CREATE DATABASE", from DATABASE on. */
export function parseCreateDatabase(cursor: TokenCursor, start: number): CreateDatabase {
  cursor.expect('database');
  const name = parseName(cursor);
  const options: Options = {};
  while (!cursor.atStatementEnd()) {
    if (cursor.at('with') && !isCatalogWith(cursor)) cursor.advance();
    const { token } = cursor;
    const before = Object.keys(options).length;
    parseCreateOption(cursor, options);
    if (Object.keys(options).length === before) cursor.fail(token);
  }
  return { kind: 'create_database', start, end: cursor.end, name, options };
}

function isCatalogWith(cursor: TokenCursor): boolean {
  const { text } = cursor.peek();
  return text === 'data' || text === 'no' || text === 'permissions';
}

function parseCreateOption(cursor: TokenCursor, options: Options): void {
  if (parseLocalOption(cursor, options)) return;
  if (cursor.accept('owner')) {
    cursor.acceptOperator('=');
    options.owner = parseName(cursor).value;
  } else if (cursor.accept('iam_role')) options.iam_role = parseIamRole(cursor);
  else if (cursor.acceptWords('with', 'permissions')) options['with permissions'] = 'true';
  else if (cursor.acceptWords('with', 'no', 'data', 'catalog', 'schema')) options['data catalog schema'] = '';
  else if (cursor.acceptWords('with', 'data', 'catalog', 'schema'))
    options['data catalog schema'] = parseScalarText(cursor);
  else if ('from integration' in options && cursor.accept('database')) options.database = parseScalarText(cursor);
  else if (cursor.accept('set')) parseIntegrationSettings(cursor, options);
  else if (cursor.accept('from')) parseSource(cursor, options);
}

/** Options that CREATE and ALTER have in common. */
function parseLocalOption(cursor: TokenCursor, options: Options): boolean {
  if (cursor.acceptWords('connection', 'limit')) options['connection limit'] = parseLimit(cursor);
  else if (cursor.accept('collate')) {
    options.collate = cursor.expectOne('case_sensitive', 'cs', 'case_insensitive', 'ci');
  } else if (cursor.acceptWords('isolation', 'level')) {
    options['isolation level'] = cursor.expectOne('snapshot', 'serializable');
  } else return false;
  return true;
}

function parseSource(cursor: TokenCursor, options: Options): void {
  switch (cursor.expectOne('arn', 'integration', 'datashare')) {
    case 'arn':
      options['from arn'] = parseText(cursor);
      return;
    case 'integration':
      options['from integration'] = parseText(cursor);
      return;
    case 'datashare':
      options['from datashare'] = parseName(cursor).value;
      parseDatashareOwner(cursor, options);
  }
}

/** `OF [ACCOUNT 'id'] NAMESPACE 'guid'`. */
export function parseDatashareOwner(cursor: TokenCursor, options: Options): void {
  cursor.expect('of');
  if (cursor.accept('account')) {
    options.account = parseScalarText(cursor);
    if (!cursor.at('namespace')) return;
  }
  cursor.expect('namespace');
  options.namespace = parseScalarText(cursor);
}

const integrationSettings: ReadonlySet<string> = new Set([
  'acceptinvchars',
  'query_all_states',
  'refresh_interval',
  'truncatecolumns',
  'history_mode',
]);

/** `name [=] value …`, at least one. */
function parseIntegrationSettings(cursor: TokenCursor, options: Options): void {
  do {
    if (!cursor.atAny(integrationSettings)) cursor.fail();
    const { text } = cursor.advance();
    cursor.acceptOperator('=');
    options[text] = parseScalarText(cursor);
  } while (cursor.atAny(integrationSettings));
}

/** "ALTER DATABASE", from DATABASE on. */
export function parseAlterDatabase(cursor: TokenCursor, start: number): AlterDatabase {
  cursor.expect('database');
  const name = parseName(cursor);
  const options: Options = {};
  if (cursor.acceptWords('rename', 'to')) options['rename to'] = parseName(cursor).value;
  else if (cursor.acceptWords('owner', 'to')) options.owner = parseName(cursor).value;
  else if (cursor.accept('integration')) parseIntegrationChange(cursor, options);
  else {
    cursor.accept('with');
    if (!parseLocalOption(cursor, options)) cursor.fail();
    while (parseLocalOption(cursor, options)) {}
  }
  return { kind: 'alter_database', start, end: cursor.end, name, options };
}

/** `INTEGRATION {REFRESH {ALL [ERROR] TABLES | TABLES t, …} [IN SCHEMA s, …] | SET setting = value …}`. */
function parseIntegrationChange(cursor: TokenCursor, options: Options): void {
  if (cursor.accept('set')) {
    parseIntegrationSettings(cursor, options);
    return;
  }
  cursor.expect('refresh');
  const { start } = cursor;
  if (cursor.accept('all')) {
    cursor.accept('error');
    cursor.expect('tables');
    if (cursor.accept('in')) {
      cursor.expect('schema');
      cursor.list(parseName);
    }
  } else {
    cursor.acceptOne('tables', 'table');
    cursor.list(parseRelationName);
  }
  options['integration refresh'] = cursor.source.slice(start, cursor.end);
}
