import type { Statement } from '../ast/statement.js';
import { parseAlterTable } from './alter-table.js';
import { parseAlterDatabase } from './database.js';
import { parseAlterExternalSchema } from './external-schema.js';
import { parseAlterDefaultPrivileges } from './grant.js';
import { parseAlterDatashare, parseAlterSystem, parseIdentityProvider, parseTemplate } from './managed-object.js';
import { parsePolicy } from './policy.js';
import { parseAlterGroup, parseAlterRole, parseAlterUser } from './principal.js';
import { parseAlterRoutine } from './routine.js';
import { parseAlterSchema } from './schema.js';
import type { TokenCursor } from './token-cursor.js';
import { parseAlterMaterializedView, parseExternalView } from './view.js';

type Parser = (cursor: TokenCursor, start: number) => Statement;

/** What reads the rest of an ALTER statement, by the word after ALTER. */
const parsers: ReadonlyMap<string, Parser> = new Map<string, Parser>([
  ['table', parseAlterTable],
  ['materialized', parseAlterMaterializedView],
  ['schema', parseAlterSchema],
  ['database', parseAlterDatabase],
  ['external', parseAlterExternal],
  ['default', parseAlterDefaultPrivileges],
  ['procedure', parseAlterRoutine],
  ['function', parseAlterRoutine],
  ['user', parseAlterUser],
  ['group', parseAlterGroup],
  ['role', parseAlterRole],
  ['datashare', parseAlterDatashare],
  ['identity', (cursor, start) => parseIdentityProvider(cursor, start, 'alter')],
  ['masking', (cursor, start) => parsePolicy(cursor, start, 'alter')],
  ['rls', (cursor, start) => parsePolicy(cursor, start, 'alter')],
  ['system', parseAlterSystem],
  ['template', (cursor, start) => parseTemplate(cursor, start, 'alter', false)],
]);

/** Every ALTER statement. */
export function parseAlter(cursor: TokenCursor): Statement {
  const { start } = cursor;
  cursor.expect('alter');
  const parse = cursor.token.kind === 'word' ? parsers.get(cursor.token.text) : undefined;
  return parse === undefined ? cursor.fail() : parse(cursor, start);
}

function parseAlterExternal(cursor: TokenCursor, start: number): Statement {
  if (cursor.peek().text === 'schema') return parseAlterExternalSchema(cursor, start);
  return parseExternalView(cursor, start, 'alter', false);
}
