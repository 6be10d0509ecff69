import kinesaliteDatabase, { type StoredShard, type StoredStream } from 'kinesalite/db/index.js';
import { trimmedHeader } from '../../trimmed-header.js';
import { type AwsAnswer, AwsError, answerText } from '../aws-answer.js';
import { expiredIterator, iteratorMillis } from '../iterator-expiry.js';
import type { Gateway, Operation } from '../operation.js';
import { decodeIterator, iteratorAfter, iteratorAt, type ShardIterator } from '../shard-iterator.js';
import { trimHorizon } from '../shard-life.js';
import { arrivalMillis, ShardRecords, type StoredRecord } from '../shard-records.js';
import { findStream } from '../store.js';
import { locked, writeStream } from '../stored-stream.js';

/** Records of one answer (AWS page "GetRecords"): at most this many, and this many bytes of payloads. */
const largestLimit = 10_000;
const pageBytes = 10 * 1024 * 1024;

/**
 * AWS page "GetRecords", answered from the store: with the 10 MiB cap, MillisBehindLatest, ChildShards and the shard's
 * end in its last page, none of which kinesalite has. Stored records go out as they are stored, unparsed. A request
 * that AWS would refuse goes to kinesalite for its refusal.
 */
export const getRecords: Operation = async (gateway, { data, forward }) => {
  const iterator = typeof data.ShardIterator === 'string' ? decodeIterator(data.ShardIterator) : undefined;
  const limit = data.Limit ?? largestLimit;
  const now = gateway.now();
  const age = now - (iterator?.minted ?? Number.NaN);
  if (iterator === undefined || !(age >= 0)) return forward();
  if (age > iteratorMillis || gateway.iterators.expired(iterator)) throw expiredIterator(iterator.minted, now);
  if (typeof limit !== 'number' || !(limit >= 1 && limit <= largestLimit)) return forward();
  // Before the records: a shard that is closed now has all its records already.
  const stream = await findStream(gateway.store, iterator.stream);
  const shard = stream?.Shards[iterator.shardIndex];
  if (stream === undefined || shard === undefined || stream.StreamStatus === 'DELETING' || !sameShard(shard, iterator))
    throw new AwsError(
      'ResourceNotFoundException',
      `Shard ${iterator.shardId} in stream ${iterator.stream} under account ${gateway.store.metaDb.awsAccountId} does not exist`,
    );
  const place = {
    stream: iterator.stream,
    shardId: shard.ShardId,
    start: shard.SequenceNumberRange.StartingSequenceNumber,
  };
  gateway.throttle?.read(place, now);
  const page = await readPage(gateway, stream, iterator, Math.floor(limit));
  gateway.throttle?.gave(place, page.bytes, now);
  return pageAnswer(gateway, stream, shard, iterator, page);
};

/** Whether the iterator comes from this shard and not from one of a deleted stream of the same name. */
function sameShard(shard: StoredShard, iterator: ShardIterator): boolean {
  try {
    const { parseSequence } = kinesaliteDatabase;
    const start = parseSequence(shard.SequenceNumberRange.StartingSequenceNumber);
    return parseSequence(iterator.sequenceNumber).shardCreateTime === start.shardCreateTime;
  } catch {
    return false;
  }
}

interface Page {
  readonly records: readonly StoredRecord[];
  /** Of their payloads. */
  readonly bytes: number;
  /** There are records behind this page. */
  readonly more: boolean;
  /** The newest record of the shard that was removed after its retention period, if it is past the iterator. */
  readonly trimmed: string | undefined;
}

async function readPage(gateway: Gateway, stream: StoredStream, iterator: ShardIterator, limit: number): Promise<Page> {
  const source = new ShardRecords(gateway.store, iterator.stream, iterator.shardIndex);
  const horizon = trimHorizon(stream, gateway.now());
  const records: StoredRecord[] = [];
  const trimmed: string[] = [];
  let bytes = 0;
  let more = false;
  await source.scan(iterator.sequenceNumber, (record) => {
    if (records.length === 0 && arrivalMillis(record) < horizon) {
      trimmed.push(record.sequenceNumber);
      more = trimmed.length === largestLimit;
      return !more;
    }
    // Three quarters of the stored text: base64. The first record always goes out.
    const size = record.json.length * 0.75;
    more = records.length === limit || (records.length > 0 && bytes + size > pageBytes);
    if (more) return false;
    records.push(record);
    bytes += size;
    return true;
  });
  const newest = trimmed.at(-1);
  const before = stream._trimmed?.[iterator.shardId];
  if (newest !== undefined) {
    if (before === undefined || BigInt(newest) > BigInt(before)) await noteTrimmed(gateway, stream, iterator, newest);
    await source.remove(trimmed);
  }
  const lost =
    newest ?? (before !== undefined && BigInt(before) >= BigInt(iterator.sequenceNumber) ? before : undefined);
  return { records, bytes, more, trimmed: lost };
}

/** Keep the number of the newest record that is removed, before it is. */
async function noteTrimmed(
  { store }: Gateway,
  { StreamName: name, StreamCreationTimestamp: created }: StoredStream,
  { shardId }: ShardIterator,
  newest: string,
): Promise<void> {
  await locked(store, name, async () => {
    const stream = await findStream(store, name);
    if (stream?.StreamCreationTimestamp !== created) return;
    await writeStream(store, { ...stream, _trimmed: { ...stream._trimmed, [shardId]: newest } });
  });
}

function pageAnswer(
  gateway: Gateway,
  stream: StoredStream,
  shard: StoredShard,
  iterator: ShardIterator,
  { records, more, trimmed }: Page,
): AwsAnswer {
  const last = records.at(-1);
  const ended = !more && shard.SequenceNumberRange.EndingSequenceNumber !== undefined;
  // Behind by the age of the last record handed out; at least 1 while there are more.
  const behind = more ? Math.max(1, last === undefined ? 1 : gateway.now() - arrivalMillis(last)) : 0;
  const parts = [`{"MillisBehindLatest":${behind}`];
  if (ended) parts.push(`,"ChildShards":${JSON.stringify(childShards(stream, shard))}`);
  else {
    const reached = last?.sequenceNumber ?? trimmed;
    const next =
      reached === undefined
        ? iteratorAt(iterator.stream, iterator.shardId, iterator.sequenceNumber)
        : iteratorAfter(iterator.stream, iterator.shardId, reached);
    parts.push(`,"NextShardIterator":"${next}"`);
  }
  parts.push(',"Records":[', records.map(recordJson).join(','), ']}');
  const given = answerText(parts.join(''));
  return trimmed === undefined ? given : { ...given, headers: { ...given.headers, [trimmedHeader]: trimmed } };
}

function recordJson({ json, sequenceNumber }: StoredRecord): string {
  return `${json.slice(0, -1)},"SequenceNumber":"${sequenceNumber}"}`;
}

function childShards(stream: StoredStream, parent: StoredShard): object[] {
  return stream.Shards.filter(
    (shard) => shard.ParentShardId === parent.ShardId || shard.AdjacentParentShardId === parent.ShardId,
  ).map(({ ShardId, HashKeyRange, ParentShardId, AdjacentParentShardId }) => ({
    ShardId,
    ParentShards: [ParentShardId, AdjacentParentShardId].filter((id) => id !== undefined),
    HashKeyRange,
  }));
}
