import type { StoredStream } from 'kinesalite/db/index.js';
import { AwsError, answer, answerText } from '../aws-answer.js';
import type { Operation } from '../operation.js';
import { checked, type RequestRules, streamNameRule } from '../request-rules.js';
import { changeStream, requireActive } from '../stored-stream.js';

const metrics = [
  'IncomingBytes',
  'IncomingRecords',
  'OutgoingBytes',
  'OutgoingRecords',
  'WriteProvisionedThroughputExceeded',
  'ReadProvisionedThroughputExceeded',
  'IteratorAgeMilliseconds',
];

const monitoringRules: RequestRules = {
  StreamName: streamNameRule,
  ShardLevelMetrics: {
    type: 'List',
    notNull: true,
    lengthGreaterThanOrEqual: 1,
    lengthLessThanOrEqual: 7,
    children: { type: 'String', enum: [...metrics, 'ALL'] },
  },
};

/** AWS page "EnableEnhancedMonitoring": the request is stored and reported back; no metrics leave this machine. */
export const enableEnhancedMonitoring: Operation = monitoring('EnableEnhancedMonitoring', (current, named) =>
  metrics.filter((metric) => current.includes(metric) || named.includes(metric)),
);

/** AWS page "DisableEnhancedMonitoring". */
export const disableEnhancedMonitoring: Operation = monitoring('DisableEnhancedMonitoring', (current, named) =>
  current.filter((metric) => !named.includes(metric)),
);

function monitoring(
  operation: string,
  change: (current: readonly string[], named: readonly string[]) => string[],
): Operation {
  return async ({ store }, { data }) => {
    const request = checked(operation, monitoringRules, data);
    const given = Array.isArray(request.ShardLevelMetrics) ? request.ShardLevelMetrics.map(String) : [];
    const named = given.includes('ALL') ? metrics : given;
    return changeStream(store, String(request.StreamName), (stream) => {
      const current = shardLevelMetrics(stream);
      const desired = change(current, named);
      stream.EnhancedMonitoring = [{ ShardLevelMetrics: desired }];
      return answer({
        StreamName: stream.StreamName,
        StreamARN: stream.StreamARN,
        CurrentShardLevelMetrics: current,
        DesiredShardLevelMetrics: desired,
      });
    });
  };
}

function shardLevelMetrics({ EnhancedMonitoring }: StoredStream): string[] {
  return EnhancedMonitoring?.flatMap(({ ShardLevelMetrics }) => ShardLevelMetrics) ?? [];
}

const encryptionRules: RequestRules = {
  StreamName: streamNameRule,
  EncryptionType: { type: 'String', notNull: true, enum: ['KMS'] },
  KeyId: { type: 'String', notNull: true, lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 2_048 },
};

/**
 * AWS page "StartStreamEncryption": stored and reported back. Clients of AWS see no difference in the records; here
 * they are stored unencrypted.
 */
export const startStreamEncryption: Operation = async ({ store }, { data }) => {
  const request = checked('StartStreamEncryption', encryptionRules, data);
  await changeStream(store, String(request.StreamName), (stream) => {
    requireActive(store, stream);
    stream.EncryptionType = 'KMS';
    stream.KeyId = String(request.KeyId);
  });
  return answerText('');
};

/** AWS page "StopStreamEncryption". */
export const stopStreamEncryption: Operation = async ({ store }, { data }) => {
  const request = checked('StopStreamEncryption', encryptionRules, data);
  await changeStream(store, String(request.StreamName), (stream) => {
    requireActive(store, stream);
    if (stream.EncryptionType !== 'KMS')
      throw new AwsError('InvalidArgumentException', `Stream ${stream.StreamName} is not encrypted.`);
    stream.EncryptionType = 'NONE';
    delete stream.KeyId;
  });
  return answerText('');
};
