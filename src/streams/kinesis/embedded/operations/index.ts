import type { Operation } from '../operation.js';
import { createStream } from './create-stream.js';
import { deleteStream } from './delete-stream.js';
import { describeStream, describeStreamSummary } from './describe-stream.js';
import { getRecords } from './get-records.js';
import { getShardIterator } from './get-shard-iterator.js';
import { describeLimits } from './limits.js';
import { listShards } from './list-shards.js';
import { listStreams } from './list-streams.js';
import { updateMaxRecordSize } from './max-record-size.js';
import { putRecord, putRecords } from './put-records.js';
import { mergeShards, splitShard } from './reshard.js';
import { decreaseRetention, increaseRetention } from './retention-period.js';
import {
  disableEnhancedMonitoring,
  enableEnhancedMonitoring,
  startStreamEncryption,
  stopStreamEncryption,
} from './stream-settings.js';
import {
  addTagsToStream,
  listTagsForResource,
  listTagsForStream,
  removeTagsFromStream,
  tagResource,
  untagResource,
} from './tags.js';
import { updateShardCount } from './update-shard-count.js';
import { updateStreamMode } from './update-stream-mode.js';

/** What the gateway answers, by itself or around kinesalite's answer. */
export const operations: ReadonlyMap<string, Operation> = new Map([
  ['AddTagsToStream', addTagsToStream],
  ['CreateStream', createStream],
  ['DecreaseStreamRetentionPeriod', decreaseRetention],
  ['DeleteStream', deleteStream],
  ['DescribeLimits', describeLimits],
  ['DescribeStream', describeStream],
  ['DescribeStreamSummary', describeStreamSummary],
  ['DisableEnhancedMonitoring', disableEnhancedMonitoring],
  ['EnableEnhancedMonitoring', enableEnhancedMonitoring],
  ['GetRecords', getRecords],
  ['GetShardIterator', getShardIterator],
  ['IncreaseStreamRetentionPeriod', increaseRetention],
  ['ListShards', listShards],
  ['ListStreams', listStreams],
  ['ListTagsForResource', listTagsForResource],
  ['ListTagsForStream', listTagsForStream],
  ['MergeShards', mergeShards],
  ['PutRecord', putRecord],
  ['PutRecords', putRecords],
  ['RemoveTagsFromStream', removeTagsFromStream],
  ['SplitShard', splitShard],
  ['StartStreamEncryption', startStreamEncryption],
  ['StopStreamEncryption', stopStreamEncryption],
  ['TagResource', tagResource],
  ['UntagResource', untagResource],
  ['UpdateMaxRecordSize', updateMaxRecordSize],
  ['UpdateShardCount', updateShardCount],
  ['UpdateStreamMode', updateStreamMode],
]);
