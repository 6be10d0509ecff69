import { AwsError } from '../aws/errors.js';
import { limits } from './limits.js';
import type { Statement } from './statement.js';

/**
 * Wait until the statement has ended, `seconds` at most.
 *
 * @throws AwsError ActiveWaitingRequestsExceededException
 */
export async function waitForEnd(statement: Statement, seconds: number | undefined): Promise<void> {
  if (seconds === undefined || seconds === 0 || statement.progress.isFinal) return;
  if (statement.waiting >= limits.waitingRequests)
    throw new AwsError(
      'ActiveWaitingRequestsExceededException',
      `Active requests that wait for the statement exceeded the allowed quota (${limits.waitingRequests}).`,
    );
  statement.waiting++;
  let timer: NodeJS.Timeout | undefined;
  try {
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, seconds * 1000).unref();
    });
    await Promise.race([statement.progress.ended, timeout]);
  } finally {
    clearTimeout(timer);
    statement.waiting--;
  }
}
