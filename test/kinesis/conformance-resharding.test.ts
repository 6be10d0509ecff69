import {
  MergeShardsCommand,
  type ScalingType,
  SplitShardCommand,
  UpdateShardCountCommand,
  UpdateStreamModeCommand,
} from '@aws-sdk/client-kinesis';
import { expect, test } from 'vitest';
import { firstShard, type StreamClient, startOf, startStream, texts } from './stream-client.js';

const scale = (
  { client, StreamName }: StreamClient,
  TargetShardCount: number,
  ScalingType: ScalingType = 'UNIFORM_SCALING',
) => client.send(new UpdateShardCountCommand({ StreamName, TargetShardCount, ScalingType }));

/** Sizes of the open shards' hash key ranges, which must cover all keys without a gap. */
async function sizes(stream: StreamClient): Promise<bigint[]> {
  const open = await stream.openShards();
  const bounds = [...open.map(startOf), 2n ** 128n];
  expect(bounds[0]).toBe(0n);
  for (const [index, { HashKeyRange }] of open.entries())
    expect(BigInt(HashKeyRange?.EndingHashKey ?? 0) + 1n).toBe(bounds[index + 1]);
  return open.map((_, index) => (bounds[index + 1] ?? 0n) - (bounds[index] ?? 0n));
}

const even = (count: number) => Array.from({ length: count }, () => 2n ** 128n / BigInt(count) / 2n ** 64n);
const coarse = (parts: readonly bigint[]) => parts.map((size) => size / 2n ** 64n);

test('UpdateShardCount answers with the counts at once; the stream is UPDATING, then ACTIVE with that many equal shards', async () => {
  const stream = await startStream(2);
  expect(await scale(stream, 4)).toMatchObject({
    StreamName: 's',
    StreamARN: stream.StreamARN,
    CurrentShardCount: 2,
    TargetShardCount: 4,
  });
  expect((await stream.active()).OpenShardCount).toBe(4);
  expect(coarse(await sizes(stream))).toEqual(even(4));
});

test('UpdateShardCount splits to grow and merges to shrink; other targets take short-lived shards', async () => {
  const stream = await startStream(2);
  await scale(stream, 4);
  await stream.active();
  const doubled = await stream.shards();
  expect(doubled.slice(2).map(({ ParentShardId }) => ParentShardId?.slice(-1))).toEqual(['0', '0', '1', '1']);

  await scale(stream, 2);
  await stream.active();
  const halved = (await stream.shards()).slice(doubled.length);
  expect(
    halved.map(({ ParentShardId, AdjacentParentShardId }) => [
      ParentShardId?.slice(-1),
      AdjacentParentShardId?.slice(-1),
    ]),
  ).toEqual([
    ['2', '3'],
    ['4', '5'],
  ]);

  await scale(stream, 3);
  await stream.active();
  const sizesOfThree = coarse(await sizes(stream));
  for (const [index, size] of sizesOfThree.entries()) expect(size - (even(3)[index] ?? 0n)).toBeLessThan(2n);
  expect((await stream.shards()).length - doubled.length - halved.length).toBe(5);
});

test('UpdateShardCount to the present count changes nothing', async () => {
  const stream = await startStream(3);
  await scale(stream, 3);
  await stream.active();
  expect(await stream.shards()).toHaveLength(3);
});

test('UpdateShardCount keeps to double and half of the open shards', async () => {
  const stream = await startStream(3);
  await expect(scale(stream, 7)).rejects.toMatchObject({
    name: 'LimitExceededException',
    message:
      'UpdateShardCount cannot scale up over double your current open shard count. Current open shard count: 3, Target shard count: 7',
  });
  await expect(scale(stream, 1)).rejects.toMatchObject({
    name: 'LimitExceededException',
    message: expect.stringContaining('cannot scale down below half your current open shard count'),
  });
  await scale(stream, 2);
  await stream.active();
  // Of the open ones: closed shards do not count.
  await expect(scale(stream, 6)).rejects.toMatchObject({ name: 'LimitExceededException' });
});

test('UpdateShardCount: wrong arguments, an unknown stream, a stream that is being updated', async () => {
  const stream = await startStream(2);
  await expect(scale(stream, 0)).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(scale(stream, 4, 'OTHER' as ScalingType)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('enum value set: [UNIFORM_SCALING]'),
  });
  await expect(
    stream.client.send(
      new UpdateShardCountCommand({ StreamName: 'none', TargetShardCount: 1, ScalingType: 'UNIFORM_SCALING' }),
    ),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const attempts = await Promise.allSettled([4, 3, 4, 3, 4, 3].map((count) => scale(stream, count)));
  expect(attempts).toContainEqual(
    expect.objectContaining({
      status: 'rejected',
      reason: expect.objectContaining({ name: 'ResourceInUseException' }),
    }),
  );
});

test('records put while a stream is UPDATING and after it are all there, in order for each key', async () => {
  const stream = await startStream(1);
  for (const text of ['1', '2']) await stream.put(text);
  await scale(stream, 2);
  await stream.put('3');
  await stream.active();
  for (const text of ['4', '5']) await stream.put(text);
  const parent = await stream.read();
  const rest: string[] = [];
  for (const { ShardId } of await stream.openShards()) rest.push(...texts(await stream.read({ ShardId })));
  expect([...texts(parent), ...rest]).toEqual(['1', '2', '3', '4', '5']);
  expect(parent.NextShardIterator).toBeUndefined();
  expect(parent.ChildShards).toHaveLength(2);
});

test('children of any generation have sequence numbers above those of their parents', async () => {
  const stream = await startStream(2);
  await scale(stream, 3);
  await stream.active();
  const shards = await stream.shards();
  const range = (id: string | undefined) => shards.find(({ ShardId }) => ShardId === id)?.SequenceNumberRange;
  for (const { SequenceNumberRange, ParentShardId, AdjacentParentShardId } of shards)
    for (const parent of [ParentShardId, AdjacentParentShardId].filter((id) => id !== undefined))
      expect(BigInt(SequenceNumberRange?.StartingSequenceNumber ?? 0)).toBeGreaterThan(
        BigInt(range(parent)?.EndingSequenceNumber ?? 0),
      );
});

test('however many reshard at once, each shard is split or merged once, and the open shards cover all keys', async () => {
  const stream = await startStream(4);
  const { client, StreamName } = stream;
  const refusals = new Set<string>();
  const attempt = async (send: () => Promise<unknown>): Promise<void> => {
    await send().catch((error: unknown) => refusals.add(error instanceof Error ? error.name : String(error)));
  };
  /** Looks at the shards and reshards, again and again, without waiting for the stream: what it saw is often old. */
  const disturb = async (worker: number): Promise<void> => {
    for (let round = 0; round < 25; round++) {
      const open = await stream.openShards();
      const [left, right] = [open[worker % open.length], open[(worker % open.length) + 1]];
      if (left === undefined) continue;
      const middle = (startOf(left) + BigInt(left.HashKeyRange?.EndingHashKey ?? 0)) / 2n;
      await attempt(() =>
        right === undefined || open.length < 4
          ? client.send(
              new SplitShardCommand({ StreamName, ShardToSplit: left.ShardId, NewStartingHashKey: String(middle) }),
            )
          : client.send(
              new MergeShardsCommand({ StreamName, ShardToMerge: left.ShardId, AdjacentShardToMerge: right.ShardId }),
            ),
      );
    }
  };
  await Promise.all([0, 0, 1, 1, 2, 3].map(disturb));
  await stream.active();

  for (const refusal of refusals) expect(['ResourceInUseException', 'InvalidArgumentException']).toContain(refusal);
  await sizes(stream);
  const children = new Map<string, string[]>();
  for (const { ShardId = '', ParentShardId, AdjacentParentShardId } of await stream.shards())
    for (const parent of [ParentShardId, AdjacentParentShardId].filter((id) => id !== undefined))
      children.set(parent, [
        ...(children.get(parent) ?? []),
        `${ShardId}${AdjacentParentShardId === undefined ? '' : ' merged'}`,
      ]);
  // Two children of a split, or one of a merge.
  for (const of of children.values()) expect(of.length).toBe(of[0]?.endsWith('merged') ? 1 : 2);
}, 60_000);

test('SplitShard and MergeShards: wrong arguments, unknown shards, keys out of range, shards that are no neighbours', async () => {
  const stream = await startStream(3);
  const { client, StreamName } = stream;
  const split = (ShardToSplit: string, NewStartingHashKey: string, name = StreamName) =>
    client.send(new SplitShardCommand({ StreamName: name, ShardToSplit, NewStartingHashKey }));
  const merge = (ShardToMerge: string, AdjacentShardToMerge: string) =>
    client.send(new MergeShardsCommand({ StreamName, ShardToMerge, AdjacentShardToMerge }));
  const first = 'shardId-000000000000';
  const third = 'shardId-000000000002';
  await expect(split(first, 'ten')).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(split(first, '10', 'none')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(split('shardId-000000000009', '10')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Could not find shard shardId-000000000009 in stream s under account 000000000000.',
  });
  await expect(split('nothing', '10')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  for (const outside of ['0', '1', String(2n ** 127n)])
    await expect(split(first, outside)).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: expect.stringContaining(`NewStartingHashKey ${outside} used in SplitShard() on shard ${first}`),
    });
  for (const [left, right] of [
    [first, third],
    [first, first],
    ['shardId-000000000001', first],
  ] as const)
    await expect(merge(left, right)).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: expect.stringContaining('are not an adjacent pair of shards'),
    });
  expect(await stream.shards()).toHaveLength(3);
  // By its number, as AWS takes it.
  await split('shardId-2', String(2n ** 128n - 2n ** 100n));
  await stream.active();
  expect((await stream.shards()).map(({ ParentShardId }) => ParentShardId)).toEqual([
    undefined,
    undefined,
    undefined,
    third,
    third,
  ]);
});

test('on-demand streams are not resharded by their users', async () => {
  const stream = await startStream(2);
  const { client, StreamARN, StreamName } = stream;
  await client.send(new UpdateStreamModeCommand({ StreamARN, StreamModeDetails: { StreamMode: 'ON_DEMAND' } }));
  await stream.active();
  const NewStartingHashKey = String(2n ** 126n);
  const attempts = [
    scale(stream, 4),
    client.send(new SplitShardCommand({ StreamName, ShardToSplit: firstShard, NewStartingHashKey })),
    client.send(
      new MergeShardsCommand({
        StreamName,
        ShardToMerge: firstShard,
        AdjacentShardToMerge: 'shardId-000000000001',
      }),
    ),
  ];
  for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ name: 'ValidationException' });
});
