import type { AlterSchema, CreateSchema, QuotaClause } from '../ast/schema.js';
import { isName, parseName, parseRelationName } from './names.js';
import { parseNumberText } from './option-values.js';
import type { TokenCursor } from './token-cursor.js';

/** "CREATE SCHEMA", from SCHEMA on. */
export function parseCreateSchema(cursor: TokenCursor, start: number): CreateSchema {
  cursor.expect('schema');
  const ifNotExists = cursor.acceptWords('if', 'not', 'exists');
  const name = isName(cursor.token) ? parseRelationName(cursor) : undefined;
  if (name === undefined && !cursor.at('authorization')) cursor.fail();
  const owner = cursor.accept('authorization') ? parseName(cursor) : undefined;
  const quota = cursor.at('quota') ? parseQuota(cursor) : undefined;
  return { kind: 'create_schema', start, end: cursor.end, ifNotExists, name, owner, quota };
}

/** `QUOTA {n [MB | GB | TB] | UNLIMITED}`. */
function parseQuota(cursor: TokenCursor): QuotaClause {
  const { start } = cursor;
  cursor.expect('quota');
  let value = 'unlimited';
  if (!cursor.accept('unlimited')) {
    value = parseNumberText(cursor);
    const unit = cursor.acceptOne('mb', 'gb', 'tb');
    if (unit) value += ` ${unit.toUpperCase()}`;
  }
  return { kind: 'quota', start, end: cursor.end, value };
}

/** "ALTER SCHEMA", from SCHEMA on. */
export function parseAlterSchema(cursor: TokenCursor, start: number): AlterSchema {
  cursor.expect('schema');
  const name = parseRelationName(cursor);
  const action = parseAction(cursor);
  return { kind: 'alter_schema', start, end: cursor.end, name, action };
}

function parseAction(cursor: TokenCursor): AlterSchema['action'] {
  if (cursor.at('quota')) return { type: 'quota', quota: parseQuota(cursor) };
  if (cursor.expectOne('rename', 'owner') === 'rename') {
    cursor.expect('to');
    return { type: 'rename', to: parseName(cursor) };
  }
  cursor.expect('to');
  return { type: 'owner', owner: parseName(cursor) };
}
