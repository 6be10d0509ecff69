import { invalid } from '../../aws/errors.js';
import { type JsonAnswer, PreparedJson } from '../../aws/json-protocol.js';
import { columnMetadata } from '../column-metadata.js';
import { csvRecords } from '../csv.js';
import { recordsJson } from '../fields.js';
import type { getStatementResult, InputOf } from '../inputs.js';
import type { ResultPage, StoredResult } from '../result.js';
import type { ResultFormat } from '../statement.js';
import { notFound } from '../statement-store.js';
import { waitForEnd } from '../wait.js';
import type { DataApiDeps } from './parts.js';

type Input = InputOf<typeof getStatementResult>;

interface FoundPage {
  readonly result: StoredResult;
  readonly page: ResultPage;
  readonly nextToken: string | undefined;
}

/** GetStatementResult. */
export async function result(parts: DataApiDeps, input: Input): Promise<JsonAnswer> {
  const found = await findPage(parts, input, 'JSON');
  const records = recordsJson(found.result.columns, found.page);
  // Everything but the records, whose numbers must keep their digits.
  return new PreparedJson(`{"Records":${records},${JSON.stringify(commonMembers(found)).slice(1)}`);
}

/** GetStatementResultV2. */
export async function csvResult(parts: DataApiDeps, input: Input): Promise<JsonAnswer> {
  const found = await findPage(parts, input, 'CSV');
  return { Records: [{ CSVRecords: csvRecords(found.page) }], ResultFormat: 'CSV', ...commonMembers(found) };
}

function commonMembers({ result: { columns, rowCount }, nextToken }: FoundPage): Readonly<Record<string, unknown>> {
  return { ColumnMetadata: columns.map(columnMetadata), TotalNumRows: rowCount, NextToken: nextToken };
}

async function findPage({ statements, tokens }: DataApiDeps, input: Input, format: ResultFormat): Promise<FoundPage> {
  const { statement, execution } = statements.find(input.Id);
  if (execution === undefined)
    throw invalid('BatchExecuteStatement result can only be retrieved with sub-statement id.');
  await waitForEnd(statement, input.WaitTimeSeconds);
  const stored = execution.result;
  // What one statement of a transaction gave counts only with the others.
  const settled = statement.request.batch === 'AUTO_COMMIT' ? execution.progress.isFinal : statement.progress.isFinal;
  if (stored === undefined || !settled)
    throw notFound('Query does not have result. Please check query status with DescribeStatement.', input.Id);
  const asked = statement.request.resultFormat;
  if (asked !== format)
    throw invalid(
      asked === 'CSV'
        ? 'The result is in CSV format; use GetStatementResultV2.'
        : 'The result is in JSON format; use GetStatementResult, or run the statement with ResultFormat CSV.',
    );
  const position = tokens.read(input.Id, input.NextToken);
  const page = stored.pages[position];
  if (page === undefined) throw invalid('nextToken is not valid for this request');
  const nextToken = position + 1 < stored.pages.length ? tokens.write(input.Id, position + 1) : undefined;
  return { result: stored, page, nextToken };
}
