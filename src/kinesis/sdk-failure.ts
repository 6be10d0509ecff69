import { EndpointFailure, type FailureKind } from './endpoint-failure.js';

/** Error names of the service (each operation's "Errors" on its AWS page) and of the SDK. Others are told apart by their HTTP status. */
const kinds: Readonly<Record<string, FailureKind>> = {
  ProvisionedThroughputExceededException: 'throttled',
  LimitExceededException: 'throttled',
  KMSThrottlingException: 'throttled',
  ThrottlingException: 'throttled',
  ExpiredIteratorException: 'position',
  ExpiredNextTokenException: 'unreachable',
  InvalidArgumentException: 'position',
  ResourceNotFoundException: 'not-found',
  TimeoutError: 'unreachable',
  SyntaxError: 'unreachable',
};

const credentialsHint =
  'no AWS credentials found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (an emulator takes any), or another source of the AWS SDK';

/** An error of the SDK as a failure with its kind. Give it the error of a call that was not aborted by its caller. */
export function sdkFailure(error: unknown): EndpointFailure {
  if (!(error instanceof Error)) return new EndpointFailure('unreachable', String(error), error);
  const { name } = error;
  if (name === 'CredentialsProviderError') return new EndpointFailure('refused', credentialsHint, error);
  const known = kinds[name];
  if (known !== undefined) return new EndpointFailure(known, words(error), error);
  // A deadline of ours.
  if (name === 'AbortError') return new EndpointFailure('unreachable', 'no answer in time', error);
  const status = httpStatus(error);
  // No answer at all: connection refused or reset, name not resolved, an answer cut off.
  if (status === undefined || status >= 500) return new EndpointFailure('unreachable', words(error), error);
  // A success that could not be understood.
  if (status < 300) return new EndpointFailure('unreachable', words(error), error);
  return new EndpointFailure(status === 429 ? 'throttled' : 'refused', words(error), error);
}

function httpStatus(error: Error): number | undefined {
  if (!('$metadata' in error) || typeof error.$metadata !== 'object' || error.$metadata === null) return undefined;
  const { httpStatusCode } = error.$metadata as { httpStatusCode?: unknown };
  return typeof httpStatusCode === 'number' ? httpStatusCode : undefined;
}

function words(error: Error): string {
  const first = error instanceof AggregateError ? error.errors[0] : undefined;
  const message = error.message !== '' ? error.message : first instanceof Error ? first.message : '';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const line = message.split('\n')[0] ?? '';
  return line.includes(code) || line === '' ? line || code : `${code}: ${line}`;
}
