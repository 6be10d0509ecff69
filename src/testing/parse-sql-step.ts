import { parseDuration } from './duration.js';
import type { Lines } from './lines.js';
import type { ExpectedError, ExpectedNotice, ExpectedSuccess, QueryStep, StatementStep } from './test-file.js';

type SqlParameters = readonly (string | null)[] | undefined;

/** `statement ok [TAG]` or `statement error CODE[@POSITION] [TEXT]`, then SQL, then `notice` lines. */
export function parseStatement(header: string, lines: Lines, parameters: SqlParameters): StatementStep {
  const outcome = parseOutcome(header, lines);
  const number = lines.number;
  const { sql, notices, separator } = readSql(lines, number);
  if (separator !== undefined) throw lines.error('---- belongs to a query, not to a statement', separator);
  return { kind: 'statement', sql, parameters, notices, outcome };
}

function parseOutcome(header: string, lines: Lines): ExpectedSuccess | ExpectedError {
  const ok = /^ok(?:\s+(.+?))?\s*$/.exec(header);
  if (ok !== null) return { ok: true, tag: ok[1] };
  const error = /^error\s+([0-9A-Z]{5})(?:@([1-9]\d*))?(?:\s+(.+?))?\s*$/.exec(header);
  const code = error?.[1];
  if (error === null || code === undefined)
    throw lines.error(
      `a statement is "statement ok [TAG]" or "statement error CODE[@POSITION] [TEXT]", not "${header}"`,
    );
  return { ok: false, code, position: error[2] === undefined ? undefined : Number(error[2]), text: error[3] };
}

/** `query [nosort|rowsort] [until DURATION]`, then SQL, `notice` lines, `----`, the labels and the rows. */
export function parseQuery(header: string, lines: Lines, parameters: SqlParameters): QueryStep {
  const match = /^(nosort|rowsort)?\s*(?:until\s+(\S+))?\s*$/.exec(header);
  if (match === null) throw lines.error(`a query is "query [nosort|rowsort] [until DURATION]", not "${header}"`);
  const sort = match[1] === 'rowsort' ? 'rowsort' : 'nosort';
  const untilMillis = match[2] === undefined ? undefined : parseDuration(match[2], lines);
  const number = lines.number;
  const { sql, notices, separator, result } = readSql(lines, number);
  if (separator === undefined) throw lines.error('a query needs ---- and the labels it expects', number);
  if (result.length === 0) throw lines.error('the labels are missing after ----', separator);
  return { kind: 'query', sql, parameters, notices, sort, untilMillis, expected: result };
}

interface SqlBlock {
  readonly sql: string;
  readonly notices: readonly ExpectedNotice[] | undefined;
  /** Line of `----`. */
  readonly separator: number | undefined;
  readonly result: readonly string[];
}

function readSql(lines: Lines, header: number): SqlBlock {
  const block = lines.readBlock();
  const separator = block.findIndex(({ text }) => text === '----');
  const head = separator === -1 ? block : block.slice(0, separator);
  const firstNotice = head.findIndex(({ text }) => noticeLine.test(text));
  const sql = firstNotice === -1 ? head : head.slice(0, firstNotice);
  if (sql.length === 0) throw lines.error('the SQL is missing', header);
  const notices = firstNotice === -1 ? [] : head.slice(firstNotice);
  return {
    sql: sql.map(({ text }) => text).join('\n'),
    notices: notices.length === 0 ? undefined : notices.map(({ text, number }) => parseNotice(text, number, lines)),
    separator: block[separator]?.number,
    result: separator === -1 ? [] : block.slice(separator + 1).map(({ text }) => text),
  };
}

/** A severity in capitals distinguishes the verb from SQL that happens to begin a line with the word. */
const noticeLine = /^notice (INFO|NOTICE|WARNING|LOG|DEBUG) (.+)$/;

function parseNotice(text: string, number: number, lines: Lines): ExpectedNotice {
  const match = noticeLine.exec(text);
  const severity = match?.[1];
  const message = match?.[2];
  if (severity === undefined || message === undefined)
    throw lines.error(`only "notice SEVERITY TEXT" lines may follow the SQL, not "${text}"`, number);
  return { severity, text: message };
}
