import {
  AddTagsToStreamCommand,
  CreateStreamCommand,
  DecreaseStreamRetentionPeriodCommand,
  DeleteStreamCommand,
  DescribeLimitsCommand,
  DescribeStreamCommand,
  DisableEnhancedMonitoringCommand,
  EnableEnhancedMonitoringCommand,
  IncreaseStreamRetentionPeriodCommand,
  ListStreamsCommand,
  ListTagsForResourceCommand,
  ListTagsForStreamCommand,
  RegisterStreamConsumerCommand,
  RemoveTagsFromStreamCommand,
  StartStreamEncryptionCommand,
  StopStreamEncryptionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateMaxRecordSizeCommand,
  UpdateStreamModeCommand,
} from '@aws-sdk/client-kinesis';
import { expect, test } from 'vitest';
import { StreamClient, startStream } from './stream-client.js';

test('a stream is CREATING before it is ACTIVE, and has its shards then', async () => {
  const { client, kinesis } = await startStream();
  await client.send(new CreateStreamCommand({ StreamName: 'new', ShardCount: 2 }));
  const made = new StreamClient(kinesis, client, 'new');
  expect((await made.active()).OpenShardCount).toBe(2);
  await expect(client.send(new CreateStreamCommand({ StreamName: 'new', ShardCount: 1 }))).rejects.toMatchObject({
    name: 'ResourceInUseException',
    message: 'Stream new under account 000000000000 already exists.',
  });
  await expect(
    client.send(new CreateStreamCommand({ StreamName: 'sharded', ShardCount: 2_000 })),
  ).rejects.toMatchObject({
    name: 'LimitExceededException',
  });
  await expect(client.send(new CreateStreamCommand({ StreamName: 'bad name', ShardCount: 1 }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

test('a put to a stream that is being deleted does not bring it back', async () => {
  const stream = await startStream();
  const puts = Array.from({ length: 20 }, () => stream.put('x').catch(() => undefined));
  await stream.client.send(new DeleteStreamCommand({ StreamName: 's' }));
  await Promise.all(puts);
  for (;;) {
    const gone = await stream.summary().then(
      () => false,
      (error: Error) => error.name === 'ResourceNotFoundException',
    );
    if (gone) break;
  }
  await stream.client.send(new CreateStreamCommand({ StreamName: 's', ShardCount: 1 }));
  await stream.active();
  expect((await stream.read()).Records).toEqual([]);
});

test('the capacity mode is told everywhere, and switched by UpdateStreamMode', async () => {
  const stream = await startStream(2);
  const { client, StreamARN } = stream;
  await client.send(new UpdateStreamModeCommand({ StreamARN, StreamModeDetails: { StreamMode: 'ON_DEMAND' } }));
  expect((await stream.active()).StreamModeDetails).toEqual({ StreamMode: 'ON_DEMAND' });
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamARN }));
  expect(StreamDescription?.StreamModeDetails).toEqual({ StreamMode: 'ON_DEMAND' });
  const { StreamSummaries } = await client.send(new ListStreamsCommand({}));
  expect(StreamSummaries).toMatchObject([
    { StreamName: 's', StreamARN, StreamStatus: 'ACTIVE', StreamModeDetails: { StreamMode: 'ON_DEMAND' } },
  ]);
  expect(await stream.openShards()).toHaveLength(2);
  await expect(
    client.send(
      new UpdateStreamModeCommand({ StreamARN: `${StreamARN}x`, StreamModeDetails: { StreamMode: 'PROVISIONED' } }),
    ),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('the retention period goes from 24 to 8,760 hours', async () => {
  const stream = await startStream();
  const { client, StreamName } = stream;
  const increase = (RetentionPeriodHours: number) =>
    client.send(new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours }));
  const decrease = (RetentionPeriodHours: number) =>
    client.send(new DecreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours }));
  expect((await stream.summary()).RetentionPeriodHours).toBe(24);
  await increase(8_760);
  expect((await stream.summary()).RetentionPeriodHours).toBe(8_760);
  const refused = (message: RegExp) => ({
    name: 'InvalidArgumentException',
    message: expect.stringMatching(message),
  });
  await expect(increase(8_761)).rejects.toMatchObject(refused(/^Maximum allowed retention period is 8760 hours/));
  await expect(increase(48)).rejects.toMatchObject(refused(/can not be shorter than existing retention period/));
  await decrease(24);
  await expect(decrease(48)).rejects.toMatchObject(refused(/can not be longer than existing retention period/));
  await expect(decrease(23)).rejects.toMatchObject(refused(/^Minimum allowed retention period is 24 hours/));
});

test('tags are given at creation and by both families of operations, and are the same tags', async () => {
  const { client, kinesis } = await startStream();
  await client.send(new CreateStreamCommand({ StreamName: 'tagged', ShardCount: 1, Tags: { team: 'data' } }));
  const { StreamName, StreamARN: ResourceARN } = new StreamClient(kinesis, client, 'tagged');
  await client.send(new TagResourceCommand({ ResourceARN, Tags: { 'cost:center': '7', stage: 'dev' } }));
  await client.send(new AddTagsToStreamCommand({ StreamName, Tags: { stage: 'test' } }));
  const tags = [
    { Key: 'cost:center', Value: '7' },
    { Key: 'stage', Value: 'test' },
    { Key: 'team', Value: 'data' },
  ];
  expect((await client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags).toEqual(tags);
  expect(await client.send(new ListTagsForStreamCommand({ StreamName }))).toMatchObject({
    Tags: tags,
    HasMoreTags: false,
  });
  expect(
    await client.send(new ListTagsForStreamCommand({ StreamName, Limit: 1, ExclusiveStartTagKey: 'cost:center' })),
  ).toMatchObject({ Tags: tags.slice(1, 2), HasMoreTags: true });
  await client.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['stage'] }));
  await client.send(new RemoveTagsFromStreamCommand({ StreamName, TagKeys: ['team'] }));
  expect((await client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags).toEqual(tags.slice(0, 1));

  const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`k${index}`, 'v']));
  await expect(client.send(new TagResourceCommand({ ResourceARN, Tags: many }))).rejects.toMatchObject({
    name: 'InvalidArgumentException',
    message: expect.stringContaining('more than 50 tags'),
  });
  await expect(client.send(new TagResourceCommand({ ResourceARN, Tags: { 'a*b': 'v' } }))).rejects.toMatchObject({
    name: 'InvalidArgumentException',
    message: expect.stringContaining('invalid characters'),
  });
  await expect(
    client.send(new ListTagsForResourceCommand({ ResourceARN: `${ResourceARN}-none` })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('ListStreams pages by name and by token', async () => {
  const streams = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, shards: 1 }));
  const { client } = await startStream(1, { streams });
  const first = await client.send(new ListStreamsCommand({ Limit: 2 }));
  expect(first).toMatchObject({ StreamNames: ['a', 'b'], HasMoreStreams: true });
  const second = await client.send(new ListStreamsCommand({ Limit: 2, NextToken: first.NextToken }));
  expect(second).toMatchObject({ StreamNames: ['c', 'd'], HasMoreStreams: true });
  const third = await client.send(new ListStreamsCommand({ ExclusiveStartStreamName: 'd' }));
  expect(third).toMatchObject({ StreamNames: ['e'], HasMoreStreams: false });
  expect(third.NextToken).toBeUndefined();
  await expect(client.send(new ListStreamsCommand({ NextToken: '///' }))).rejects.toMatchObject({
    name: 'InvalidArgumentException',
  });
});

test('DescribeStream pages its shards', async () => {
  const { client, StreamName } = await startStream(5);
  const describe = async (ExclusiveStartShardId?: string, Limit?: number) => {
    const { StreamDescription } = await client.send(
      new DescribeStreamCommand({ StreamName, ExclusiveStartShardId, Limit }),
    );
    return [
      StreamDescription?.Shards?.map(({ ShardId }) => ShardId?.slice(-1)).join(''),
      StreamDescription?.HasMoreShards,
    ];
  };
  expect(await describe()).toEqual(['01234', false]);
  expect(await describe(undefined, 2)).toEqual(['01', true]);
  expect(await describe('shardId-000000000001', 2)).toEqual(['23', true]);
  expect(await describe('shardId-000000000003')).toEqual(['4', false]);
});

test('DescribeLimits counts open shards and on-demand streams', async () => {
  const { client } = await startStream(3);
  await client.send(new CreateStreamCommand({ StreamName: 'od', StreamModeDetails: { StreamMode: 'ON_DEMAND' } }));
  expect(await client.send(new DescribeLimitsCommand({}))).toMatchObject({
    OpenShardCount: 7,
    ShardLimit: 1_000,
    OnDemandStreamCount: 1,
    OnDemandStreamCountLimit: 50,
  });
});

test('the maximum record size is told, given at creation, and changed by UpdateMaxRecordSize', async () => {
  const stream = await startStream();
  const { client, StreamARN, kinesis } = stream;
  expect((await stream.summary()).MaxRecordSizeInKiB).toBe(1_024);
  await client.send(new UpdateMaxRecordSizeCommand({ StreamARN, MaxRecordSizeInKiB: 10_240 }));
  expect((await stream.active()).MaxRecordSizeInKiB).toBe(10_240);
  for (const MaxRecordSizeInKiB of [1_023, 10_241])
    await expect(client.send(new UpdateMaxRecordSizeCommand({ StreamARN, MaxRecordSizeInKiB }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  await client.send(new CreateStreamCommand({ StreamName: 'big', ShardCount: 1, MaxRecordSizeInKiB: 2_048 }));
  expect((await new StreamClient(kinesis, client, 'big').active()).MaxRecordSizeInKiB).toBe(2_048);
});

test('monitoring and encryption are remembered and told', async () => {
  const stream = await startStream();
  const { client, StreamName } = stream;
  const enabled = await client.send(
    new EnableEnhancedMonitoringCommand({ StreamName, ShardLevelMetrics: ['IncomingBytes', 'OutgoingBytes'] }),
  );
  expect(enabled).toMatchObject({
    StreamName,
    CurrentShardLevelMetrics: [],
    DesiredShardLevelMetrics: ['IncomingBytes', 'OutgoingBytes'],
  });
  await client.send(new DisableEnhancedMonitoringCommand({ StreamName, ShardLevelMetrics: ['IncomingBytes'] }));
  expect((await stream.summary()).EnhancedMonitoring).toEqual([{ ShardLevelMetrics: ['OutgoingBytes'] }]);

  const key = { StreamName, EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' } as const;
  await client.send(new StartStreamEncryptionCommand(key));
  expect(await stream.summary()).toMatchObject({ EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' });
  expect((await stream.put('x')).EncryptionType).toBe('KMS');
  await client.send(new StopStreamEncryptionCommand(key));
  expect((await stream.summary()).EncryptionType).toBe('NONE');
});

test('an operation that is not there is refused by name', async () => {
  const { client, StreamARN, kinesis } = await startStream();
  await expect(client.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName: 'c' }))).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: 'The embedded Kinesis of duckshift does not have RegisterStreamConsumer.',
  });
  const response = await fetch(kinesis.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'Kinesis_20131202.Invented',
      'x-amz-date': '20260101T000000Z',
      authorization: 'AWS4-HMAC-SHA256 Credential=a, SignedHeaders=b, Signature=c',
    },
    body: '{}',
  });
  expect([response.status, await response.json()]).toEqual([
    400,
    { __type: 'UnknownOperationException', message: 'Kinesis has no operation Invented.' },
  ]);
});
