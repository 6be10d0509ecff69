import type { StoredStream } from 'kinesalite/db/index.js';
import { answerText } from '../aws-answer.js';
import type { Operation } from '../operation.js';
import { checked, type FieldRule, streamNameRule } from '../request-rules.js';
import { requireActive } from '../stored-stream.js';
import { updateStream } from '../stream-update.js';

const defaultKib = 1_024;

export const maxRecordSizeRule: FieldRule = { type: 'Integer', greaterThanOrEqual: 1_024, lessThanOrEqual: 10_240 };

/** The largest record a stream takes, in KiB. */
export function maxRecordKib(stream: StoredStream | undefined): number {
  return stream?.MaxRecordSizeInKiB ?? defaultKib;
}

const rules = { MaxRecordSizeInKiB: { ...maxRecordSizeRule, notNull: true }, StreamName: streamNameRule };

/** AWS page "UpdateMaxRecordSize": records of up to 10 MiB. */
export const updateMaxRecordSize: Operation = async (gateway, { data }) => {
  const request = checked('UpdateMaxRecordSize', rules, data);
  const size = Number(request.MaxRecordSizeInKiB);
  await updateStream(
    gateway,
    String(request.StreamName),
    (stream) => requireActive(gateway.store, stream),
    (stream) => {
      stream.MaxRecordSizeInKiB = size;
    },
  );
  return answerText('');
};
