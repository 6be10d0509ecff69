import type { StreamIdentity } from '../contract.js';
import type { Page } from './page.js';
import type { ShardNode } from './shard-graph.js';

/** Where reading a shard begins. */
export type StartPoint =
  | { readonly type: 'TRIM_HORIZON' }
  | { readonly type: 'AFTER'; readonly sequenceNumber: string };

/**
 * The calls a reader makes, one attempt each, so that what carries them can be replaced. All reject with
 * `EndpointFailure`, or with the signal's reason.
 */
export interface PageFetcher {
  /** AWS page "DescribeStreamSummary". Fails with `not-found` where there is no such stream. */
  describe(stream: string, signal: AbortSignal): Promise<StreamIdentity & { readonly creating: boolean }>;
  /** AWS page "ListStreams": all names. */
  listStreams(signal: AbortSignal): Promise<string[]>;
  /** AWS page "ListShards": all shards that have records within the retention period. */
  listShards(stream: string, signal: AbortSignal): Promise<ShardNode[]>;
  /** AWS page "GetShardIterator". */
  iterator(stream: string, shardId: string, from: StartPoint, signal: AbortSignal): Promise<string>;
  /** AWS page "GetRecords": at most `limit` records from the iterator on. */
  fetchPage(iterator: string, limit: number, signal: AbortSignal): Promise<Page>;
}
