import {
  type DrainItem,
  type DrainRequest,
  type RecordPlace,
  type SplitPosition,
  type StreamIdentity,
  type StreamReader,
  StreamUnavailableError,
} from '../../src/streams/contract.js';
import { drainedBatch } from '../engine/stream-batch.js';

interface MemoryStream {
  readonly identity: StreamIdentity;
  /** Payloads by shard. */
  readonly shards: Map<string, string[]>;
  readonly ended: Set<string>;
}

/** Streams held in memory behind the reader's contract, so that refreshes can be tested without an endpoint. */
export class MemoryStreams implements StreamReader {
  readonly #streams = new Map<string, MemoryStream>();
  /** Set to make every call fail as a dead endpoint does. */
  dead = false;
  /** Rows of one batch. */
  batchRows = 3;
  /** Stop reading a shard after so many batches, as where a writer is faster than the reader. */
  batchesPerDrain = Number.POSITIVE_INFINITY;
  /** Called before each batch of a stream is handed over. */
  beforeBatch: ((stream: string) => Promise<void> | void) | undefined;
  drains = 0;
  #created = 0;

  create(name: string, shards = 1): void {
    const ids = Array.from({ length: shards }, (_unused, index) => `shardId-${String(index).padStart(12, '0')}`);
    this.#streams.set(name, {
      identity: {
        name,
        id: `arn:aws:kinesis:us-east-1:000000000000:stream/${name}`,
        createdAtMillis: ++this.#created,
        retentionHours: 24,
      },
      shards: new Map(ids.map((id) => [id, []])),
      ended: new Set(),
    });
  }
  remove(name: string): void {
    this.#streams.delete(name);
  }
  put(name: string, payloads: readonly (string | object)[], shard = 0): void {
    const list = [...this.#stream(name).shards.values()][shard];
    for (const payload of payloads) list?.push(typeof payload === 'string' ? payload : JSON.stringify(payload));
  }
  end(name: string, shard = 0): void {
    const id = [...this.#stream(name).shards.keys()][shard];
    if (id !== undefined) this.#stream(name).ended.add(id);
  }

  async describe(name: string): Promise<StreamIdentity | undefined> {
    this.#assertAlive('DescribeStreamSummary');
    return this.#streams.get(name)?.identity;
  }
  async listStreams(): Promise<string[]> {
    return [...this.#streams.keys()];
  }
  async close(): Promise<void> {}

  async *drain({ streamName, positions, signal }: DrainRequest): AsyncGenerator<DrainItem, void, undefined> {
    this.drains++;
    this.#assertAlive('GetRecords');
    const stream = this.#stream(streamName);
    for (const [shardId, payloads] of stream.shards) {
      let next = nextIndex(positions.get(shardId));
      const end = Math.min(payloads.length, next + this.batchesPerDrain * this.batchRows);
      while (next < end) {
        await this.beforeBatch?.(streamName);
        signal?.throwIfAborted();
        this.#assertAlive('GetRecords');
        const rows = payloads.slice(next, Math.min(next + this.batchRows, end));
        const first = next;
        next += rows.length;
        const records = rows.map((data, row) => ({
          data,
          sequence: sequence(first + row),
          valid: isJson(data),
          arrivalMicros: firstArrival + BigInt(first + row) * 1_000n,
        }));
        const batch = drainedBatch(records, shardId);
        const more = next === end && end < payloads.length;
        yield { batch, position: position(shardId, next, false), place: place(next), more };
      }
      if (stream.ended.has(shardId))
        yield { batch: undefined, position: position(shardId, next, true), place: place(next) };
    }
  }

  #stream(name: string): MemoryStream {
    const stream = this.#streams.get(name);
    if (stream === undefined) throw new Error(`no stream ${name}`);
    return stream;
  }
  #assertAlive(operation: string): void {
    if (this.dead) throw new StreamUnavailableError(`Kinesis endpoint memory: cannot be reached (${operation})`);
  }
}

const firstArrival = 1_700_000_000_000_000n;
const firstSequence = 4n * 10n ** 55n;
function sequence(index: number): string {
  return (firstSequence + BigInt(index)).toString();
}
function nextIndex(position: SplitPosition | undefined): number {
  return position?.state === undefined ? 0 : Number.parseInt(position.state, 10);
}
/** Its own form, unlike that of any source: refreshes must not look inside. */
function position(splitId: string, next: number, ended: boolean): SplitPosition {
  return { splitId, state: next === 0 && !ended ? undefined : `${next}${ended ? ' ended' : ''}` };
}
function place(next: number): RecordPlace {
  return { text: next === 0 ? undefined : sequence(next - 1), arrivalMicros: undefined };
}
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
