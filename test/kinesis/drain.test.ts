import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StreamNotFoundError, StreamUnavailableError } from '../../src/streams/contract.js';
import { drainStream } from '../../src/streams/kinesis/drain.js';
import { EndpointFailure } from '../../src/streams/kinesis/endpoint-failure.js';
import type { ShardPosition } from '../../src/streams/kinesis/position.js';
import type { ShardItem } from '../../src/streams/kinesis/shard-loop.js';
import { ModelEndpoint, type Whim } from './model-endpoint.js';
import { scriptedDrain } from './scripted-endpoint.js';

/** Drains a model again and again, as refreshes do. */
class ModelConsumer {
  readonly positions = new Map<string, ShardPosition>();
  readonly seen: { shardId: string; number: number }[] = [];
  readonly ends: { shardId: string; after: number }[] = [];
  readonly warnings: { shardId: string; warning: string }[] = [];
  readonly #endpoint: ModelEndpoint;
  readonly #exactLag: boolean;

  constructor(endpoint: ModelEndpoint, exactLag: boolean) {
    this.#endpoint = endpoint;
    this.#exactLag = exactLag;
  }

  /** A drain that fails changes nothing and is made again. */
  async drain(): Promise<void> {
    for (;;) {
      const drain = scriptedDrain(this.#endpoint, { traits: { exactLag: this.#exactLag } });
      try {
        await drainStream(drain, this.positions, new AbortController());
      } catch (error) {
        if (error instanceof StreamUnavailableError) continue;
        throw error;
      }
      for (const item of drain.items) this.#take(item);
      return;
    }
  }

  #take({ columns, position, warning }: ShardItem): void {
    const { shardId } = position;
    if (warning !== undefined) this.warnings.push({ shardId, warning });
    for (const number of columns?.sequenceNumbers ?? []) this.seen.push({ shardId, number: Number(number) });
    if (position.ended) this.ends.push({ shardId, after: this.seen.length });
    this.positions.set(shardId, position);
  }
}

type Step = { readonly type: 'put' | 'split' | 'merge' | 'drain'; readonly n: number };

const steps = fc.array(
  fc.record<Step>({
    type: fc.oneof(
      { weight: 12, arbitrary: fc.constant<Step['type']>('put') },
      fc.constantFrom<Step['type']>('split', 'merge', 'drain'),
    ),
    n: fc.nat(20),
  }),
  { maxLength: 60 },
);
const whims = fc.infiniteStream(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant<Whim>(undefined) },
    fc.constantFrom<Whim>('unreachable', 'throttled', 'position', 'repeat'),
  ),
);

function apply(endpoint: ModelEndpoint, { type, n }: Step): void {
  if (type === 'put') endpoint.put(n);
  else if (type === 'split') endpoint.split(n);
  else if (type === 'merge') endpoint.merge(n);
}

/** Every record once, in the order of its shard, after all of its shard's parents. */
function expectExactlyOnce(endpoint: ModelEndpoint, { seen, ends }: ModelConsumer): void {
  for (const { shardId, parents, records } of endpoint.shards) {
    expect(seen.filter((each) => each.shardId === shardId).map(({ number }) => number)).toEqual(records);
    const first = seen.findIndex((each) => each.shardId === shardId);
    if (first < 0) continue;
    for (const parent of parents)
      expect(ends.find((each) => each.shardId === parent)?.after).toBeLessThanOrEqual(first);
  }
}

test('exactly once, whatever the endpoint does and wherever the stream is resharded', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      steps,
      steps,
      whims,
      fc.boolean(),
      fc.boolean(),
      async (shards, between, during, mood, tellsChildren, exactLag) => {
        const endpoint = new ModelEndpoint(shards, mood, tellsChildren);
        const consumer = new ModelConsumer(endpoint, exactLag);
        const pending = during.values();
        for (const step of between) {
          apply(endpoint, step);
          if (step.type !== 'drain') continue;
          endpoint.beforePage = () => {
            const next = pending.next();
            if (next.done !== true) apply(endpoint, next.value);
          };
          await consumer.drain();
        }
        endpoint.beforePage = () => undefined;
        await consumer.drain();
        expectExactlyOnce(endpoint, consumer);
      },
    ),
    { numRuns: 300 },
  );
});

test('a drain after a split has what was put before it, parents and children', async () => {
  const endpoint = new ModelEndpoint(1, [], false);
  endpoint.put(0);
  endpoint.split(0);
  endpoint.put(0);
  endpoint.put(1);
  endpoint.merge(0);
  endpoint.put(0);
  const consumer = new ModelConsumer(endpoint, false);
  await consumer.drain();
  expect(consumer.seen.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
});

test('children that appear while a drain runs are read by it', async () => {
  const endpoint = new ModelEndpoint(1, [], false);
  endpoint.put(0);
  const consumer = new ModelConsumer(endpoint, false);
  let pages = 0;
  endpoint.beforePage = () => {
    if (pages++ !== 1) return;
    endpoint.split(0);
    endpoint.put(0);
    endpoint.put(1);
  };
  await consumer.drain();
  expect(consumer.seen.map(({ number }) => number)).toEqual([1, 2, 3]);
});

test('where one shard fails, the others stop and the drain fails with its reason', async () => {
  const endpoint = new ModelEndpoint(3, [], false);
  const drain = scriptedDrain(endpoint);
  endpoint.beforePage = () => {
    throw new EndpointFailure('refused', 'AccessDeniedException: no');
  };
  const abort = new AbortController();
  await expect(drainStream({ ...drain, signal: abort.signal }, new Map(), abort)).rejects.toThrow(
    new StreamUnavailableError(
      'Kinesis endpoint http://127.0.0.1:1 refused a request (GetRecords: AccessDeniedException: no)',
    ),
  );
  expect(abort.signal.aborted).toBe(true);
});

test('a stream that goes away in the middle is not found', async () => {
  const endpoint = new ModelEndpoint(1, [], false);
  endpoint.beforePage = () => endpoint.shards.splice(0);
  await expect(drainStream(scriptedDrain(endpoint), new Map(), new AbortController())).rejects.toThrow(
    StreamNotFoundError,
  );
});

test('a stream that is still being created is waited for', async () => {
  const endpoint = new ModelEndpoint(0, [], false);
  let asked = 0;
  endpoint.describe = async (name) => {
    if (++asked === 3)
      apply(Object.assign(endpoint, { shards: new ModelEndpoint(1, [], false).shards }), { type: 'put', n: 0 });
    return { name, id: '', createdAtMillis: 0, retentionHours: 24, creating: true };
  };
  const consumer = new ModelConsumer(endpoint, true);
  await consumer.drain();
  expect(consumer.seen).toHaveLength(1);
});

test('a shard that closed and is gone ends, which is said once, and its children are read', async () => {
  const endpoint = new ModelEndpoint(1, [], true);
  const consumer = new ModelConsumer(endpoint, true);
  endpoint.put(0);
  await consumer.drain();
  endpoint.put(0);
  endpoint.split(0);
  endpoint.put(0);
  endpoint.put(1);
  endpoint.remove('shardId-000000000000');
  await consumer.drain();
  expect(consumer.seen.map(({ number }) => number)).toEqual([1, 3, 4]);
  expect(consumer.positions.get('shardId-000000000000')).toMatchObject({ sequenceNumber: '1', ended: true });
  expect(consumer.warnings).toEqual([
    { shardId: 'shardId-000000000000', warning: expect.stringMatching(/^the shard is gone/) },
  ]);
  await consumer.drain();
  expect(consumer.warnings).toHaveLength(1);
});

test('a shard that a listing leaves out by mistake is read all the same, before its children', async () => {
  const endpoint = new ModelEndpoint(1, [], true);
  const consumer = new ModelConsumer(endpoint, true);
  endpoint.put(0);
  await consumer.drain();
  endpoint.put(0);
  endpoint.split(0);
  endpoint.put(0);
  endpoint.unlisted.add('shardId-000000000000');
  await consumer.drain();
  expectExactlyOnce(endpoint, consumer);
  expect(consumer.warnings).toEqual([]);
});

test('a merged shard waits for a parent that came into being during the drain', async () => {
  const endpoint = new ModelEndpoint(2, [], true);
  const consumer = new ModelConsumer(endpoint, true);
  // The first shard takes several pages, the second one.
  for (let n = 0; n < 20; n++) endpoint.put(0);
  endpoint.put(1);
  let pages = 0;
  endpoint.beforePage = () => {
    if (++pages > 1) return;
    endpoint.split(0);
    endpoint.put(1);
    endpoint.put(2);
    endpoint.merge(0);
    endpoint.put(endpoint.open.length - 1);
  };
  await consumer.drain();
  expectExactlyOnce(endpoint, consumer);
});
