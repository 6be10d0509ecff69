import type { Store, StoredStream } from 'kinesalite/db/index.js';
import createStreamRules from 'kinesalite/validations/createStream.js';
import { AwsError, answerText, isObject } from '../aws-answer.js';
import type { Gateway, Operation } from '../operation.js';
import { checked, type FieldRule, type RequestRules } from '../request-rules.js';
import { firstShards, isOpen } from '../shard-map.js';
import { findStream } from '../store.js';
import { allStreams, changeStream, locked, writeStream } from '../stored-stream.js';
import { maxRecordSizeRule } from './max-record-size.js';
import { checkTags, tagsRule } from './tags.js';

/** Shards of a new on-demand stream. */
const onDemandShards = 4;
const defaultRetentionHours = 24;
/** A stream's shards begin this much before it, so that even its first record is younger. Milliseconds. */
const shardAdvance = 2_000;

export const streamModeRule: FieldRule = {
  type: 'Structure',
  children: { StreamMode: { type: 'String', notNull: true, enum: ['PROVISIONED', 'ON_DEMAND'] } },
};

const rules: RequestRules = {
  ...createStreamRules.types,
  StreamModeDetails: streamModeRule,
  MaxRecordSizeInKiB: maxRecordSizeRule,
  Tags: tagsRule,
};

/** AWS page "CreateStream": both capacity modes, tags, record sizes. */
export const createStream: Operation = async (gateway, { data }) => {
  await makeStream(gateway, data);
  return answerText('');
};

/**
 * Create the stream that a request of CreateStream describes; it becomes ACTIVE a moment later.
 *
 * @throws AwsError
 */
export async function makeStream(gateway: Gateway, data: Readonly<Record<string, unknown>>): Promise<void> {
  const details = data.StreamModeDetails;
  const mode = isObject(details) && details.StreamMode === 'ON_DEMAND' ? 'ON_DEMAND' : 'PROVISIONED';
  const request = checked(
    'CreateStream',
    rules,
    mode === 'ON_DEMAND' ? { ...data, ShardCount: onDemandShards } : data,
    createStreamRules.custom,
  );
  const name = String(request.StreamName);
  const count = Number(request.ShardCount);
  const tags = isObject(request.Tags) ? request.Tags : {};
  const { store } = gateway;
  checkTags(store, name, tags, []);
  const createdAt = await locked(store, name, async () => {
    const { awsAccountId: account, awsRegion: region } = store.metaDb;
    if ((await findStream(store, name)) !== undefined)
      throw new AwsError('ResourceInUseException', `Stream ${name} under account ${account} already exists.`);
    await requireShards(store, count);
    const now = gateway.now();
    const stream: StoredStream = {
      StreamName: name,
      StreamARN: `arn:aws:kinesis:${region}:${account}:stream/${name}`,
      StreamStatus: 'CREATING',
      StreamModeDetails: { StreamMode: mode },
      StreamCreationTimestamp: now / 1000,
      RetentionPeriodHours: defaultRetentionHours,
      Shards: [],
      EncryptionType: 'NONE',
      EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
      _seqIx: [],
      _tags: Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, String(value)])),
      _firstShards: firstShards(count, creationSecond(gateway, name, now - shardAdvance) * 1000),
    };
    if (typeof request.MaxRecordSizeInKiB === 'number') stream.MaxRecordSizeInKiB = request.MaxRecordSizeInKiB;
    await writeStream(store, stream);
    return stream.StreamCreationTimestamp;
  });
  gateway.later(() => activate(store, name, createdAt));
}

/**
 * Two streams of one name are never created in the same second: iterators and sequence numbers distinguish them by it.
 */
function creationSecond({ creations }: Gateway, name: string, millis: number): number {
  const created = Math.max(Math.floor(millis / 1000), (creations.get(name) ?? 0) + 1);
  creations.set(name, created);
  return created;
}

async function activate(store: Store, name: string, createdAt: number): Promise<void> {
  await changeStream(store, name, (stream) => {
    if (stream.StreamStatus === 'CREATING' && stream.StreamCreationTimestamp === createdAt) finishCreation(stream);
  });
}

/** Give a stream that is being created its shards. */
export function finishCreation(stream: StoredStream): void {
  stream.Shards = stream._firstShards ?? [];
  delete stream._firstShards;
  stream.StreamStatus = 'ACTIVE';
}

/** Whether so many more shards may be opened. @throws AwsError LimitExceededException */
export async function requireShards(store: Store, more: number): Promise<void> {
  const open = await openShardCount(store);
  const { awsAccountId: account, awsRegion: region } = store.metaDb;
  if (open + more > store.shardLimit)
    throw new AwsError(
      'LimitExceededException',
      `This request would exceed the shard limit for the account ${account} in ${region}. Current shard count for the account: ${open}. ` +
        `Limit: ${store.shardLimit}. Number of additional shards that would have resulted from this request: ${more}. ` +
        'Refer to the AWS Service Limits page (http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits and how to request higher limits.',
    );
}

/** Open shards of all streams, those that are still being created included. */
export async function openShardCount(store: Store): Promise<number> {
  const streams = await allStreams(store);
  return streams.reduce(
    (sum, { Shards, _firstShards }) => sum + Shards.filter(isOpen).length + (_firstShards?.length ?? 0),
    0,
  );
}
