import type {
  AlterDistribution,
  AlterSortKey,
  AlterTable,
  AlterTableAppend,
  AlterTableClause,
  ExternalTableClause,
  SecurityClause,
} from '../ast/table.js';
import { Power } from './binding-powers.js';
import { atTableConstraint, parseColumnSpecification, parseEncoding, parseTableConstraint } from './column.js';
import { parseExpression } from './expression.js';
import { isName, parseName, parseNameList, parseRelationName } from './names.js';
import { parseProperties, parseText } from './option-values.js';
import type { TokenCursor } from './token-cursor.js';
import { parseTypeName } from './types.js';

/** "ALTER TABLE" and "ALTER TABLE APPEND", from TABLE on. */
export function parseAlterTable(cursor: TokenCursor, start: number): AlterTable | AlterTableAppend {
  cursor.expect('table');
  const name = parseRelationName(cursor);
  if (cursor.acceptWords('append', 'from')) {
    const from = parseRelationName(cursor);
    const option = cursor.acceptOne('ignoreextra', 'filltarget');
    const second = cursor.acceptOne(option === 'ignoreextra' ? 'filltarget' : 'ignoreextra');
    const options = [option, option ? second : undefined];
    const ignoreExtra = options.includes('ignoreextra');
    const fillTarget = options.includes('filltarget');
    return { kind: 'alter_table_append', start, end: cursor.end, name, from, ignoreExtra, fillTarget };
  }
  const actions = cursor.list(parseClause);
  return { kind: 'alter_table', start, end: cursor.end, name, actions };
}

function parseClause(cursor: TokenCursor): AlterTableClause {
  const { start } = cursor;
  if (cursor.at('row') || cursor.at('masking')) return parseSecurityClause(cursor);
  switch (cursor.expectOne('add', 'drop', 'rename', 'alter', 'owner', 'set', 'partition')) {
    case 'add':
      return parseAdd(cursor, start);
    case 'drop':
      return parseDrop(cursor, start);
    case 'rename':
      return parseRename(cursor, start);
    case 'alter':
      return parseAlter(cursor, start);
    case 'owner': {
      cursor.expect('to');
      const owner = parseName(cursor);
      return { kind: 'owner_to', start, end: cursor.end, owner };
    }
    case 'set':
      return parseSet(cursor, start);
    case 'partition':
      parsePartitionValues(cursor);
      cursor.expect('set', 'location');
      parseText(cursor);
      return external(cursor, start, 'partition set location');
  }
}

function parseAdd(cursor: TokenCursor, start: number): AlterTableClause {
  if (atTableConstraint(cursor)) {
    const constraint = parseTableConstraint(cursor);
    return { kind: 'add_constraint', start, end: cursor.end, constraint };
  }
  if (cursor.acceptWords('if', 'not', 'exists') || atPartition(cursor)) {
    do {
      cursor.expect('partition');
      parsePartitionValues(cursor);
      cursor.expect('location');
      parseText(cursor);
    } while (cursor.at('partition'));
    return external(cursor, start, 'add partition');
  }
  cursor.accept('column');
  const column = parseColumnSpecification(cursor);
  return { kind: 'add_column', start, end: cursor.end, column };
}

/** True at `PARTITION (`, which no column can be. */
function atPartition(cursor: TokenCursor): boolean {
  const next = cursor.peek();
  return cursor.at('partition') && next.kind === 'punctuation' && next.text === '(';
}

function parseDrop(cursor: TokenCursor, start: number): AlterTableClause {
  if (cursor.accept('constraint')) {
    const name = parseName(cursor);
    const cascade = parseBehaviour(cursor);
    return { kind: 'drop_constraint', start, end: cursor.end, name, cascade };
  }
  if (atPartition(cursor)) {
    cursor.advance();
    parsePartitionValues(cursor);
    return external(cursor, start, 'drop partition');
  }
  cursor.accept('column');
  const column = parseName(cursor);
  const cascade = parseBehaviour(cursor);
  return { kind: 'drop_column', start, end: cursor.end, column, cascade };
}

/** `[CASCADE | RESTRICT]`: true for CASCADE. */
export function parseBehaviour(cursor: TokenCursor): boolean {
  return cursor.acceptOne('cascade', 'restrict') === 'cascade';
}

function parseRename(cursor: TokenCursor, start: number): AlterTableClause {
  if (cursor.accept('to')) {
    const to = parseName(cursor);
    return { kind: 'rename_to', start, end: cursor.end, to };
  }
  cursor.accept('column');
  const from = parseName(cursor);
  cursor.expect('to');
  const to = parseName(cursor);
  return { kind: 'rename_column', start, end: cursor.end, from, to };
}

function parseAlter(cursor: TokenCursor, start: number): AlterTableClause {
  const physical = parsePhysicalChange(cursor, start);
  if (physical) return physical;
  if (cursor.acceptWords('encode', 'auto')) return { kind: 'alter_encode_auto', start, end: cursor.end };
  cursor.accept('column');
  const column = parseName(cursor);
  switch (cursor.expectOne('type', 'encode', 'set', 'drop')) {
    case 'type': {
      const type = parseTypeName(cursor);
      return { kind: 'alter_column_type', start, end: cursor.end, column, type };
    }
    case 'encode':
      return { kind: 'alter_column_encode', start, column, encoding: parseEncoding(cursor), end: cursor.end };
    case 'set':
      if (cursor.accept('default')) {
        const expression = parseExpression(cursor, Power.match);
        return { kind: 'alter_column_default', start, end: cursor.end, column, expression };
      }
      cursor.expect('not', 'null');
      return { kind: 'alter_column_nullability', start, end: cursor.end, column, notNull: true };
    case 'drop':
      if (cursor.accept('default')) {
        return { kind: 'alter_column_default', start, end: cursor.end, column, expression: undefined };
      }
      cursor.expect('not', 'null');
      return { kind: 'alter_column_nullability', start, end: cursor.end, column, notNull: false };
  }
}

/**
 * `DISTKEY …`, `DISTSTYLE …`, `[COMPOUND] SORTKEY …` after ALTER: tables and materialized views have them in common.
 */
export function parsePhysicalChange(cursor: TokenCursor, start: number): AlterDistribution | AlterSortKey | undefined {
  switch (cursor.acceptOne('distkey', 'diststyle', 'compound', 'interleaved', 'sortkey')) {
    case 'distkey': {
      const column = parseName(cursor);
      return { kind: 'alter_distribution', start, end: cursor.end, style: 'key', column };
    }
    case 'diststyle': {
      const style = cursor.expectOne('all', 'even', 'auto', 'key');
      if (style === 'key') cursor.expect('distkey');
      const column = style === 'key' ? parseName(cursor) : undefined;
      return { kind: 'alter_distribution', start, end: cursor.end, style, column };
    }
    case 'compound': {
      cursor.expect('sortkey');
      const columns = parseNameList(cursor);
      return { kind: 'alter_sort_key', start, end: cursor.end, style: 'compound', columns };
    }
    case 'interleaved': {
      cursor.expect('sortkey');
      const columns = parseNameList(cursor);
      return { kind: 'alter_sort_key', start, end: cursor.end, style: 'interleaved', columns };
    }
    case 'sortkey': {
      const word = cursor.acceptOne('auto', 'none');
      const columns = word ? [] : parseNameList(cursor);
      return { kind: 'alter_sort_key', start, end: cursor.end, style: word ?? 'compound', columns };
    }
    default:
      return undefined;
  }
}

function parseSet(cursor: TokenCursor, start: number): AlterTableClause {
  switch (cursor.expectOne('schema', 'location', 'file', 'table', 'column')) {
    case 'schema': {
      const schema = parseName(cursor);
      return { kind: 'set_schema', start, end: cursor.end, schema };
    }
    case 'location':
      parseText(cursor);
      return external(cursor, start, 'set location');
    case 'file':
      cursor.expect('format');
      if (!isName(cursor.token)) cursor.fail();
      cursor.advance();
      return external(cursor, start, 'set file format');
    case 'table':
      cursor.expect('properties');
      parseProperties(cursor);
      return external(cursor, start, 'set table properties');
    case 'column':
      cursor.expect('mapping');
      cursor.expectOne('name', 'position');
      return external(cursor, start, 'set column mapping');
  }
}

/** `(column = constant, …)`. */
function parsePartitionValues(cursor: TokenCursor): void {
  cursor.parenthesizedList((c) => {
    parseName(c);
    if (!c.acceptOperator('=')) c.fail();
    return parseExpression(c, Power.match);
  });
}

function external(cursor: TokenCursor, start: number, action: ExternalTableClause['action']): ExternalTableClause {
  return { kind: 'external_table_clause', start, end: cursor.end, action };
}

/** `{ROW LEVEL SECURITY | MASKING} {ON | OFF} [CONJUNCTION TYPE {AND | OR}] [FOR DATASHARES]`. */
export function parseSecurityClause(cursor: TokenCursor): SecurityClause {
  const { start } = cursor;
  const rows = cursor.expectOne('row', 'masking') === 'row';
  if (rows) cursor.expect('level', 'security');
  const on = cursor.expectOne('on', 'off') === 'on';
  const conjunction = cursor.acceptWords('conjunction', 'type') ? cursor.expectOne('and', 'or') : undefined;
  const forDatashares = cursor.acceptWords('for', 'datashares');
  const feature = rows ? 'row level security' : 'masking';
  return { kind: 'security_clause', start, end: cursor.end, feature, on, conjunction, forDatashares };
}
