import { SqlError } from '../../sql-dialect/errors.js';
import { DuckshiftError } from '../base/errors.js';
import { StreamNotFoundError, StreamUnavailableError } from '../streams/contract.js';
import { missingStream } from './streaming-refresh.js';
import { cancelled } from './view-lock.js';

/** SQLSTATE of an endpoint that cannot be reached (PostgreSQL: io_error). */
export const unavailable = '58030';

/** What a client is told when reading a stream, or compiling or running a view's query, failed. */
export function streamFailure(error: unknown, streamName: string, endpoint: string): DuckshiftError {
  if (error instanceof DuckshiftError) return error;
  if (error instanceof SqlError)
    return new DuckshiftError(error.code, error.message, { detail: error.detail, hint: error.hint, cause: error });
  if (error instanceof StreamNotFoundError) return missingStream(streamName, endpoint);
  if (error instanceof StreamUnavailableError)
    return new DuckshiftError(unavailable, error.message, {
      hint: `Check that a Kinesis endpoint runs at ${endpoint}. Nothing was lost: the next refresh continues where the last one ended.`,
      cause: error,
    });
  if (error instanceof Error && error.name === 'AbortError') return cancelled();
  const message = error instanceof Error ? error.message : String(error);
  return new DuckshiftError('XX000', `internal error while reading stream "${streamName}": ${message}`, {
    cause: error,
  });
}
