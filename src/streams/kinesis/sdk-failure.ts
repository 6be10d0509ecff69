import { EndpointFailure } from './endpoint-failure.js';
import { errorWords, namedFailure } from './failure-kinds.js';

const credentialsHint =
  'no AWS credentials found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (an emulator takes any), or another source of the AWS SDK';

/** An error of the SDK as a failure with its kind. Give it the error of a call that was not aborted by its caller. */
export function sdkFailure(error: unknown): EndpointFailure {
  if (!(error instanceof Error)) return new EndpointFailure('unreachable', String(error), error);
  const { name } = error;
  if (name === 'CredentialsProviderError') return new EndpointFailure('refused', credentialsHint, error);
  // Our own deadline has passed.
  if (name === 'AbortError') return new EndpointFailure('unreachable', 'no answer in time', error);
  // The SDK's name for a connection that was reset.
  if (name === 'TimeoutError') return new EndpointFailure('unreachable', errorWords(error), error);
  return namedFailure(name, httpStatus(error), errorWords(error), error);
}

function httpStatus(error: Error): number | undefined {
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
