import type {
  Assignment,
  DeleteStatement,
  InsertStatement,
  MergeBranch,
  MergeStatement,
  UpdateStatement,
} from '../ast/dml.js';
import type { Expression } from '../ast/expression.js';
import type { Identifier } from '../ast/node.js';
import type { TableAlias, WithClause } from '../ast/query.js';
import { parseExpression } from './expression.js';
import { parseFromItem, parseFromList, parseTableAlias } from './from.js';
import { parseName, parseNameList, parseRelationName } from './names.js';
import { atQuery, parseExpressionOrDefault, parseQuery } from './query.js';
import type { TokenCursor } from './token-cursor.js';

/** "INSERT". `withClause` is a WITH that was read before the keyword. */
export function parseInsert(cursor: TokenCursor, withClause: WithClause | undefined): InsertStatement {
  const start = withClause?.start ?? cursor.start;
  cursor.expect('insert', 'into');
  const target = parseRelationName(cursor);
  const columns = cursor.atPunctuation('(') && !atQuery(cursor) ? parseNameList(cursor) : [];
  const source = cursor.acceptWords('default', 'values') ? 'default values' : parseQuery(cursor);
  return { kind: 'insert', start, end: cursor.end, with: withClause, target, columns, source };
}

/** "UPDATE". */
export function parseUpdate(cursor: TokenCursor, withClause: WithClause | undefined): UpdateStatement {
  const start = withClause?.start ?? cursor.start;
  cursor.expect('update');
  const target = parseRelationName(cursor);
  const alias = parseTargetAlias(cursor);
  cursor.expect('set');
  const assignments = cursor.list(parseAssignment);
  const from = cursor.accept('from') ? parseFromList(cursor) : [];
  const where = cursor.accept('where') ? parseExpression(cursor) : undefined;
  return { kind: 'update', start, end: cursor.end, with: withClause, target, alias, assignments, from, where };
}

function parseAssignment(cursor: TokenCursor): Assignment {
  const { start } = cursor;
  const column = parseName(cursor);
  if (!cursor.acceptOperator('=')) cursor.fail();
  const value = parseExpressionOrDefault(cursor);
  return { kind: 'assignment', start, end: cursor.end, column, value };
}

/** "DELETE", in which FROM may be left out. */
export function parseDelete(cursor: TokenCursor, withClause: WithClause | undefined): DeleteStatement {
  const start = withClause?.start ?? cursor.start;
  cursor.expect('delete');
  const fromKeyword = cursor.accept('from');
  const target = parseRelationName(cursor);
  const alias = parseTargetAlias(cursor);
  const using = cursor.accept('using') ? parseFromList(cursor) : [];
  const where = cursor.accept('where') ? parseExpression(cursor) : undefined;
  return { kind: 'delete', start, end: cursor.end, with: withClause, target, alias, using, where, fromKeyword };
}

/** The alias of a DML target, which takes no column names. */
function parseTargetAlias(cursor: TokenCursor): TableAlias | undefined {
  const alias = parseTableAlias(cursor);
  if (alias && alias.columns.length > 0) cursor.failWith('a target table takes no column aliases', alias.name.end);
  return alias;
}

/** "MERGE", with WHEN branches or REMOVE DUPLICATES. */
export function parseMerge(cursor: TokenCursor): MergeStatement {
  const { start } = cursor;
  cursor.expect('merge', 'into');
  const target = parseRelationName(cursor);
  const alias = parseTargetAlias(cursor);
  cursor.expect('using');
  const source = parseFromItem(cursor);
  cursor.expect('on');
  const on = parseExpression(cursor);
  const removeDuplicates = cursor.acceptWords('remove', 'duplicates');
  const branches: MergeBranch[] = [];
  if (!removeDuplicates) {
    do branches.push(parseMergeBranch(cursor));
    while (cursor.at('when'));
  }
  return { kind: 'merge', start, end: cursor.end, target, alias, source, on, removeDuplicates, branches };
}

function parseMergeBranch(cursor: TokenCursor): MergeBranch {
  const { start } = cursor;
  cursor.expect('when');
  const matched = !cursor.accept('not');
  cursor.expect('matched', 'then');
  const action = matched ? cursor.expectOne('update', 'delete') : cursor.expectOne('insert');
  let assignments: readonly Assignment[] = [];
  let columns: readonly Identifier[] = [];
  let values: readonly Expression[] = [];
  if (action === 'update') {
    cursor.expect('set');
    assignments = cursor.list(parseAssignment);
  } else if (action === 'insert') {
    if (cursor.atPunctuation('(')) columns = parseNameList(cursor);
    cursor.expect('values');
    values = cursor.parenthesizedList(parseExpressionOrDefault);
  }
  return { kind: 'merge_branch', start, end: cursor.end, matched, action, assignments, columns, values };
}
