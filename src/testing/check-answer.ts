import { formatRow } from './cells.js';
import type { TestFailure } from './result.js';
import type { SqlAnswer, SqlFailure } from './target.js';
import type { ExpectedError, ExpectedNotice, QueryStep, StatementStep } from './test-file.js';

type Located<T> = T & { readonly line: number };

/** What is wrong with the answer to a `statement`, or undefined. */
export function checkStatement(step: Located<StatementStep>, answer: SqlAnswer): TestFailure | undefined {
  const failed = failure(step);
  if (!step.outcome.ok) return checkError(step, step.outcome, answer);
  if (answer.error !== undefined) return failed(`the statement failed: ${formatError(answer.error)}`);
  const tag = answer.results.at(-1)?.tag;
  if (step.outcome.tag !== undefined && step.outcome.tag !== tag)
    return failed(`the command tag is "${tag ?? ''}", not "${step.outcome.tag}"`);
  return checkNotices(step, answer);
}

function checkError(step: Located<StatementStep>, expected: ExpectedError, answer: SqlAnswer): TestFailure | undefined {
  const failed = failure(step);
  const { error } = answer;
  if (error === undefined) return failed(`the statement succeeded; expected error ${expected.code}`);
  const got = formatError(error);
  if (error.code !== expected.code) return failed(`expected error ${expected.code}, got ${got}`);
  if (expected.position !== undefined && error.position !== expected.position)
    return failed(`expected position ${expected.position}, got ${got}`);
  if (expected.text !== undefined && !error.message.includes(expected.text))
    return failed(`expected a message with "${expected.text}", got ${got}`);
  return checkNotices(step, answer);
}

/** What is wrong with the answer to a `query`, or undefined. */
export function checkQuery(step: Located<QueryStep>, answer: SqlAnswer): TestFailure | undefined {
  const failed = failure(step);
  if (answer.error !== undefined) return failed(`the query failed: ${formatError(answer.error)}`);
  const [result, ...more] = answer.results;
  if (result === undefined || more.length > 0) return failed(`a query is one statement, not ${answer.results.length}`);
  if (result.labels === undefined) return failed(`the statement returns no rows; its command tag is "${result.tag}"`);
  const rows = result.rows.map(formatRow);
  const [labels = '', ...expectedRows] = step.expected;
  const sort = (lines: readonly string[]) => (step.sort === 'rowsort' ? [...lines].sort() : lines);
  const expected = [labels, ...sort(expectedRows)];
  const got = [formatRow(result.labels), ...sort(rows)];
  if (expected.length !== got.length || expected.some((line, index) => line !== got[index]))
    return failed('the rows differ', { expected, got });
  return checkNotices(step, answer);
}

function checkNotices(
  step: Located<{ readonly sql: string; readonly notices: readonly ExpectedNotice[] | undefined }>,
  answer: SqlAnswer,
): TestFailure | undefined {
  if (step.notices === undefined) return undefined;
  const expected = step.notices.map(({ severity, text }) => `${severity} ${text}`);
  const got = answer.notices.map(({ severity, message }) => `${severity} ${message}`);
  return expected.join('\n') === got.join('\n') ? undefined : failure(step)('the notices differ', { expected, got });
}

function failure(step: { readonly line: number; readonly sql: string }) {
  return (message: string, difference?: TestFailure['difference']): TestFailure => ({
    line: step.line,
    message,
    sql: step.sql,
    difference,
  });
}

function formatError({ code, message, position }: SqlFailure): string {
  return `${code}${position === undefined ? '' : `@${position}`} ${message}`;
}
