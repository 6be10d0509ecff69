import type {
  BeginStatement,
  CommitStatement,
  RollbackStatement,
  SetTransaction,
  TransactionModes,
} from '../ast/transaction.js';
import type { TokenCursor } from './token-cursor.js';

/** "BEGIN" and "START TRANSACTION". */
export function parseBegin(cursor: TokenCursor): BeginStatement {
  const { start } = cursor;
  let spelling = 'BEGIN';
  if (cursor.accept('start')) {
    cursor.expect('transaction');
    spelling = 'START TRANSACTION';
  } else {
    cursor.expect('begin');
    cursor.acceptOne('work', 'transaction');
  }
  const modes = parseModes(cursor);
  return { kind: 'begin', start, end: cursor.end, spelling, modes };
}

/** "COMMIT" and "END". */
export function parseCommit(cursor: TokenCursor): CommitStatement {
  const { start } = cursor;
  const spelling = cursor.expectOne('commit', 'end').toUpperCase();
  cursor.acceptOne('work', 'transaction');
  return { kind: 'commit', start, end: cursor.end, spelling };
}

/** "ROLLBACK" and "ABORT". */
export function parseRollback(cursor: TokenCursor): RollbackStatement {
  const { start } = cursor;
  const spelling = cursor.expectOne('rollback', 'abort').toUpperCase();
  cursor.acceptOne('work', 'transaction');
  return { kind: 'rollback', start, end: cursor.end, spelling };
}

/** `SET TRANSACTION modes` and `SET SESSION CHARACTERISTICS AS TRANSACTION modes`, from TRANSACTION on. */
export function parseSetTransaction(cursor: TokenCursor, start: number, session: boolean): SetTransaction {
  cursor.expect('transaction');
  if (cursor.atStatementEnd()) cursor.fail();
  const modes = parseModes(cursor);
  return { kind: 'set_transaction', start, end: cursor.end, session, modes };
}

/** `[ISOLATION LEVEL level] [READ WRITE | READ ONLY]`, commas allowed between. */
function parseModes(cursor: TokenCursor): TransactionModes {
  let isolation: string | undefined;
  let readOnly: boolean | undefined;
  for (;;) {
    if (cursor.acceptWords('isolation', 'level')) isolation = parseIsolationLevel(cursor);
    else if (cursor.at('read')) {
      cursor.advance();
      readOnly = cursor.expectOne('write', 'only') === 'only';
    } else {
      return { isolation, readOnly };
    }
    if (cursor.acceptPunctuation(',') && !cursor.at('isolation') && !cursor.at('read')) cursor.fail();
  }
}

function parseIsolationLevel(cursor: TokenCursor): string {
  switch (cursor.expectOne('serializable', 'snapshot', 'repeatable', 'read')) {
    case 'serializable':
      return 'serializable';
    case 'snapshot':
      return 'snapshot';
    case 'repeatable':
      cursor.expect('read');
      return 'repeatable read';
    case 'read':
      return `read ${cursor.expectOne('committed', 'uncommitted')}`;
  }
}
