import { type AwsAnswer, answerText, isObject, successBody } from '../aws-answer.js';
import type { Gateway, Operation, OperationCall } from '../operation.js';
import { streamName } from '../stream-name.js';

/** AWS page "DescribeStream": adds StreamModeDetails and the exact creation time. */
export const describeStream: Operation = (gateway, call) => described(gateway, call, 'StreamDescription');

/** AWS page "DescribeStreamSummary": as for DescribeStream. */
export const describeStreamSummary: Operation = (gateway, call) => described(gateway, call, 'StreamDescriptionSummary');

async function described(gateway: Gateway, { data, forward }: OperationCall, member: string): Promise<AwsAnswer> {
  const given = await forward();
  const body = successBody(given);
  const name = streamName(data);
  const description = body?.[member];
  if (body === undefined || name === undefined || !isObject(description)) return given;
  const note = await gateway.notes.get(name);
  description.StreamModeDetails = { StreamMode: note?.mode ?? 'PROVISIONED' };
  if (note !== undefined) description.StreamCreationTimestamp = note.createdAtMillis / 1000;
  return answerText(JSON.stringify(body));
}
