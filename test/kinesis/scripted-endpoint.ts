import { ByteBudget } from '../../src/streams/kinesis/byte-budget.js';
import { type EndpointTraits, endpointTraits } from '../../src/streams/kinesis/endpoint.js';
import { EndpointFailure, type FailureKind } from '../../src/streams/kinesis/endpoint-failure.js';
import { IteratorCache } from '../../src/streams/kinesis/iterator-cache.js';
import { type Page, toColumns } from '../../src/streams/kinesis/page.js';
import type { PageFetcher, StartPoint } from '../../src/streams/kinesis/page-fetcher.js';
import type { Timing } from '../../src/streams/kinesis/retry.js';
import type { DrainContext, ShardItem } from '../../src/streams/kinesis/shard-loop.js';

/** Time that passes only where someone sleeps. */
export class ManualTiming implements Timing {
  readonly sleeps: number[] = [];
  time = 0;
  now = (): number => this.time;
  random = (): number => 0.999;
  sleep = async (millis: number, signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    this.sleeps.push(millis);
    this.time += millis;
  };
}

/** What an answer of GetRecords is made of: sequence numbers, or a failure. */
export type Step =
  | {
      readonly records: readonly number[];
      readonly lag?: number;
      readonly end?: boolean;
      readonly bytes?: number;
      readonly trimmed?: number;
    }
  | { readonly failure: FailureKind };

/** An endpoint with one shard whose answers are written down. Record n arrives in second n. */
export class ScriptedEndpoint implements PageFetcher {
  readonly starts: StartPoint[] = [];
  readonly limits: number[] = [];
  /** Answers of GetShardIterator, by turn: a failure or none. */
  readonly iteratorFailures: (FailureKind | undefined)[] = [];
  readonly #steps: Iterator<Step>;

  constructor(steps: Iterable<Step>) {
    this.#steps = steps[Symbol.iterator]();
  }

  describe(): never {
    throw new Error('not scripted');
  }
  listStreams(): never {
    throw new Error('not scripted');
  }
  listShards(): never {
    throw new Error('not scripted');
  }

  async iterator(_stream: string, _shardId: string, from: StartPoint): Promise<string> {
    this.starts.push(from);
    const failure = this.iteratorFailures.shift();
    if (failure !== undefined) throw new EndpointFailure(failure, 'scripted');
    return `iterator ${this.starts.length}`;
  }

  async fetchPage(iterator: string, limit: number): Promise<Page> {
    this.limits.push(limit);
    const { value: step, done } = this.#steps.next();
    if (done === true) throw new Error('the script is over');
    if ('failure' in step) throw new EndpointFailure(step.failure, 'scripted');
    return {
      columns: toColumns(
        step.records.map((number) => ({
          arrivalMillis: number * 1000,
          partitionKey: 'k',
          sequenceNumber: String(number),
          data: new Uint8Array(step.bytes ?? 1),
        })),
      ),
      nextIterator: step.end === true ? undefined : `${iterator}.`,
      millisBehindLatest: step.lag ?? 0,
      childShards: [],
      trimmedThrough: step.trimmed === undefined ? undefined : String(step.trimmed),
    };
  }
}

export interface ScriptedDrain extends DrainContext {
  readonly items: ShardItem[];
  readonly timing: ManualTiming;
  /** The sequence numbers handed over. */
  read(): number[];
}

/** A drain of the endpoint up to second `bound`. */
export function scriptedDrain(
  fetcher: PageFetcher,
  { bound = 1_000, horizon, traits = {} }: { bound?: number; horizon?: number; traits?: Partial<EndpointTraits> } = {},
): ScriptedDrain {
  const endpoint = 'http://127.0.0.1:1';
  const timing = new ManualTiming();
  const items: ShardItem[] = [];
  const budget = new ByteBudget(32 * 1024 * 1024);
  return {
    stream: 's',
    endpoint,
    traits: { ...endpointTraits({ endpoint, region: 'us-east-1' }), ...traits },
    fetcher,
    timing,
    iterators: new IteratorCache(timing.now),
    budget,
    signal: new AbortController().signal,
    boundMicros: BigInt(bound) * 1_000_000n,
    horizonMicros: horizon === undefined ? undefined : BigInt(horizon) * 1_000_000n,
    emit: (item, bytes) => {
      items.push(item);
      budget.give(bytes);
    },
    items,
    read: () => items.flatMap(({ columns }) => columns?.sequenceNumbers ?? []).map(Number),
  };
}
