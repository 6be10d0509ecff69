import type { CopyJobStatement, CopyOptions, CopyStatement, UnloadStatement } from '../ast/copy-unload.js';
import type { Query } from '../ast/query.js';
import { copyOptions, type OptionArgument, unloadOptions } from './copy-options.js';
import { parseIamRole } from './external-schema.js';
import { parseName, parseNameList, parseRelationName } from './names.js';
import { acceptText, parseNumberText, parseText, parseWordText } from './option-values.js';
import { atQuery, parseQuery } from './query.js';
import type { TokenCursor } from './token-cursor.js';

/** "COPY", or the COPY JOB statements. */
export function parseCopyOrJob(cursor: TokenCursor): CopyStatement | CopyJobStatement {
  const { start } = cursor;
  cursor.expect('copy');
  if (cursor.at('job') && cursor.peek().kind === 'word' && cursor.peek().text !== 'from')
    return parseJob(cursor, start);
  const target = parseRelationName(cursor);
  const columns = cursor.atPunctuation('(') ? parseNameList(cursor) : [];
  cursor.expect('from');
  if (cursor.accept('stdin')) {
    // Refused whatever follows: clients write PostgreSQL's options here, which Redshift does not have.
    while (!cursor.atStatementEnd()) cursor.advance();
    return { kind: 'copy', start, end: cursor.end, target, columns, from: 'stdin', options: {} };
  }
  const from = parseText(cursor);
  const options = parseOptions(cursor, copyOptions);
  return { kind: 'copy', start, end: cursor.end, target, columns, from, options };
}

/** "COPY JOB": ALTER, RUN, DROP, SHOW, LIST. CREATE is a clause of COPY. */
function parseJob(cursor: TokenCursor, start: number): CopyJobStatement {
  cursor.expect('job');
  const action = cursor.expectOne('alter', 'run', 'drop', 'show', 'list');
  const name = action === 'list' ? undefined : parseName(cursor);
  const auto = action === 'alter' && cursor.accept('auto') ? cursor.expectOne('on', 'off') === 'on' : undefined;
  return { kind: 'copy_job', start, end: cursor.end, action, name, auto };
}

/** "UNLOAD". */
export function parseUnload(cursor: TokenCursor): UnloadStatement {
  const { start } = cursor;
  cursor.expect('unload');
  cursor.expectPunctuation('(');
  let query: Query | undefined;
  if (atQuery(cursor)) query = parseQuery(cursor);
  const text = query ? cursor.source.slice(query.start, query.end) : parseText(cursor);
  cursor.expectPunctuation(')');
  cursor.expect('to');
  const to = parseText(cursor);
  const options = parseOptions(cursor, unloadOptions);
  return { kind: 'unload', start, end: cursor.end, text, query, to, options };
}

/** Parameters up to the end of the statement, by keyword in lower case. */
function parseOptions(cursor: TokenCursor, table: ReadonlyMap<string, OptionArgument>): CopyOptions {
  const options: Record<string, string | true | readonly string[]> = {};
  cursor.accept('with');
  while (!cursor.atStatementEnd()) {
    const { token } = cursor;
    const argument = token.kind === 'word' ? table.get(token.text) : undefined;
    if (argument === undefined) return cursor.fail();
    cursor.advance();
    if (argument !== 'flag') cursor.accept('as');
    options[token.text] = parseArgument(cursor, argument, table);
    cursor.acceptPunctuation(',');
  }
  return options;
}

function parseArgument(
  cursor: TokenCursor,
  argument: OptionArgument,
  table: ReadonlyMap<string, OptionArgument>,
): string | true | readonly string[] {
  switch (argument) {
    case 'flag':
      return true;
    case 'text':
      return parseText(cursor);
    case 'credentials':
      // The guide's EMR and SSH examples write `CREDENTIALS IAM_ROLE '…'`.
      if (cursor.accept('iam_role')) return parseIamRole(cursor);
      return secret(cursor);
    case 'secret':
      return secret(cursor);
    case 'optional text':
      return acceptText(cursor) ?? true;
    case 'number':
      return parseNumberText(cursor);
    case 'size': {
      const size = parseNumberText(cursor);
      const unit = cursor.acceptOne('mb', 'gb', 'kb');
      return unit ? `${size} ${unit.toUpperCase()}` : size;
    }
    case 'role':
      return parseIamRole(cursor);
    case 'word':
      return acceptText(cursor) ?? parseWordText(cursor);
    case 'switch':
      return cursor.acceptOne('on', 'off', 'true', 'false', 'preset') ?? true;
    case 'format':
      return parseFormat(cursor, table);
    case 'simplify': {
      const auto = cursor.accept('auto');
      const factor = cursor.token.kind === 'number' ? parseNumberText(cursor) : undefined;
      return [auto ? 'auto' : undefined, factor].filter((part) => part !== undefined).join(' ') || true;
    }
    case 'auto':
      return cursor.accept('auto') ? 'auto' : true;
    case 'verbose':
      return cursor.accept('verbose') ? 'verbose' : true;
    case 'partition': {
      cursor.expect('by');
      const names = parseNameList(cursor).map(({ value }) => value);
      return cursor.accept('include') ? [...names, 'include'] : names;
    }
    case 'template':
      cursor.expect('template');
      return parseRelationName(cursor)
        .parts.map(({ value }) => value)
        .join('.');
    case 'job': {
      cursor.expect('create');
      const { value } = parseName(cursor);
      const auto = cursor.accept('auto') ? cursor.expectOne('on', 'off') : undefined;
      return auto ? [value, `auto ${auto}`] : value;
    }
  }
}

/** Moves past a text that may hold keys: what is parsed may be printed and logged. */
function secret(cursor: TokenCursor): true {
  parseText(cursor);
  return true;
}

/** `FORMAT [AS] name`, where some formats take a string. */
function parseFormat(cursor: TokenCursor, table: ReadonlyMap<string, OptionArgument>): string | readonly string[] {
  const quoted = acceptText(cursor);
  if (quoted !== undefined) return quoted;
  const name = parseWordText(cursor);
  if (!table.has(name) && name !== 'text') cursor.fail(cursor.previous());
  cursor.accept('as');
  const argument = acceptText(cursor);
  return argument === undefined ? name : [name, argument];
}
