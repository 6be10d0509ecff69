import type { Statement } from '../ast/statement.js';
import { parseCreateDatabase } from './database.js';
import { parseCreateExternalSchema } from './external-schema.js';
import { parseCreateExternalTable } from './external-table.js';
import { parseCreateDatashare, parseIdentityProvider, parseTemplate } from './managed-object.js';
import { parseCreateModel } from './model.js';
import { parsePolicy } from './policy.js';
import { parseCreateGroup, parseCreateRole, parseCreateUser } from './principal.js';
import { parseCreateExternalFunction, parseCreateLibrary, parseCreateRoutine } from './routine.js';
import { parseCreateSchema } from './schema.js';
import { parseCreateTable } from './table.js';
import type { TokenCursor } from './token-cursor.js';
import { parseCreateMaterializedView, parseCreateView, parseExternalView } from './view.js';

type Parser = (cursor: TokenCursor, start: number, orReplace: boolean) => Statement;

/** What reads the rest of a CREATE statement, by the word after CREATE [OR REPLACE]. */
const parsers: ReadonlyMap<string, Parser> = new Map<string, Parser>([
  ['table', parseCreateTable],
  ['temp', parseCreateTable],
  ['temporary', parseCreateTable],
  ['local', parseCreateTable],
  ['view', parseCreateView],
  ['materialized', parseCreateMaterializedView],
  ['schema', parseCreateSchema],
  ['database', parseCreateDatabase],
  ['external', parseCreateExternal],
  ['procedure', parseCreateRoutine],
  ['function', parseCreateRoutine],
  ['library', parseCreateLibrary],
  ['user', parseCreateUser],
  ['group', parseCreateGroup],
  ['role', parseCreateRole],
  ['datashare', parseCreateDatashare],
  ['identity', (cursor, start) => parseIdentityProvider(cursor, start, 'create')],
  ['masking', (cursor, start) => parsePolicy(cursor, start, 'create')],
  ['rls', (cursor, start) => parsePolicy(cursor, start, 'create')],
  ['model', (cursor, start) => parseCreateModel(cursor, start, 'create_model')],
  ['template', (cursor, start, orReplace) => parseTemplate(cursor, start, 'create', orReplace)],
]);

/** The objects that OR REPLACE applies to, by their first word. */
const replaceable: ReadonlySet<string> = new Set(['view', 'external', 'procedure', 'function', 'library', 'template']);

/** Every CREATE statement. */
export function parseCreate(cursor: TokenCursor): Statement {
  const { start } = cursor;
  cursor.expect('create');
  const orReplace = cursor.acceptWords('or', 'replace');
  const { kind, text } = cursor.token;
  const parse = kind === 'word' ? parsers.get(text) : undefined;
  if (parse === undefined || (orReplace && !replaceable.has(text))) return cursor.fail();
  return parse(cursor, start, orReplace);
}

function parseCreateExternal(cursor: TokenCursor, start: number, orReplace: boolean): Statement {
  const { text } = cursor.peek();
  if (text === 'view' || text === 'protected') return parseExternalView(cursor, start, 'create', orReplace);
  if (text === 'function') return parseCreateExternalFunction(cursor, start, orReplace);
  if (orReplace) return cursor.fail(cursor.peek());
  if (text === 'table') return parseCreateExternalTable(cursor, start);
  if (text !== 'model') return parseCreateExternalSchema(cursor, start);
  cursor.advance();
  return parseCreateModel(cursor, start, 'create_external_model');
}
