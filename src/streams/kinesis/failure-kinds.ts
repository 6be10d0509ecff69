import { EndpointFailure, type FailureKind } from './endpoint-failure.js';

/** Error names of the service: each operation's "Errors" on its AWS page. */
const kinds: Readonly<Record<string, FailureKind>> = {
  ProvisionedThroughputExceededException: 'throttled',
  LimitExceededException: 'throttled',
  KMSThrottlingException: 'throttled',
  ThrottlingException: 'throttled',
  ExpiredIteratorException: 'position',
  ExpiredNextTokenException: 'unreachable',
  InvalidArgumentException: 'position',
  ResourceNotFoundException: 'not-found',
};

/**
 * A failure by its name or, for a name the service does not have, by its HTTP status.
 *
 * @param status undefined where there was no answer at all: connection refused or reset, name not resolved, an answer
 * cut off
 */
export function namedFailure(
  name: string,
  status: number | undefined,
  message: string,
  cause?: unknown,
): EndpointFailure {
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  return new EndpointFailure(kind ?? kindOfStatus(status), message, cause);
}

function kindOfStatus(status: number | undefined): FailureKind {
  // A success that could not be understood is as good as none.
  if (status === undefined || status >= 500 || status < 300) return 'unreachable';
  return status === 429 ? 'throttled' : 'refused';
}

/** One line about an error, with its code. */
export function errorWords(error: Error): string {
  // Where a name has several addresses, each attempt's error is inside.
  const first = error instanceof AggregateError ? error.errors[0] : undefined;
  const message = error.message !== '' ? error.message : first instanceof Error ? first.message : '';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const line = message.split('\n')[0] ?? '';
  return line.includes(code) || line === '' ? line || code : `${code}: ${line}`;
}
