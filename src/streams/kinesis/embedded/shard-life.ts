import kinesaliteDatabase, { type StoredShard, type StoredStream } from 'kinesalite/db/index.js';

const millisPerHour = 3_600_000;

/** When a shard was open, in milliseconds since the epoch; no end while it is. */
export interface ShardLife {
  readonly id: string;
  readonly start: number;
  readonly end: number | undefined;
}

export function lifeOf(shard: StoredShard): ShardLife {
  const { StartingSequenceNumber: first, EndingSequenceNumber: last } = shard.SequenceNumberRange;
  return {
    id: shard.ShardId,
    start: kinesaliteDatabase.parseSequence(first).shardCreateTime,
    end: last === undefined ? undefined : kinesaliteDatabase.parseSequence(last).seqTime,
  };
}

/**
 * Records that arrived before this instant are gone (AWS page "Changing the data retention period"). Milliseconds since
 * the epoch.
 */
export function trimHorizon(stream: StoredStream, now: number): number {
  return now - stream.RetentionPeriodHours * millisPerHour;
}

/** The shards that still may have records: those that ended before the retention period are listed no longer. */
export function listedShards(stream: StoredStream, now: number): { shard: StoredShard; life: ShardLife }[] {
  const horizon = trimHorizon(stream, now);
  return stream.Shards.map((shard) => ({ shard, life: lifeOf(shard) })).filter(
    ({ life }) => life.end === undefined || life.end >= horizon,
  );
}
