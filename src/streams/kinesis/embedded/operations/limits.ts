import { answer } from '../aws-answer.js';
import type { Operation } from '../operation.js';
import { allStreams, streamMode } from '../stored-stream.js';
import { openShardCount } from './create-stream.js';

/** On-demand streams of an account. */
const onDemandLimit = 50;

/** AWS page "DescribeLimits". */
export const describeLimits: Operation = async ({ store }) => {
  const onDemand = (await allStreams(store)).filter((stream) => streamMode(stream) === 'ON_DEMAND').length;
  return answer({
    ShardLimit: store.shardLimit,
    OpenShardCount: await openShardCount(store),
    OnDemandStreamCount: onDemand,
    OnDemandStreamCountLimit: onDemandLimit,
  });
};
