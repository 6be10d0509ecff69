import type {
  AnalyzeCompression,
  AnalyzeStatement,
  CancelStatement,
  CommentStatement,
  ExplainStatement,
  LockStatement,
  TruncateStatement,
  VacuumStatement,
} from '../ast/maintenance.js';
import type { Identifier } from '../ast/node.js';
import type { RelationName } from '../ast/query.js';
import type { Statement } from '../ast/statement.js';
import { isName, parseName, parseNameList, parseRelationName } from './names.js';
import { acceptText, parseText } from './option-values.js';
import { parseRoutineSignature } from './routine-parameters.js';
import { parseStatement } from './statement.js';
import type { TokenCursor } from './token-cursor.js';
import { parseInteger } from './types.js';

/** "TRUNCATE". */
export function parseTruncate(cursor: TokenCursor): TruncateStatement {
  const { start } = cursor;
  cursor.expect('truncate');
  cursor.accept('table');
  const target = parseRelationName(cursor);
  return { kind: 'truncate', start, end: cursor.end, target };
}

/** The statements that have a plan to show. */
const explainable: ReadonlySet<Statement['kind']> = new Set<Statement['kind']>([
  'select_statement',
  'insert',
  'update',
  'delete',
  'merge',
  'create_table_as',
  'declare_cursor',
  'execute',
]);

/** "EXPLAIN". */
export function parseExplain(cursor: TokenCursor): ExplainStatement {
  const { start } = cursor;
  cursor.expect('explain');
  const verbose = cursor.accept('verbose');
  const { token } = cursor;
  const statement = parseStatement(cursor);
  if (!explainable.has(statement.kind)) cursor.fail(token);
  return { kind: 'explain', start, end: cursor.end, verbose, statement };
}

/** "ANALYZE" and "ANALYZE COMPRESSION". */
export function parseAnalyze(cursor: TokenCursor): AnalyzeStatement | AnalyzeCompression {
  const { start } = cursor;
  cursor.expectOne('analyze', 'analyse');
  if (cursor.at('compression')) return parseAnalyzeCompression(cursor, start);
  const verbose = cursor.accept('verbose');
  const named = isName(cursor.token) && !cursor.atWords('predicate', 'columns');
  const target = named ? parseRelationName(cursor) : undefined;
  const columns = target ? parseOptionalColumns(cursor) : [];
  let scope: string | undefined;
  if (cursor.acceptWords('predicate', 'columns')) scope = 'predicate columns';
  else if (cursor.acceptWords('all', 'columns')) scope = 'all columns';
  return { kind: 'analyze', start, end: cursor.end, verbose, target, columns, scope };
}

function parseAnalyzeCompression(cursor: TokenCursor, start: number): AnalyzeCompression {
  cursor.expect('compression');
  const target = isName(cursor.token) && !cursor.at('comprows') ? parseRelationName(cursor) : undefined;
  const columns = target ? parseOptionalColumns(cursor) : [];
  const compRows = cursor.accept('comprows') ? parseInteger(cursor) : undefined;
  return { kind: 'analyze_compression', start, end: cursor.end, target, columns, compRows };
}

function parseOptionalColumns(cursor: TokenCursor): readonly Identifier[] {
  return cursor.atPunctuation('(') ? parseNameList(cursor) : [];
}

/** "VACUUM". */
export function parseVacuum(cursor: TokenCursor): VacuumStatement {
  const { start } = cursor;
  cursor.expect('vacuum');
  let mode: string | undefined = cursor.acceptOne('full', 'reindex', 'recluster');
  if (cursor.acceptWords('sort', 'only')) mode = 'sort only';
  else if (cursor.acceptWords('delete', 'only')) mode = 'delete only';
  const target = isName(cursor.token) && !cursor.at('boost') ? parseRelationName(cursor) : undefined;
  let threshold: number | undefined;
  if (cursor.accept('to')) {
    threshold = parseInteger(cursor);
    cursor.expect('percent');
  }
  const boost = cursor.accept('boost');
  return { kind: 'vacuum', start, end: cursor.end, mode, target, threshold, boost };
}

const lockModes: readonly (readonly string[])[] = [
  ['access', 'share'],
  ['row', 'share'],
  ['row', 'exclusive'],
  ['share', 'update', 'exclusive'],
  ['share', 'row', 'exclusive'],
  ['share'],
  ['exclusive'],
  ['access', 'exclusive'],
];

/** "LOCK". Redshift documents no modes; PostgreSQL's are read as its clients write them. */
export function parseLock(cursor: TokenCursor): LockStatement {
  const { start } = cursor;
  cursor.expect('lock');
  cursor.accept('table');
  const targets = cursor.list(parseRelationName);
  let mode: string | undefined;
  if (cursor.accept('in')) {
    const words = lockModes.find((candidate) => cursor.acceptWords(...candidate));
    if (!words) cursor.fail();
    mode = words?.join(' ');
    cursor.expect('mode');
  }
  cursor.accept('nowait');
  return { kind: 'lock', start, end: cursor.end, targets, mode };
}

/** "COMMENT". */
export function parseComment(cursor: TokenCursor): CommentStatement {
  const { start } = cursor;
  cursor.expect('comment', 'on');
  let objectType: string = cursor.expectOne(
    'table',
    'column',
    'constraint',
    'database',
    'view',
    'schema',
    'function',
    'procedure',
    'external',
    'materialized',
  );
  if (objectType === 'external') objectType = `external ${cursor.expectOne('table', 'view', 'schema')}`;
  else if (objectType === 'materialized') {
    cursor.expect('view');
    objectType = 'materialized view';
  }
  const name = parseCommented(cursor, objectType);
  let on: RelationName | undefined;
  if (objectType === 'constraint') {
    cursor.expect('on');
    on = parseRelationName(cursor);
  }
  cursor.expect('is');
  const text = cursor.accept('null') ? undefined : parseText(cursor);
  return { kind: 'comment', start, end: cursor.end, objectType, name, on, text };
}

/** The object's name; a column's has up to four parts. */
function parseCommented(cursor: TokenCursor, objectType: string): RelationName {
  if (objectType === 'function' || objectType === 'procedure') return parseRoutineSignature(cursor).name;
  const name = parseRelationName(cursor);
  if (objectType !== 'column' || !cursor.acceptPunctuation('.')) return name;
  const column = parseName(cursor);
  return { kind: 'relation_name', start: name.start, end: cursor.end, parts: [...name.parts, column] };
}

/** "CANCEL". */
export function parseCancel(cursor: TokenCursor): CancelStatement {
  const { start } = cursor;
  cursor.expect('cancel');
  const processId = parseInteger(cursor);
  const message = acceptText(cursor);
  return { kind: 'cancel', start, end: cursor.end, processId, message };
}
