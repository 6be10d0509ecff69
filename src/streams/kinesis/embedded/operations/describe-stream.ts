import type { StoredStream } from 'kinesalite/db/index.js';
import describeStreamRules from 'kinesalite/validations/describeStream.js';
import summaryRules from 'kinesalite/validations/describeStreamSummary.js';
import { answer } from '../aws-answer.js';
import type { Operation } from '../operation.js';
import { checked } from '../request-rules.js';
import { listedShards } from '../shard-life.js';
import { isOpen } from '../shard-map.js';
import { requireStream, streamMode } from '../stored-stream.js';
import { maxRecordKib } from './max-record-size.js';

const defaultPage = 100;

/** AWS page "DescribeStream": its shards are paged. */
export const describeStream: Operation = async (gateway, { data }) => {
  const request = checked('DescribeStream', describeStreamRules.types, data, describeStreamRules.custom);
  const stream = await requireStream(gateway.store, String(request.StreamName));
  const { Limit: limit = defaultPage, ExclusiveStartShardId: after } = request;
  const shards = listedShards(stream, gateway.now())
    .map(({ shard }) => shard)
    .filter(({ ShardId }) => typeof after !== 'string' || ShardId > after);
  const page = shards.slice(0, Number(limit));
  return answer({
    StreamDescription: { ...description(stream), Shards: page, HasMoreShards: page.length < shards.length },
  });
};

/** AWS page "DescribeStreamSummary". */
export const describeStreamSummary: Operation = async (gateway, { data }) => {
  const request = checked('DescribeStreamSummary', summaryRules.types, data, summaryRules.custom);
  const stream = await requireStream(gateway.store, String(request.StreamName));
  return answer({
    StreamDescriptionSummary: {
      ...description(stream),
      OpenShardCount: stream.Shards.filter(isOpen).length,
      ConsumerCount: 0,
      MaxRecordSizeInKiB: maxRecordKib(stream),
    },
  });
};

/** What both descriptions contain. Undefined members are not sent. */
function description(stream: StoredStream) {
  return {
    StreamName: stream.StreamName,
    StreamARN: stream.StreamARN,
    StreamStatus: stream.StreamStatus,
    StreamModeDetails: { StreamMode: streamMode(stream) },
    RetentionPeriodHours: stream.RetentionPeriodHours,
    StreamCreationTimestamp: stream.StreamCreationTimestamp,
    EnhancedMonitoring: stream.EnhancedMonitoring ?? [{ ShardLevelMetrics: [] }],
    EncryptionType: stream.EncryptionType ?? 'NONE',
    KeyId: stream.KeyId,
  };
}
