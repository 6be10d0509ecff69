import type { Statement } from '../ast/statement.js';
import { parseCreateExternalSchema } from './external-schema.js';
import { parseCreateSchema } from './schema.js';
import { parseCreateTable } from './table.js';
import type { TokenCursor } from './token-cursor.js';
import { parseCreateMaterializedView, parseCreateView, parseExternalView } from './view.js';

/** Every CREATE statement. */
export function parseCreate(cursor: TokenCursor): Statement {
  const { start } = cursor;
  cursor.expect('create');
  const orReplace = cursor.acceptWords('or', 'replace');
  const { kind, text } = cursor.token;
  const next = cursor.peek().text;
  switch (kind === 'word' ? text : '') {
    case 'view':
      return parseCreateView(cursor, start, orReplace);
    case 'external':
      if (next === 'view' || next === 'protected') return parseExternalView(cursor, start, 'create', orReplace);
  }
  if (orReplace) return cursor.fail();
  switch (kind === 'word' ? text : '') {
    case 'table':
    case 'temp':
    case 'temporary':
    case 'local':
      return parseCreateTable(cursor, start);
    case 'materialized':
      return parseCreateMaterializedView(cursor, start);
    case 'schema':
      return parseCreateSchema(cursor, start);
    case 'external':
      return parseCreateExternalSchema(cursor, start);
    default:
      return cursor.fail();
  }
}
