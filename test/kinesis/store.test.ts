import { expect, test } from 'vitest';
import { repairStreams } from '../../src/streams/kinesis/embedded/repair.js';
import { firstShards } from '../../src/streams/kinesis/embedded/shard-map.js';
import {
  done,
  findStream,
  openStore,
  requireLeveldown,
  StoreOpenError,
} from '../../src/streams/kinesis/embedded/store.js';

test('where leveldown has no build, that and the ways out are said', () => {
  const missing = () => {
    throw new Error('No native build was found for platform=darwin arch=arm64\n    loaded from: x');
  };
  expect(() => requireLeveldown(missing)).toThrow(StoreOpenError);
  expect(() => requireLeveldown(missing)).toThrow(
    /leveldown has no build for .*\(No native build was found[^\n]*\)\. Start without --data .*npm rebuild leveldown$/,
  );
});

test('without a path nothing native is needed', async () => {
  const open = await openStore(undefined);
  await open.close();
});

test('streams that timers would have completed are repaired', async () => {
  const open = await openStore(undefined);
  const { store } = open;
  const put = (StreamName: string, StreamStatus: string, more = {}) =>
    done<void>((callback) =>
      store.metaDb.put(
        StreamName,
        { StreamName, StreamStatus, StreamCreationTimestamp: 1_790_000_000, Shards: [], _seqIx: [], ...more },
        callback,
      ),
    );
  await put('creating', 'CREATING', { _firstShards: firstShards(3, 1_790_000_000_000) });
  await put('unknown', 'CREATING');
  await put('updating', 'UPDATING');
  await put('deleting', 'DELETING');
  await put('well', 'ACTIVE');
  expect(await repairStreams(store)).toHaveLength(4);
  expect(await findStream(store, 'unknown')).toBeUndefined();
  expect(await findStream(store, 'deleting')).toBeUndefined();
  expect((await findStream(store, 'updating'))?.StreamStatus).toBe('ACTIVE');
  const made = await findStream(store, 'creating');
  expect(made?.StreamStatus).toBe('ACTIVE');
  expect(made?.Shards.map(({ ShardId }) => ShardId)).toEqual([
    'shardId-000000000000',
    'shardId-000000000001',
    'shardId-000000000002',
  ]);
  expect(made?.Shards[0]?.HashKeyRange.StartingHashKey).toBe('0');
  expect(made?.Shards[2]?.HashKeyRange.EndingHashKey).toBe(String(2n ** 128n - 1n));
  for (const [index, shard] of made?.Shards.entries() ?? []) {
    if (index > 0)
      expect(BigInt(shard.HashKeyRange.StartingHashKey)).toBe(
        BigInt(made?.Shards[index - 1]?.HashKeyRange.EndingHashKey ?? 0) + 1n,
      );
  }
  expect(await repairStreams(store)).toEqual([]);
  await open.close();
});
