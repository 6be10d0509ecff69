import { largestRecordBytes, type SkippedRecord, StreamUnavailableError } from '../contract.js';
import { AdaptiveLimit } from './adaptive-limit.js';
import type { ByteBudget } from './byte-budget.js';
import type { EndpointTraits } from './endpoint.js';
import { EndpointFailure } from './endpoint-failure.js';
import type { IteratorCache } from './iterator-cache.js';
import { columnBytes, type Page, type RecordColumns, withoutFirst, withoutOversize } from './page.js';
import type { PageFetcher, StartPoint } from './page-fetcher.js';
import type { ShardPosition } from './position.js';
import { type Timing, withRetry } from './retry.js';
import { compareSequenceNumbers } from './sequence-number.js';
import type { ShardNode } from './shard-graph.js';

/** What all shards of a drain share. */
export interface DrainContext {
  readonly stream: string;
  readonly endpoint: string;
  readonly traits: EndpointTraits;
  readonly fetcher: PageFetcher;
  readonly timing: Timing;
  readonly iterators: IteratorCache;
  readonly budget: ByteBudget;
  readonly signal: AbortSignal;
  /** Records from this instant on need not be read. Microseconds since the epoch. */
  readonly boundMicros: bigint;
  /** What arrived before this instant is past its retention period; undefined where that is unknown. */
  readonly horizonMicros: bigint | undefined;
  /** Takes over `bytes` of the budget, to give them back when the item was consumed. */
  emit(item: ShardItem, bytes: number): void;
}

export interface ShardItem {
  readonly columns: RecordColumns | undefined;
  readonly position: ShardPosition;
  readonly skipped: readonly SkippedRecord[];
  readonly more: boolean;
  readonly warning: string | undefined;
}

export interface ShardOutcome {
  readonly ended: boolean;
  readonly children: readonly ShardNode[];
}

/** The key, in the cache of iterators, of a shard from which nothing was read yet. */
const beginning = '';

const lostRecords = "records past the retention period were lost; reading goes on at the shard's oldest record";
/** For endpoints that do not report losses: an old position may also mean a shard without newer records. */
const perhapsLostRecords =
  "the position is past the retention period: records may be lost; reading goes on at the shard's oldest record";

/**
 * Pages of one shard in one drain, after which it stops for this time: the writer is faster than the reader, and its
 * clock does not help.
 */
const largestPageCount = 10_000;
/**
 * Empty pages at the tip that prove it. One is not enough: kinesalite gives an empty page for records past their
 * retention.
 */
const emptyPagesAtTip = 2;
/** A closed shard ends with a missing iterator, which may take some empty pages. */
const emptyPagesAtEnd = 5;
/** Renewals in a row without a page in between. */
const largestRenewalCount = 3;
/** Empty pages short of the tip are followed for this long. Milliseconds. */
const emptyPatience = 120_000;

/**
 * Read one shard in order from its position to its tip as of the bound, handing over each page as it comes, one page
 * ahead of the consumer.
 *
 * Reading stops at the first of: no next iterator (the shard ended), the tip (see `atTip`), a page that begins past the
 * bound. A page is always handed over before it is judged: records past the bound are stored, skipping them would lose
 * them.
 *
 * @throws StreamUnavailableError, EndpointFailure of kind `not-found`, or the signal's reason
 */
export async function readShard(
  context: DrainContext,
  shard: ShardNode,
  stored: ShardPosition | undefined,
): Promise<ShardOutcome> {
  const reading = new ShardReading(context, shard, stored);
  return reading.run();
}

class ShardReading {
  readonly #context: DrainContext;
  readonly #shard: ShardNode;
  readonly #limit: AdaptiveLimit;
  /** Of the last page that was read: a new iterator continues from it. */
  #position: ShardPosition;
  #warning: string | undefined;
  /** Whether this drain has read records: the stored position is proven then. */
  #proven = false;
  /** Whether the stored position was held against what the endpoint still has. */
  #checked = false;
  #emptyPages = 0;
  #emptySince: number | undefined;
  #lastFetch = Number.NEGATIVE_INFINITY;
  #lastBytes = 0;

  constructor(context: DrainContext, shard: ShardNode, stored: ShardPosition | undefined) {
    this.#context = context;
    this.#shard = shard;
    this.#limit = new AdaptiveLimit(context.traits.largestLimit);
    this.#position = stored ?? {
      shardId: shard.shardId,
      sequenceNumber: undefined,
      arrivalMicros: undefined,
      ended: false,
    };
  }

  async run(): Promise<ShardOutcome> {
    let iterator = this.#knownIterator() ?? (await this.#newIterator());
    let fetched = this.#fetch(iterator);
    for (let count = 1; ; count++) {
      const { page, reserved } = await fetched;
      this.#checkPosition(page);
      const columns = this.#fresh(page.columns);
      const last = columns.rowCount - 1;
      const ended = page.nextIterator === undefined;
      if (last >= 0 || ended) {
        this.#position = {
          shardId: this.#shard.shardId,
          sequenceNumber: columns.sequenceNumbers[last] ?? this.#position.sequenceNumber,
          arrivalMicros: columns.arrivalMicros[last] ?? this.#position.arrivalMicros,
          ended,
        };
      }
      if (last >= 0) this.#proven = true;
      const position = this.#position;
      const done = ended || this.#atTip(page);
      const more = !done && (this.#pastBound(page.columns) || count >= largestPageCount || this.#outOfPatience());
      const stop = done || more;
      if (page.nextIterator !== undefined && !stop) {
        iterator = page.nextIterator;
        fetched = this.#fetch(iterator);
        // Awaited in the next round; a failure until then is not an unhandled one.
        fetched.catch(() => undefined);
      }
      this.#handOver(columns, position, reserved, more);
      if (stop) {
        this.#keepIterator(page.nextIterator);
        return { ended, children: page.childShards };
      }
    }
  }

  /** Records after the last one read: an endpoint that repeats some must not double rows. */
  #fresh(columns: RecordColumns): RecordColumns {
    const { sequenceNumber } = this.#position;
    if (sequenceNumber === undefined) return columns;
    let known = 0;
    for (const number of columns.sequenceNumbers) {
      if (compareSequenceNumbers(number, sequenceNumber) > 0) break;
      known++;
    }
    return known === 0 ? columns : withoutFirst(columns, known);
  }

  /** What the first page says about the stored position: whether records behind it are gone. */
  #checkPosition({ trimmedThrough, columns }: Page): void {
    const { sequenceNumber, arrivalMicros } = this.#position;
    const { traits, horizonMicros } = this.#context;
    if (this.#checked || sequenceNumber === undefined) return;
    if (traits.exactLag) {
      this.#checked = true;
      if (trimmedThrough === undefined || compareSequenceNumbers(trimmedThrough, sequenceNumber) <= 0) return;
      this.#warning = lostRecords;
      // Reported once: the next drain begins after what was lost.
      this.#position = { ...this.#position, sequenceNumber: trimmedThrough };
    } else if (columns.rowCount > 0) {
      this.#checked = true;
      if (horizonMicros !== undefined && arrivalMicros !== undefined && arrivalMicros < horizonMicros)
        this.#warning ??= perhapsLostRecords;
    }
  }

  #handOver(all: RecordColumns, position: ShardPosition, reserved: number, more: boolean): void {
    const { budget, emit } = this.#context;
    const warning = this.#warning;
    const { columns, skipped } = withoutOversize(all, largestRecordBytes);
    if (all.rowCount === 0 && !position.ended && !more && warning === undefined) {
      budget.give(reserved);
      return;
    }
    this.#warning = undefined;
    const bytes = columnBytes(columns);
    budget.correct(reserved, bytes);
    emit({ columns: columns.rowCount > 0 ? columns : undefined, position, skipped, more, warning }, bytes);
  }

  /**
   * The tip as of this page's request, which came after the bound. An empty page alone proves nothing, and neither does
   * MillisBehindLatest: emulators say 0 while far behind, and AWS may say more with nothing left.
   */
  #atTip(page: Page): boolean {
    const { traits, timing } = this.#context;
    if (page.millisBehindLatest === 0 && traits.exactLag) return true;
    if (page.columns.rowCount > 0) {
      this.#emptyPages = 0;
      this.#emptySince = undefined;
      return false;
    }
    if (page.millisBehindLatest > 0) {
      this.#emptyPages = 0;
      this.#emptySince ??= timing.now();
      return false;
    }
    this.#emptyPages++;
    return this.#emptyPages >= (this.#shard.closed ? emptyPagesAtEnd : emptyPagesAtTip);
  }

  #outOfPatience(): boolean {
    return this.#emptySince !== undefined && this.#context.timing.now() - this.#emptySince > emptyPatience;
  }

  #pastBound(columns: RecordColumns): boolean {
    const first = columns.arrivalMicros[0];
    if (first === undefined) return false;
    return first > this.#context.boundMicros + BigInt(this.#context.traits.clockSkew) * 1000n;
  }

  async #fetch(iterator: string): Promise<{ page: Page; reserved: number }> {
    const { budget, signal } = this.#context;
    const reserved = this.#limit.expectedBytes;
    await budget.take(reserved, signal);
    try {
      await this.#pause();
      const page = await this.#fetchRenewing(iterator);
      this.#limit.observe(page.columns.rowCount, page.columns.data.length);
      this.#lastBytes = page.columns.data.length;
      return { page, reserved };
    } catch (error) {
      budget.give(reserved);
      throw error;
    }
  }

  /** Keep to the endpoint's pace: calls a second, bytes a second, and rests where nothing comes. */
  async #pause(): Promise<void> {
    const { traits, timing, signal } = this.#context;
    let wait = Math.max(traits.spacing, (this.#lastBytes / traits.shardBytesPerSecond) * 1_000);
    if (this.#emptySince !== undefined) {
      const [first, longest] = traits.emptyPause;
      wait = Math.max(wait, Math.min(longest, Math.max(first, timing.now() - this.#emptySince)));
    }
    const left = this.#lastFetch + wait - timing.now();
    if (left > 0) await timing.sleep(left, signal);
    this.#lastFetch = timing.now();
  }

  /** Iterators live for five minutes, and not over the restart of some endpoints. */
  async #fetchRenewing(iterator: string): Promise<Page> {
    const { timing, endpoint, fetcher, signal } = this.#context;
    let current = iterator;
    for (let renewals = 0; ; renewals++) {
      try {
        return await withRetry(timing, endpoint, 'GetRecords', signal, () =>
          fetcher.fetchPage(current, this.#limit.limit, signal),
        );
      } catch (error) {
        // A cached iterator of a stream that was deleted since is not found; a new one shows the present state.
        const kinds = renewals === 0 ? ['position', 'not-found'] : ['position'];
        if (!(error instanceof EndpointFailure && kinds.includes(error.kind))) throw error;
        if (renewals === largestRenewalCount)
          throw new StreamUnavailableError(
            `Kinesis endpoint ${endpoint} refuses its own shard iterators (GetRecords: ${error.message})`,
          );
        current = await this.#newIterator();
      }
    }
  }

  #knownIterator(): string | undefined {
    const { iterators, stream } = this.#context;
    const place = this.#place();
    return place === undefined ? undefined : iterators.take(stream, this.#shard.shardId, place);
  }

  #keepIterator(iterator: string | undefined): void {
    const { iterators, stream } = this.#context;
    const place = this.#place();
    if (iterator !== undefined && place !== undefined) iterators.put(stream, this.#shard.shardId, place, iterator);
  }

  /**
   * The cache key of an iterator. One that never delivered a record is cached only where it cannot be mistaken for one
   * of an earlier stream of the same name.
   */
  #place(): string | undefined {
    return this.#position.sequenceNumber ?? (this.#context.traits.exactLag ? beginning : undefined);
  }

  /** An iterator after the last record read. */
  async #newIterator(): Promise<string> {
    const { sequenceNumber } = this.#position;
    if (sequenceNumber === undefined) return this.#iteratorAt({ type: 'TRIM_HORIZON' });
    try {
      return await this.#iteratorAt({ type: 'AFTER', sequenceNumber });
    } catch (error) {
      if (!(error instanceof EndpointFailure)) throw error;
      return this.#afterLostPosition(sequenceNumber, error);
    }
  }

  /**
   * The shard no longer knows the position: its record is past the retention period, or the stream was created again.
   */
  async #afterLostPosition(sequenceNumber: string, cause: EndpointFailure): Promise<string> {
    const { stream, endpoint } = this.#context;
    const { shardId } = this.#shard;
    if (this.#proven)
      throw new StreamUnavailableError(
        `stream ${stream} at ${endpoint} changed while shard ${shardId} was being read (GetShardIterator: ${cause.message})`,
      );
    const iterator = await this.#iteratorAt({ type: 'TRIM_HORIZON' });
    this.#warning = `shard ${shardId} no longer has the position ${sequenceNumber}; reading goes on at its oldest record (${cause.message})`;
    this.#position = { ...this.#position, sequenceNumber: undefined, arrivalMicros: undefined };
    return iterator;
  }

  #iteratorAt(from: StartPoint): Promise<string> {
    const { timing, endpoint, fetcher, signal, stream } = this.#context;
    return withRetry(timing, endpoint, 'GetShardIterator', signal, () =>
      fetcher.iterator(stream, this.#shard.shardId, from, signal),
    );
  }
}
