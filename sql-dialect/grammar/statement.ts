import type { Statement } from '../ast/statement.js';
import { parseAlter } from './alter.js';
import { parseCopyOrJob, parseUnload } from './copy-unload.js';
import { parseCreate } from './create.js';
import {
  parseClose,
  parseDeallocate,
  parseDeclare,
  parseExecute,
  parseFetch,
  parseMove,
  parsePrepare,
} from './cursor.js';
import { parseDelete, parseInsert, parseMerge, parseUpdate } from './dml.js';
import { parseDrop } from './drop.js';
import { parseGrant, parseRevoke } from './grant.js';
import {
  parseAnalyze,
  parseCancel,
  parseComment,
  parseExplain,
  parseLock,
  parseTruncate,
  parseVacuum,
} from './maintenance.js';
import { parseDescribe } from './managed-object.js';
import { parseAttach, parseDetach } from './policy.js';
import { parseQueryAfterWith, parseWith } from './query.js';
import { parseCallStatement } from './routine.js';
import { parseReset, parseSet, parseUse } from './session.js';
import { parseShow } from './show.js';
import type { TokenCursor } from './token-cursor.js';
import { parseBegin, parseCommit, parseRollback } from './transaction.js';
import { parseRefresh } from './view.js';

/** What reads a statement, by its first word. */
const parsers: ReadonlyMap<string, (cursor: TokenCursor) => Statement> = new Map<
  string,
  (cursor: TokenCursor) => Statement
>([
  ['select', parseSelectStatement],
  ['values', parseSelectStatement],
  ['with', parseWithStatement],
  ['insert', (cursor) => parseInsert(cursor, undefined)],
  ['update', (cursor) => parseUpdate(cursor, undefined)],
  ['delete', (cursor) => parseDelete(cursor, undefined)],
  ['merge', parseMerge],
  ['create', parseCreate],
  ['alter', parseAlter],
  ['drop', parseDrop],
  ['refresh', parseRefresh],
  ['truncate', parseTruncate],
  ['begin', parseBegin],
  ['start', parseBegin],
  ['commit', parseCommit],
  ['end', parseCommit],
  ['rollback', parseRollback],
  ['abort', parseRollback],
  ['set', parseSet],
  ['reset', parseReset],
  ['show', parseShow],
  ['use', parseUse],
  ['explain', parseExplain],
  ['analyze', parseAnalyze],
  ['analyse', parseAnalyze],
  ['vacuum', parseVacuum],
  ['lock', parseLock],
  ['comment', parseComment],
  ['cancel', parseCancel],
  ['prepare', parsePrepare],
  ['execute', parseExecute],
  ['deallocate', parseDeallocate],
  ['declare', parseDeclare],
  ['fetch', parseFetch],
  ['move', parseMove],
  ['close', parseClose],
  ['copy', parseCopyOrJob],
  ['unload', parseUnload],
  ['grant', parseGrant],
  ['revoke', parseRevoke],
  ['call', parseCallStatement],
  ['attach', parseAttach],
  ['detach', parseDetach],
  ['desc', parseDescribe],
]);

/** One statement, up to but without its `;`. */
export function parseStatement(cursor: TokenCursor): Statement {
  if (cursor.atPunctuation('(')) return parseSelectStatement(cursor);
  const parse = cursor.token.kind === 'word' ? parsers.get(cursor.token.text) : undefined;
  if (parse === undefined) return cursor.fail();
  // EXPLAIN and PREPARE hold a statement.
  cursor.descend();
  const statement = parse(cursor);
  cursor.ascend();
  return statement;
}

function parseSelectStatement(cursor: TokenCursor): Statement {
  const { start } = cursor;
  const query = parseQueryAfterWith(cursor, undefined);
  return { kind: 'select_statement', start, end: cursor.end, query };
}

function parseWithStatement(cursor: TokenCursor): Statement {
  const { start } = cursor;
  const withClause = parseWith(cursor);
  if (cursor.at('insert')) return parseInsert(cursor, withClause);
  if (cursor.at('update')) return parseUpdate(cursor, withClause);
  if (cursor.at('delete')) return parseDelete(cursor, withClause);
  const query = parseQueryAfterWith(cursor, withClause);
  return { kind: 'select_statement', start, end: cursor.end, query };
}
