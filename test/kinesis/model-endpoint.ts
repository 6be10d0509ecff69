import { EndpointFailure, type FailureKind } from '../../src/streams/kinesis/endpoint-failure.js';
import { type Page, toColumns } from '../../src/streams/kinesis/page.js';
import type { PageFetcher, StartPoint } from '../../src/streams/kinesis/page-fetcher.js';
import type { ShardNode } from '../../src/streams/kinesis/shard-graph.js';

interface ModelShard {
  readonly shardId: string;
  readonly parents: readonly string[];
  readonly records: number[];
  closed: boolean;
}

/** What an endpoint may do at any call, by turns; `undefined` is to do the call. */
export type Whim = FailureKind | 'repeat' | 'empty' | undefined;

/**
 * A stream as a model: it knows every record, moves through a reshard at any time, and fails as it is told. Sequence
 * numbers are one count over the whole stream.
 */
export class ModelEndpoint implements PageFetcher {
  readonly shards: ModelShard[] = [];
  readonly #whims: Iterator<Whim>;
  readonly #tellsChildren: boolean;
  /** Called before each page, so that the stream can change in the middle of a drain. */
  beforePage: () => void = () => undefined;
  /** Shards that ListShards leaves out, though they are there. */
  readonly unlisted = new Set<string>();
  #count = 0;

  constructor(shards: number, whims: Iterable<Whim>, tellsChildren: boolean) {
    this.#whims = whims[Symbol.iterator]();
    this.#tellsChildren = tellsChildren;
    for (let index = 0; index < shards; index++) this.#add([]);
  }

  get open(): ModelShard[] {
    return this.shards.filter(({ closed }) => !closed);
  }

  /** Put one record into the n-th open shard. */
  put(n: number): number {
    const number = ++this.#count;
    this.open[n % this.open.length]?.records.push(number);
    return number;
  }

  split(n: number): void {
    const shard = this.open[n % this.open.length];
    if (shard === undefined) return;
    shard.closed = true;
    this.#add([shard.shardId]);
    this.#add([shard.shardId]);
  }

  merge(n: number): void {
    const one = this.open[n % this.open.length];
    const other = this.open[(n + 1) % this.open.length];
    if (one === undefined || other === undefined || one === other) return;
    one.closed = true;
    other.closed = true;
    this.#add([one.shardId, other.shardId]);
  }

  /** Its retention period is over. */
  remove(shardId: string): void {
    this.shards.splice(
      this.shards.findIndex((shard) => shard.shardId === shardId),
      1,
    );
  }

  #add(parents: readonly string[]): void {
    const shardId = `shardId-${String(this.shards.length).padStart(12, '0')}`;
    this.shards.push({ shardId, parents, records: [], closed: false });
  }

  async describe(name: string) {
    return { name, id: '', createdAtMillis: 0, retentionHours: 24, creating: false };
  }

  async listStreams(): Promise<string[]> {
    return ['s'];
  }

  async listShards(): Promise<ShardNode[]> {
    this.#fail(['unreachable', 'throttled']);
    return this.shards.filter(({ shardId }) => !this.unlisted.has(shardId)).map(node);
  }

  async iterator(_stream: string, shardId: string, from: StartPoint): Promise<string> {
    this.#fail(['unreachable', 'throttled']);
    const records = this.#shard(shardId).records;
    const index = from.type === 'AFTER' ? records.filter((number) => number <= Number(from.sequenceNumber)).length : 0;
    return `${shardId}/${index}`;
  }

  async fetchPage(iterator: string, limit: number): Promise<Page> {
    this.beforePage();
    const whim = this.#fail(['unreachable', 'throttled', 'position']);
    const [shardId = '', position = '0'] = iterator.split('/');
    const shard = this.#shard(shardId);
    const start = Math.max(0, Number(position) - (whim === 'repeat' ? 2 : 0));
    const page = whim === 'empty' ? [] : shard.records.slice(start, start + Math.min(limit, 3));
    const next = Math.max(Number(position), start + page.length);
    const atEnd = next >= shard.records.length;
    const ended = shard.closed && atEnd;
    return {
      columns: toColumns(
        page.map((number) => ({
          arrivalMillis: 0,
          partitionKey: 'k',
          sequenceNumber: String(number),
          data: new Uint8Array(1),
        })),
      ),
      nextIterator: ended ? undefined : `${shardId}/${next}`,
      millisBehindLatest: atEnd ? 0 : 1,
      childShards:
        ended && this.#tellsChildren ? this.shards.filter(({ parents }) => parents.includes(shardId)).map(node) : [],
    };
  }

  #shard(shardId: string): ModelShard {
    const shard = this.shards.find((each) => each.shardId === shardId);
    if (shard === undefined) throw new EndpointFailure('not-found', shardId);
    return shard;
  }

  #fail(kinds: readonly FailureKind[]): Whim {
    const { value: whim, done } = this.#whims.next();
    const kind = kinds.find((each) => each === whim);
    if (kind !== undefined) throw new EndpointFailure(kind, 'a whim');
    return done === true ? undefined : whim;
  }
}

function node({ shardId, parents, closed }: ModelShard): ShardNode {
  return { shardId, parents, closed };
}
