import { AwsError } from './aws-answer.js';

const arnPattern = /^arn:aws[a-z-]*:kinesis:[a-z0-9-]+:\d{12}:stream\/([a-zA-Z0-9_.-]{1,128})$/;

/**
 * Name the stream where the request gives its ARN (as StreamARN, or ResourceARN), which kinesalite does not know.
 * Account and region of the ARN are ignored: a local endpoint serves all of them.
 *
 * @throws AwsError for something that is not the ARN of a stream, or an ARN of another stream than the one named
 */
export function nameFromArn(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { StreamARN: streamArn, ResourceARN: resourceArn, ...rest } = data;
  const arn = streamArn ?? resourceArn;
  if (arn === undefined || arn === null) return data;
  const name = typeof arn === 'string' ? arnPattern.exec(arn)?.[1] : undefined;
  if (name === undefined) {
    const shown = typeof arn === 'string' ? arn : JSON.stringify(arn);
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${shown}' at '${streamArn === arn ? 'streamARN' : 'resourceARN'}' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+`,
    );
  }
  if (rest.StreamName !== undefined && rest.StreamName !== null && rest.StreamName !== name)
    throw new AwsError('InvalidArgumentException', 'StreamARN and StreamName name different streams.');
  return { ...rest, StreamName: name };
}

/** The stream a request names. Undefined where it names none, which kinesalite refuses. */
export function streamName(data: Readonly<Record<string, unknown>>): string | undefined {
  const name = data.StreamName;
  return typeof name === 'string' && name !== '' ? name : undefined;
}
