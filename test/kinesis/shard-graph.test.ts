import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ShardGraph, type ShardNode } from '../../src/streams/kinesis/shard-graph.js';

function shard(id: number, ...parents: number[]): ShardNode {
  return { shardId: name(id), parents: parents.map(name), closed: false };
}

function name(id: number): string {
  return `shardId-${String(id).padStart(12, '0')}`;
}

/** A random history: each step splits an open shard or merges two. */
const lineage = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.array(fc.tuple(fc.boolean(), fc.nat(), fc.nat()), { maxLength: 12 }))
  .map(([first, steps]) => {
    const shards = Array.from({ length: first }, (_, id) => shard(id));
    const open = shards.map((_, id) => id);
    for (const [split, one, other] of steps) {
      const [left = 0] = open.splice(one % open.length, 1);
      if (split || open.length === 0) {
        for (let child = 0; child < 2; child++) {
          open.push(shards.length);
          shards.push(shard(shards.length, left));
        }
      } else {
        const [right = 0] = open.splice(other % open.length, 1);
        open.push(shards.length);
        shards.push(shard(shards.length, left, right));
      }
    }
    return shards;
  });

test('every shard is read once, after all its parents', () => {
  fc.assert(
    fc.property(lineage, fc.infiniteStream(fc.nat()), (shards, choices) => {
      const graph = new ShardGraph([]);
      graph.add(shards);
      const running: ShardNode[] = [];
      const ended: string[] = [];
      for (;;) {
        for (const next of graph.startable()) {
          expect(next.parents.every((parent) => ended.includes(parent))).toBe(true);
          graph.start(next.shardId);
          running.push(next);
        }
        if (running.length === 0) break;
        const [done] = running.splice(Number(choices.next().value) % running.length, 1);
        if (done === undefined) break;
        graph.end(done.shardId);
        ended.push(done.shardId);
      }
      expect(ended.toSorted()).toEqual(shards.map(({ shardId }) => shardId));
    }),
  );
});

test('a child waits for both parents of a merge', () => {
  const graph = new ShardGraph([]);
  graph.add([shard(0), shard(1), shard(2, 0, 1)]);
  graph.start(name(0));
  graph.start(name(1));
  graph.end(name(0));
  expect(graph.startable()).toEqual([]);
  graph.end(name(1));
  expect(graph.startable().map(({ shardId }) => shardId)).toEqual([name(2)]);
});

test('a parent that is no longer listed was trimmed and counts as read', () => {
  const graph = new ShardGraph([]);
  graph.add([shard(2, 0), shard(3, 0)]);
  expect(graph.startable()).toHaveLength(2);
});

test('a shard that ended in an earlier drain is not read again, its children are', () => {
  const graph = new ShardGraph([name(0)]);
  graph.add([shard(0), shard(1, 0), shard(2, 0)]);
  expect(graph.startable().map(({ shardId }) => shardId)).toEqual([name(1), name(2)]);
});
