import { AwsError } from './aws-answer.js';

const second = 1_000;
const day = 24 * 3_600_000;
const writtenRecords = 1_000;
const writtenBytes = 1024 * 1024;
const readBytes = 2 * 1024 * 1024;
const calls = 5;
/** Times a day that a stream's shard count may be updated, and its mode. */
const scalings = 10;
const modeSwitches = 2;

/** A store of permission that refills steadily. It starts full and may go below zero. */
class Bucket {
  #level: number;
  #at: number;

  constructor(
    readonly capacity: number,
    private readonly perSecond: number,
    now: number,
  ) {
    this.#level = capacity;
    this.#at = now;
  }

  level(now: number): number {
    this.#level = Math.min(this.capacity, this.#level + (Math.max(0, now - this.#at) / second) * this.perSecond);
    this.#at = now;
    return this.#level;
  }

  take(amount: number): void {
    this.#level -= amount;
  }
}

/** At most so many calls in any `period` milliseconds. */
class CallWindow {
  readonly #times: number[] = [];

  constructor(
    private readonly limit: number,
    private readonly period: number,
  ) {}

  /** Whether one more is allowed now; it is counted then. */
  take(now: number): boolean {
    while (this.#times[0] !== undefined && now - this.#times[0] >= this.period) this.#times.shift();
    if (this.#times.length >= this.limit) return false;
    this.#times.push(now);
    return true;
  }
}

interface Shard {
  readonly reads: CallWindow;
  readonly readBytes: Bucket;
  readonly iterators: CallWindow;
  readonly records: Bucket;
  readonly bytes: Bucket;
  /** Reads are refused until then. Milliseconds since the epoch. */
  blockedUntil: number;
}

/** Which shard a limit is about. */
export interface ShardPlace {
  readonly stream: string;
  readonly shardId: string;
  /** The shard's StartingSequenceNumber, which no other shard has. */
  readonly start: string;
}

/**
 * AWS's limits per shard (AWS page "Quotas and limits"): five reads and 2 MiB a second out, 1,000 records and 1 MiB a
 * second in; and how often a day a stream may be scaled. Times are milliseconds since the epoch.
 */
export class Throttle {
  readonly #shards = new Map<string, Shard>();
  readonly #daily = new Map<string, CallWindow>();

  constructor(private readonly accountId: string) {}

  /** A call of GetRecords. @throws AwsError ProvisionedThroughputExceededException */
  read(place: ShardPlace, now: number): void {
    const shard = this.#shard(place, now);
    if (now < shard.blockedUntil || shard.readBytes.level(now) <= 0 || !shard.reads.take(now))
      throw this.exceeded(place);
  }

  /** What a call of GetRecords gave. A page of 10 MiB blocks the shard for five seconds. */
  gave(place: ShardPlace, bytes: number, now: number): void {
    const shard = this.#shard(place, now);
    shard.readBytes.take(bytes);
    if (shard.readBytes.level(now) < 0) shard.blockedUntil = now + (bytes / readBytes) * second;
  }

  /** A call of GetShardIterator. @throws AwsError ProvisionedThroughputExceededException */
  iterator(place: ShardPlace, now: number): void {
    if (!this.#shard(place, now).iterators.take(now)) throw this.exceeded(place);
  }

  /**
   * Whether the shard takes a record of so many bytes now; it is counted then. A record larger than a second's share
   * needs all of it and overdraws it.
   */
  write(place: ShardPlace, bytes: number, now: number): boolean {
    const { records, bytes: share } = this.#shard(place, now);
    if (records.level(now) < 1 || share.level(now) < Math.min(bytes, share.capacity)) return false;
    records.take(1);
    share.take(bytes);
    return true;
  }

  /** A call of UpdateShardCount. @throws AwsError LimitExceededException */
  scale(stream: string, now: number): void {
    this.#perDay('UpdateShardCount', stream, scalings, now);
  }

  /** A call of UpdateStreamMode. @throws AwsError LimitExceededException */
  switchMode(stream: string, now: number): void {
    this.#perDay('UpdateStreamMode', stream, modeSwitches, now);
  }

  #perDay(operation: string, stream: string, limit: number, now: number): void {
    const key = `${operation}/${stream}`;
    let window = this.#daily.get(key);
    if (window === undefined) {
      window = new CallWindow(limit, day);
      this.#daily.set(key, window);
    }
    if (!window.take(now))
      throw new AwsError(
        'LimitExceededException',
        `${operation} cannot be called more than ${limit} times per rolling 24-hour period for stream ${stream} under account ${this.accountId}.`,
      );
  }

  exceeded(place: Pick<ShardPlace, 'stream' | 'shardId'>): AwsError {
    return throughputExceeded(place.stream, place.shardId, this.accountId);
  }

  /** The stream is gone. */
  forget(stream: string, starts: readonly string[]): void {
    for (const start of starts) this.#shards.delete(start);
    for (const operation of ['UpdateShardCount', 'UpdateStreamMode']) this.#daily.delete(`${operation}/${stream}`);
  }

  #shard({ start }: ShardPlace, now: number): Shard {
    let shard = this.#shards.get(start);
    if (shard === undefined) {
      shard = {
        reads: new CallWindow(calls, second),
        readBytes: new Bucket(readBytes, readBytes, now),
        iterators: new CallWindow(calls, second),
        records: new Bucket(writtenRecords, writtenRecords, now),
        bytes: new Bucket(writtenBytes, writtenBytes, now),
        blockedUntil: 0,
      };
      this.#shards.set(start, shard);
    }
    return shard;
  }
}

/** AWS's answer where a shard's throughput is used up. */
export function throughputExceeded(stream: string, shardId: string, accountId: string): AwsError {
  return new AwsError(
    'ProvisionedThroughputExceededException',
    `Rate exceeded for shard ${shardId} in stream ${stream} under account ${accountId}.`,
  );
}
