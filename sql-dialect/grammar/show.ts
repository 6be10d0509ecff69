import type { ShowObjects, ShowStatement } from '../ast/session.js';
import { parseName, parseRelationName } from './names.js';
import { acceptText, parseText } from './option-values.js';
import { parseRoutineSignature } from './routine-parameters.js';
import { parseShowSetting } from './session.js';
import type { TokenCursor } from './token-cursor.js';
import { parseInteger } from './types.js';

interface ShowForm {
  /** The words after SHOW that name what is shown. */
  readonly words: readonly string[];
  /** Words before the object's name. */
  readonly of?: readonly string[];
  /** How the object is named. */
  readonly scope: 'none' | 'name' | 'routine' | 'all or name';
  /** The `of` words and the name may both be left out. */
  readonly ofOptional?: boolean;
  /** Readers of clauses after the name. */
  readonly clauses?: readonly ShowClause[];
}

type ShowClause = 'like' | 'limit' | 'for' | 'partition' | 'catalog' | 'from database' | 'on';

/** The SHOW statements of the command list that show catalog objects. */
const forms: readonly ShowForm[] = [
  { words: ['column', 'grants'], of: ['on', 'table'], scope: 'name', clauses: ['for', 'limit'] },
  { words: ['columns'], of: ['from', 'table'], scope: 'name', clauses: ['like', 'limit'] },
  { words: ['constraints', 'primary', 'keys'], of: ['from', 'table'], scope: 'name', clauses: ['limit'] },
  { words: ['constraints', 'foreign', 'keys', 'exported'], of: ['from', 'table'], scope: 'name', clauses: ['limit'] },
  { words: ['constraints', 'foreign', 'keys'], of: ['from', 'table'], scope: 'name', clauses: ['limit'] },
  { words: ['databases'], scope: 'none', clauses: ['catalog', 'like', 'limit'] },
  { words: ['datashares'], scope: 'none', clauses: ['like', 'limit'] },
  { words: ['external', 'table'], scope: 'name', clauses: ['partition'] },
  { words: ['functions'], of: ['from', 'schema'], scope: 'name', clauses: ['like', 'limit'] },
  { words: ['grants'], scope: 'none', clauses: ['on', 'for', 'from database', 'limit'] },
  { words: ['model'], scope: 'all or name' },
  { words: ['parameters', 'of', 'function'], scope: 'routine', clauses: ['like', 'limit'] },
  { words: ['parameters', 'of', 'procedure'], scope: 'routine', clauses: ['like', 'limit'] },
  {
    words: ['rls', 'policies'],
    of: ['on'],
    ofOptional: true,
    scope: 'name',
    clauses: ['for', 'from database', 'limit'],
  },
  {
    words: ['masking', 'policies'],
    of: ['on'],
    ofOptional: true,
    scope: 'name',
    clauses: ['for', 'from database', 'limit'],
  },
  { words: ['procedure'], scope: 'routine' },
  { words: ['procedures'], of: ['from', 'schema'], scope: 'name', clauses: ['like', 'limit'] },
  { words: ['schemas'], of: ['from', 'database'], scope: 'name', clauses: ['like', 'limit'] },
  { words: ['table'], scope: 'name' },
  { words: ['tables'], of: ['from', 'schema'], scope: 'name', clauses: ['like', 'limit'] },
  { words: ['template'], scope: 'name' },
  { words: ['templates'], of: ['from', 'schema'], ofOptional: true, scope: 'name', clauses: ['like', 'limit'] },
  { words: ['view'], scope: 'name' },
];

/** "SHOW", and SHOW of every kind of object. */
export function parseShow(cursor: TokenCursor): ShowStatement | ShowObjects {
  const { start } = cursor;
  cursor.expect('show');
  const form = forms.find(({ words }) => cursor.acceptWords(...words));
  if (form === undefined) return parseShowSetting(cursor, start);
  const options: Record<string, string> = {};
  const named =
    form.of === undefined || (form.ofOptional ? cursor.acceptWords(...form.of) : expectAll(cursor, form.of));
  const scope = named ? parseScope(cursor, form.scope, options) : undefined;
  let like: string | undefined;
  let limit: number | undefined;
  for (const clause of form.clauses ?? []) {
    if (clause === 'like' && cursor.accept('like')) like = parseText(cursor);
    else if (clause === 'limit' && cursor.accept('limit')) limit = parseInteger(cursor);
    else parseClause(cursor, clause, options);
  }
  const what = form.words.join(' ');
  return { kind: 'show_objects', start, end: cursor.end, what, scope, like, limit, options };
}

function expectAll(cursor: TokenCursor, words: readonly string[]): true {
  cursor.expect(...words);
  return true;
}

function parseScope(cursor: TokenCursor, scope: ShowForm['scope'], options: Record<string, string>) {
  switch (scope) {
    case 'none':
      return undefined;
    case 'name':
      return parseRelationName(cursor);
    case 'all or name':
      return cursor.accept('all') ? undefined : parseRelationName(cursor);
    case 'routine': {
      const signature = parseRoutineSignature(cursor);
      options.arguments = cursor.source.slice(signature.name.end, signature.end);
      return signature.name;
    }
  }
}

function parseClause(cursor: TokenCursor, clause: ShowClause, options: Record<string, string>): void {
  switch (clause) {
    case 'partition':
      if (cursor.accept('partition')) options.partition = 'true';
      return;
    case 'for':
      if (cursor.accept('for')) options.for = parsePrincipal(cursor);
      return;
    case 'from database':
      if (cursor.acceptWords('from', 'database')) options['from database'] = parseName(cursor).value;
      return;
    case 'on':
      if (cursor.accept('on')) options.on = parseGrantedObject(cursor);
      return;
    case 'catalog':
      if (!cursor.acceptWords('from', 'data', 'catalog')) return;
      options['from data catalog'] = 'true';
      if (cursor.accept('account')) options.account = cursor.list(parseAccount).join(',');
      if (cursor.accept('iam_role')) options.iam_role = cursor.accept('default') ? 'default' : parseText(cursor);
  }
}

function parseAccount(cursor: TokenCursor): string {
  return acceptText(cursor) ?? String(parseInteger(cursor));
}

/** A user, `ROLE r`, `GROUP g` or PUBLIC, as written. */
function parsePrincipal(cursor: TokenCursor): string {
  const { start } = cursor;
  if (cursor.at('role') || cursor.at('group')) cursor.advance();
  parseName(cursor);
  return cursor.source.slice(start, cursor.end);
}

/** `{DATABASE | SCHEMA | TABLE | FUNCTION | PROCEDURE | MODEL | …} name`, as written. */
function parseGrantedObject(cursor: TokenCursor): string {
  const { start } = cursor;
  if (cursor.acceptOne('function', 'procedure')) {
    parseRoutineSignature(cursor);
  } else {
    cursor.acceptOne('database', 'schema', 'table', 'model', 'datashare', 'language', 'template');
    parseRelationName(cursor);
  }
  return cursor.source.slice(start, cursor.end);
}
