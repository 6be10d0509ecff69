import type { Operation } from '../operation.js';
import { createStream } from './create-stream.js';
import { deleteStream } from './delete-stream.js';
import { describeStream, describeStreamSummary } from './describe-stream.js';
import { getRecords } from './get-records.js';
import { getShardIterator } from './get-shard-iterator.js';
import { listShards } from './list-shards.js';
import { putRecords } from './put-records.js';
import { mergeShards, splitShard } from './reshard.js';

/** The operations the gateway answers by itself or around kinesalite's answer; the others pass through. */
export const operations: ReadonlyMap<string, Operation> = new Map([
  ['CreateStream', createStream],
  ['DeleteStream', deleteStream],
  ['DescribeStream', describeStream],
  ['DescribeStreamSummary', describeStreamSummary],
  ['GetRecords', getRecords],
  ['GetShardIterator', getShardIterator],
  ['ListShards', listShards],
  ['MergeShards', mergeShards],
  ['PutRecords', putRecords],
  ['SplitShard', splitShard],
]);

/** Operations that need no change when the stream is given by name and the body is not too large for kinesalite. */
export const unchangedWhenNamed: ReadonlySet<string> = new Set(['PutRecord', 'PutRecords']);
