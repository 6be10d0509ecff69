import type { Statement } from '../ast/statement.js';
import { parseAlterTable } from './alter-table.js';
import { parseAlterExternalSchema } from './external-schema.js';
import { parseAlterSchema } from './schema.js';
import type { TokenCursor } from './token-cursor.js';
import { parseAlterMaterializedView, parseExternalView } from './view.js';

/** Every ALTER statement. */
export function parseAlter(cursor: TokenCursor): Statement {
  const { start } = cursor;
  cursor.expect('alter');
  const { kind, text } = cursor.token;
  const next = cursor.peek().text;
  switch (kind === 'word' ? text : '') {
    case 'table':
      return parseAlterTable(cursor, start);
    case 'materialized':
      return parseAlterMaterializedView(cursor, start);
    case 'schema':
      return parseAlterSchema(cursor, start);
    case 'external':
      if (next === 'schema') return parseAlterExternalSchema(cursor, start);
      return parseExternalView(cursor, start, 'alter', false);
    default:
      return cursor.fail();
  }
}
