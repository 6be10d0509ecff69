import { AwsError } from '../aws-answer.js';
import type { Operation } from '../operation.js';
import { findStream } from '../store.js';
import { requireProvisioned } from '../stored-stream.js';
import { streamName } from '../stream-name.js';

/** AWS page "SplitShard": a shard that was split or merged before is refused; kinesalite would split it again and corrupt the shard map. Provisioned streams only. */
export const splitShard: Operation = openShardsOnly('SplitShard', ['ShardToSplit']);

/** AWS page "MergeShards": as for SplitShard. */
export const mergeShards: Operation = openShardsOnly('MergeShards', ['ShardToMerge', 'AdjacentShardToMerge']);

function openShardsOnly(operation: string, fields: readonly string[]): Operation {
  return async (gateway, { data, forward }) => {
    const name = streamName(data);
    if (name === undefined) return forward();
    return gateway.exclusive(name, async () => {
      const stream = await findStream(gateway.store, name);
      if (stream !== undefined) requireProvisioned(gateway.store, stream, operation);
      for (const field of fields) {
        const shard = stream?.Shards.find(({ ShardId }) => ShardId === data[field]);
        if (shard?.SequenceNumberRange.EndingSequenceNumber !== undefined) {
          throw new AwsError(
            'InvalidArgumentException',
            `Shard ${shard.ShardId} in stream ${name} under account ${gateway.store.metaDb.awsAccountId} has already been merged or split, and thus is not eligible for merging or splitting.`,
          );
        }
      }
      return forward();
    });
  };
}
