import type { Identifier } from '../ast/node.js';
import type { ColumnOption, ColumnSpecification, TableConstraintClause } from '../ast/table.js';
import { Power } from './binding-powers.js';
import { parseExpression } from './expression.js';
import { parseName, parseNameList, parseRelationName } from './names.js';
import type { TokenCursor } from './token-cursor.js';
import { parseInteger, parseTypeName } from './types.js';

/** `name type [attribute | constraint] …` ("CREATE TABLE", column attributes and constraints). */
export function parseColumnSpecification(cursor: TokenCursor): ColumnSpecification {
  const { start } = cursor;
  const name = parseName(cursor);
  const type = parseTypeName(cursor);
  const options: ColumnOption[] = [];
  for (let option = parseColumnOption(cursor); option; option = parseColumnOption(cursor)) options.push(option);
  return { kind: 'column_specification', start, end: cursor.end, name, type, options };
}

function parseColumnOption(cursor: TokenCursor): ColumnOption | undefined {
  const { start } = cursor;
  const constraintName = cursor.accept('constraint') ? parseName(cursor) : undefined;
  const constraint = parseColumnConstraint(cursor, start, constraintName);
  if (constraint) return constraint;
  if (constraintName) cursor.fail();
  switch (cursor.acceptOne('default', 'identity', 'generated', 'encode', 'collate', 'distkey', 'sortkey')) {
    case 'default': {
      // A default binds tighter than NOT, so that `DEFAULT 1 NOT NULL` is two options.
      const expression = parseExpression(cursor, Power.match);
      return { kind: 'column_default', start, end: cursor.end, expression };
    }
    case 'identity':
      return parseIdentity(cursor, start, false);
    case 'generated':
      if (cursor.accept('always')) {
        cursor.expect('as', 'identity');
        return parseIdentity(cursor, start, false);
      }
      cursor.expect('by', 'default', 'as', 'identity');
      return parseIdentity(cursor, start, true);
    case 'encode':
      return { kind: 'column_encode', start, encoding: parseEncoding(cursor), end: cursor.end };
    case 'collate':
      return { kind: 'column_collate', start, collation: parseName(cursor).value.toLowerCase(), end: cursor.end };
    case 'distkey':
      return { kind: 'column_flag', start, end: cursor.end, flag: 'distkey', constraintName: undefined };
    case 'sortkey':
      return { kind: 'column_flag', start, end: cursor.end, flag: 'sortkey', constraintName: undefined };
    default:
      return undefined;
  }
}

function parseColumnConstraint(
  cursor: TokenCursor,
  start: number,
  constraintName: Identifier | undefined,
): ColumnOption | undefined {
  if (cursor.acceptWords('not', 'null')) {
    return { kind: 'column_flag', start, end: cursor.end, flag: 'not null', constraintName };
  }
  if (cursor.accept('null')) return { kind: 'column_flag', start, end: cursor.end, flag: 'null', constraintName };
  if (cursor.accept('unique')) return { kind: 'column_flag', start, end: cursor.end, flag: 'unique', constraintName };
  if (cursor.accept('primary')) {
    cursor.expect('key');
    return { kind: 'column_flag', start, end: cursor.end, flag: 'primary key', constraintName };
  }
  if (cursor.accept('references')) {
    const table = parseRelationName(cursor);
    const columns = cursor.atPunctuation('(') ? parseNameList(cursor) : [];
    return { kind: 'column_references', start, end: cursor.end, table, columns, constraintName };
  }
  if (cursor.accept('check')) {
    cursor.expectPunctuation('(');
    const condition = parseExpression(cursor);
    cursor.expectPunctuation(')');
    return { kind: 'column_check', start, end: cursor.end, condition, constraintName };
  }
  return undefined;
}

/** The `[(seed, step)]` of an identity column; without it values count from 1 by 1. */
function parseIdentity(cursor: TokenCursor, start: number, byDefault: boolean): ColumnOption {
  let seed = 1;
  let step = 1;
  if (cursor.acceptPunctuation('(')) {
    seed = parseSignedInteger(cursor);
    cursor.expectPunctuation(',');
    step = parseSignedInteger(cursor);
    cursor.expectPunctuation(')');
  }
  return { kind: 'column_identity', start, end: cursor.end, seed, step, byDefault };
}

function parseSignedInteger(cursor: TokenCursor): number {
  if (cursor.acceptOperator('-')) return -parseInteger(cursor);
  cursor.acceptOperator('+');
  return parseInteger(cursor);
}

/** An encoding's name in lower case. */
export function parseEncoding(cursor: TokenCursor): string {
  if (cursor.token.kind !== 'word') cursor.fail();
  return cursor.advance().text;
}

const constraintStart: ReadonlySet<string> = new Set(['constraint', 'primary', 'unique', 'foreign', 'check']);

export function atTableConstraint(cursor: TokenCursor): boolean {
  return cursor.atAny(constraintStart);
}

/** `[CONSTRAINT name] {PRIMARY KEY (…) | UNIQUE (…) | FOREIGN KEY (…) REFERENCES t [(…)] | CHECK (…)}`. */
export function parseTableConstraint(cursor: TokenCursor): TableConstraintClause {
  const { start } = cursor;
  const name = cursor.accept('constraint') ? parseName(cursor) : undefined;
  let columns: readonly Identifier[] = [];
  let references: TableConstraintClause['references'];
  let condition: TableConstraintClause['condition'];
  let type: TableConstraintClause['type'];
  switch (cursor.expectOne('primary', 'unique', 'foreign', 'check')) {
    case 'primary':
      cursor.expect('key');
      type = 'primary key';
      columns = parseNameList(cursor);
      break;
    case 'unique':
      type = 'unique';
      columns = parseNameList(cursor);
      break;
    case 'foreign': {
      cursor.expect('key');
      type = 'foreign key';
      columns = parseNameList(cursor);
      cursor.expect('references');
      const table = parseRelationName(cursor);
      references = { table, columns: cursor.atPunctuation('(') ? parseNameList(cursor) : [] };
      break;
    }
    case 'check':
      type = 'check';
      cursor.expectPunctuation('(');
      condition = parseExpression(cursor);
      cursor.expectPunctuation(')');
  }
  return { kind: 'table_constraint', start, end: cursor.end, type, name, columns, references, condition };
}
