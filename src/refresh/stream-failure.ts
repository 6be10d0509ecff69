import { SqlError } from '../../sql-dialect/errors.js';
import { DuckshiftError } from '../base/errors.js';
import type { ConnectedSource } from '../streams/connected-sources.js';
import { StreamNotFoundError, StreamUnavailableError } from '../streams/contract.js';
import { missingStream } from './streaming-refresh.js';
import { cancelled } from './view-lock.js';

/** SQLSTATE of an endpoint that cannot be reached (PostgreSQL: io_error). */
export const unavailable = '58030';

/**
 * What a client is told when reading a stream, or compiling or running a view's query, failed.
 *
 * @param connected undefined for a view that reads no stream
 */
export function streamFailure(
  error: unknown,
  streamName: string,
  connected: ConnectedSource | undefined,
): DuckshiftError {
  if (error instanceof DuckshiftError) return error;
  if (error instanceof SqlError)
    return new DuckshiftError(error.code, error.message, { detail: error.detail, hint: error.hint, cause: error });
  if (connected !== undefined && error instanceof StreamNotFoundError) return missingStream(streamName, connected);
  if (connected !== undefined && error instanceof StreamUnavailableError)
    return new DuckshiftError(unavailable, error.message, {
      hint: `Check that ${connected.source.endpointTitle} runs at ${connected.endpoint}. Nothing was lost: the next refresh continues where the last one ended.`,
      cause: error,
    });
  if (error instanceof Error && error.name === 'AbortError') return cancelled();
  const message = error instanceof Error ? error.message : String(error);
  return new DuckshiftError('XX000', `internal error while reading stream "${streamName}": ${message}`, {
    cause: error,
  });
}
