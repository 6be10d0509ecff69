import fc from 'fast-check';
import kinesaliteDatabase, { type StoredStream } from 'kinesalite/db/index.js';
import { expect, test } from 'vitest';
import { sequenceNumber } from '../../src/streams/kinesis/embedded/sequence.js';
import { firstShards, isOpen, openShards, scaleUniformly } from '../../src/streams/kinesis/embedded/shard-map.js';

const created = 1_790_000_000_000;

function stream(shards: number): StoredStream {
  return {
    StreamName: 's',
    StreamARN: '',
    StreamStatus: 'ACTIVE',
    StreamCreationTimestamp: created / 1000,
    RetentionPeriodHours: 24,
    Shards: firstShards(shards, created),
    _seqIx: [],
    _tags: {},
  };
}

test('a sequence number is what kinesalite reads and writes', () => {
  const seconds = fc.integer({ min: 1_600_000_000, max: 4_000_000_000 });
  fc.assert(
    fc.property(
      seconds,
      seconds,
      fc.nat({ max: 2 ** 31 - 1 }),
      fc.bigInt(0n, 2n ** 63n - 1n),
      (born, put, shard, n) => {
        const number = sequenceNumber({
          createdMillis: born * 1000,
          shardIndex: shard,
          counter: n,
          millis: put * 1000,
        });
        expect(kinesaliteDatabase.parseSequence(number)).toMatchObject({
          shardCreateTime: born * 1000,
          seqTime: put * 1000,
          shardIx: shard,
          seqIx: String(n),
        });
        expect(
          kinesaliteDatabase.stringifySequence({
            shardCreateTime: born * 1000,
            seqTime: put * 1000,
            shardIx: shard,
            seqIx: String(n),
          }),
        ).toBe(number);
      },
    ),
  );
});

test('whatever the counts, the open shards cover the keys in equal parts, and closed ones have children', () => {
  const count = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(count, fc.array(count, { maxLength: 5 }), (first, targets) => {
      const scaled = stream(first);
      for (const [step, target] of targets.entries()) {
        scaleUniformly(scaled, target, created + (step + 1) * 100);
        const open = openShards(scaled.Shards);
        expect(open).toHaveLength(target);
        let next = 0n;
        for (const { HashKeyRange } of open) {
          const start = BigInt(HashKeyRange.StartingHashKey);
          const end = BigInt(HashKeyRange.EndingHashKey) + 1n;
          expect(start).toBe(next);
          const off = end - start - 2n ** 128n / BigInt(target);
          expect(off < 2n ** 66n && off > -(2n ** 66n)).toBe(true);
          next = end;
        }
        expect(next).toBe(2n ** 128n);
      }
      for (const [index, shard] of scaled.Shards.entries()) {
        expect(shard.ShardId).toBe(kinesaliteDatabase.shardIdName(index));
        const children = scaled.Shards.filter(
          ({ ParentShardId, AdjacentParentShardId }) =>
            ParentShardId === shard.ShardId || AdjacentParentShardId === shard.ShardId,
        );
        expect(children.length > 0).toBe(!isOpen(shard));
        for (const child of children)
          expect(BigInt(child.SequenceNumberRange.StartingSequenceNumber)).toBeGreaterThan(
            BigInt(shard.SequenceNumberRange.EndingSequenceNumber ?? 0),
          );
      }
    }),
    { numRuns: 40 },
  );
});
