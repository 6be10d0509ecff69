import { type KinesisClient, ListShardsCommand, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLogger } from '../../src/base/log.js';
import { createKinesisClient } from '../../src/streams/kinesis/client.js';
import { type EmbeddedKinesis, startEmbeddedKinesis } from '../../src/streams/kinesis/embedded/supervisor.js';
import { openStreamControl, type StreamControl } from '../../src/streams/kinesis/stream-control.js';

let kinesis: EmbeddedKinesis;
let control: StreamControl;
let client: KinesisClient;

beforeAll(async () => {
  kinesis = await startEmbeddedKinesis({ host: '127.0.0.1', port: 0, region: 'us-east-1', log: silentLogger });
  control = openStreamControl({ endpoint: kinesis.endpoint });
  client = createKinesisClient({ endpoint: kinesis.endpoint, region: 'us-east-1' });
});
afterAll(async () => {
  control.close();
  client.destroy();
  await kinesis.stop();
});

const shardsOf = async (stream: string) =>
  (await client.send(new ListShardsCommand({ StreamName: stream }))).Shards ?? [];

test('a stream is made, split, merged and deleted, and each call waits until it has settled', async () => {
  await control.create('s', 1);
  await control.split('s', { index: 0 });
  const [parent, left, right] = await shardsOf('s');
  expect(left?.ParentShardId).toBe(parent?.ShardId);
  expect(right?.ParentShardId).toBe(parent?.ShardId);
  expect(BigInt(right?.HashKeyRange?.StartingHashKey ?? 0)).toBe(2n ** 127n);

  await control.merge('s', [{ index: 1 }, { id: right?.ShardId ?? '' }]);
  expect((await shardsOf('s')).at(-1)).toMatchObject({
    ParentShardId: left?.ShardId,
    AdjacentParentShardId: right?.ShardId,
  });

  await control.delete('s');
  expect((await client.send(new ListStreamsCommand({}))).StreamNames).not.toContain('s');
});

test('more records than one request holds', async () => {
  await control.create('many', 2);
  const records = Array.from({ length: 1_100 }, (_, n) => ({ partitionKey: `k${n}`, data: Buffer.from(`${n}`) }));
  await expect(control.put('many', records)).resolves.toBeUndefined();
});

test('errors name the operation or the shard', async () => {
  await expect(control.put('nowhere', [{ partitionKey: 'k', data: Buffer.from('x') }])).rejects.toThrow(/nowhere/);
  await control.create('one', 1);
  await expect(control.split('one', { index: 7 })).rejects.toThrow('stream one has no shard number 7');
});
