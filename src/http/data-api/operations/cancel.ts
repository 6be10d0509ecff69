import { invalid } from '../../aws/errors.js';
import type { JsonAnswer } from '../../aws/json-protocol.js';
import type { cancelStatement, InputOf } from '../inputs.js';
import { waitForEnd } from '../wait.js';
import type { DataApiDeps } from './parts.js';

/** How long a cancelled statement may take to end before the caller gets the answer that it will. */
const patienceSeconds = 2;

/** CancelStatement. The id of a batch's part cancels the batch. */
export async function cancel({ statements }: DataApiDeps, input: InputOf<typeof cancelStatement>): Promise<JsonAnswer> {
  const { statement } = statements.find(input.Id);
  const { progress } = statement;
  if (!progress.isFinal) {
    statement.abort?.();
    await waitForEnd(statement, patienceSeconds);
    if (!progress.isFinal || progress.status === 'ABORTED') return { Status: true };
  }
  throw invalid(`Could not cancel a query that is already in ${progress.status} state with ID: ${input.Id}`);
}
