import listStreamsRules from 'kinesalite/validations/listStreams.js';
import { AwsError, answer } from '../aws-answer.js';
import type { Operation } from '../operation.js';
import { checked, type RequestRules } from '../request-rules.js';
import { allStreams, streamMode } from '../stored-stream.js';

const defaultPage = 100;

const rules: RequestRules = {
  ...listStreamsRules.types,
  NextToken: { type: 'String', lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 1_048_576 },
};

/** AWS page "ListStreams": pages by token or by name, with a summary of each stream. */
export const listStreams: Operation = async ({ store }, { data }) => {
  const request = checked('ListStreams', rules, data);
  const { Limit: limit = defaultPage, ExclusiveStartStreamName: after, NextToken: token } = request;
  const start = typeof token === 'string' ? fromToken(token) : typeof after === 'string' ? after : undefined;
  const streams = (await allStreams(store)).filter(({ StreamName }) => start === undefined || StreamName > start);
  const page = streams.slice(0, Number(limit));
  const last = page.at(-1)?.StreamName;
  const more = page.length < streams.length;
  return answer({
    StreamNames: page.map(({ StreamName }) => StreamName),
    HasMoreStreams: more,
    NextToken: more && last !== undefined ? Buffer.from(last).toString('base64') : undefined,
    StreamSummaries: page.map((stream) => ({
      StreamName: stream.StreamName,
      StreamARN: stream.StreamARN,
      StreamStatus: stream.StreamStatus,
      StreamModeDetails: { StreamMode: streamMode(stream) },
      StreamCreationTimestamp: stream.StreamCreationTimestamp,
    })),
  });
};

function fromToken(token: string): string {
  const name = Buffer.from(token, 'base64').toString('utf8');
  if (!/^[a-zA-Z0-9_.-]{1,128}$/.test(name)) throw new AwsError('InvalidArgumentException', 'NextToken is invalid.');
  return name;
}
