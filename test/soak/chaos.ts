import {
  type KinesisClient,
  ListShardsCommand,
  MergeShardsCommand,
  type Shard,
  SplitShardCommand,
  UpdateShardCountCommand,
} from '@aws-sdk/client-kinesis';
import type { Random } from './random.js';
import type { ServerProcess } from './server-process.js';

/** What is done to, and how often. */
export interface ChaosTarget {
  readonly stream: string;
  readonly random: Random;
  readonly server: () => ServerProcess | undefined;
  readonly client: () => KinesisClient | undefined;
  /** Kill the server, or stop it, and start it again. */
  readonly restart: (signal: 'SIGKILL' | 'SIGTERM') => Promise<void>;
}

const readOperations = ['GetRecords', 'GetShardIterator', 'ListShards', 'DescribeStreamSummary'] as const;
const allOperations = [...readOperations, 'GetRecords', 'GetRecords', 'PutRecords'] as const;
const passingKinds = ['throttle', 'error500', 'reset', 'truncate', 'slow'] as const;

type Action = (target: ChaosTarget) => Promise<void>;

/** Everything that happens to a stream and its readers, with its weight. */
const actions: readonly { readonly name: string; readonly weight: number; readonly act: Action }[] = [
  { name: 'split', weight: 6, act: split },
  { name: 'merge', weight: 6, act: merge },
  { name: 'update shard count', weight: 2, act: updateShardCount },
  { name: 'fault', weight: 14, act: fault },
  {
    name: 'expired iterator',
    weight: 3,
    act: async ({ server, random }) =>
      server()?.setFault({ operation: 'GetRecords', kind: 'expired-iterator', times: random.integer(1, 3) }),
  },
  { name: 'expire all iterators', weight: 3, act: async ({ server, stream }) => server()?.expireIterators(stream) },
  { name: 'kill the endpoint', weight: 2, act: async ({ server }) => server()?.killKinesis() },
  { name: 'kill duckshift', weight: 2, act: ({ restart }) => restart('SIGKILL') },
  { name: 'restart duckshift', weight: 1, act: ({ restart }) => restart('SIGTERM') },
];

/** Do one thing. Returns its name, and whether it worked: much of it cannot, at the moment it comes. */
export async function disturb(target: ChaosTarget): Promise<{ readonly name: string; readonly worked: boolean }> {
  const total = actions.reduce((sum, { weight }) => sum + weight, 0);
  let at = target.random.integer(1, total);
  const action = actions.find(({ weight }) => {
    at -= weight;
    return at <= 0;
  });
  if (action === undefined) throw new Error('no action');
  return await perform(target, action.name);
}

/** Do a thing by its name. */
export async function perform(
  target: ChaosTarget,
  name: string,
): Promise<{ readonly name: string; readonly worked: boolean }> {
  const action = actions.find((candidate) => candidate.name === name);
  if (action === undefined) throw new Error(`no action ${name}`);
  try {
    await action.act(target);
    return { name, worked: true };
  } catch {
    return { name, worked: false };
  }
}

async function fault({ server, random }: ChaosTarget): Promise<void> {
  const kind = random.pick(passingKinds);
  const operation = random.pick(allOperations);
  await server()?.setFault({
    operation,
    kind,
    times: random.integer(1, 4),
    ...(kind === 'slow' ? { delay_ms: 50 } : {}),
  });
}

async function openShards({ client, stream }: ChaosTarget): Promise<Shard[]> {
  const { Shards = [] } = (await client()?.send(new ListShardsCommand({ StreamName: stream }))) ?? {};
  return Shards.filter(({ SequenceNumberRange }) => SequenceNumberRange?.EndingSequenceNumber === undefined);
}

async function split(target: ChaosTarget): Promise<void> {
  const shards = await openShards(target);
  const shard = shards[target.random.integer(0, shards.length - 1)];
  if (shard === undefined || shards.length >= 10) return;
  const low = BigInt(shard.HashKeyRange?.StartingHashKey ?? 0);
  const high = BigInt(shard.HashKeyRange?.EndingHashKey ?? 0);
  await target.client()?.send(
    new SplitShardCommand({
      StreamName: target.stream,
      ShardToSplit: shard.ShardId,
      NewStartingHashKey: String((low + high) / 2n + 1n),
    }),
  );
}

async function merge(target: ChaosTarget): Promise<void> {
  const shards = (await openShards(target)).sort((a, b) =>
    BigInt(a.HashKeyRange?.StartingHashKey ?? 0) < BigInt(b.HashKeyRange?.StartingHashKey ?? 0) ? -1 : 1,
  );
  if (shards.length < 3) return;
  const at = target.random.integer(0, shards.length - 2);
  await target.client()?.send(
    new MergeShardsCommand({
      StreamName: target.stream,
      ShardToMerge: shards[at]?.ShardId,
      AdjacentShardToMerge: shards[at + 1]?.ShardId,
    }),
  );
}

async function updateShardCount(target: ChaosTarget): Promise<void> {
  const open = (await openShards(target)).length;
  const wanted = Math.max(1, Math.min(8, target.random.pick([open - 1, open + 1, open * 2, Math.ceil(open / 2)])));
  await target.client()?.send(
    new UpdateShardCountCommand({
      StreamName: target.stream,
      TargetShardCount: wanted,
      ScalingType: 'UNIFORM_SCALING',
    }),
  );
}
