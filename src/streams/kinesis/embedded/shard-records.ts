import kinesaliteDatabase, { type RangeOptions, type Store } from 'kinesalite/db/index.js';
import { done } from './store.js';

/**
 * A stored record as text: its sequence number and its JSON object `{PartitionKey, Data, ApproximateArrivalTimestamp}`.
 */
export interface StoredRecord {
  readonly sequenceNumber: string;
  readonly json: string;
}

/** Key of a record in its stream's store: `<shard index in hex>/<sequence number>`. */
export function recordKey(shardIndex: number, sequenceNumber: string): string {
  return `${kinesaliteDatabase.shardIxToHex(shardIndex)}/${sequenceNumber}`;
}

/** The records of one shard in kinesalite's store, read without parsing them. */
export class ShardRecords {
  readonly #store: Store;
  readonly #stream: string;
  readonly #index: number;

  constructor(store: Store, stream: string, index: number) {
    this.#store = store;
    this.#stream = stream;
    this.#index = index;
  }

  /** Records at and after a sequence number, in order, for as long as `take` returns true. */
  async scan(sequenceNumber: string, take: (record: StoredRecord) => boolean): Promise<void> {
    await this.#iterate({ ...this.#range(), gte: this.#key(sequenceNumber) }, take);
  }

  /** The newest record, or undefined when there is none. */
  async tip(): Promise<StoredRecord | undefined> {
    let tip: StoredRecord | undefined;
    await this.#iterate({ ...this.#range(), reverse: true, limit: 1 }, (record) => {
      tip = record;
      return false;
    });
    return tip;
  }

  /** The first record at or after a sequence number. */
  async first(sequenceNumber: string): Promise<StoredRecord | undefined> {
    let first: StoredRecord | undefined;
    await this.#iterate({ ...this.#range(), gte: this.#key(sequenceNumber), limit: 1 }, (record) => {
      first = record;
      return false;
    });
    return first;
  }

  async remove(sequenceNumbers: readonly string[]): Promise<void> {
    const operations = sequenceNumbers.map((number) => ({ type: 'del' as const, key: this.#key(number) }));
    await done<void>((callback) => this.#store.getStreamDb(this.#stream).batch(operations, callback));
  }

  #range(): RangeOptions {
    const { shardIxToHex } = kinesaliteDatabase;
    return { gt: shardIxToHex(this.#index), lt: shardIxToHex(this.#index + 1), valueEncoding: 'utf8' };
  }

  #key(sequenceNumber: string): string {
    return recordKey(this.#index, sequenceNumber);
  }

  #iterate(options: RangeOptions, take: (record: StoredRecord) => boolean): Promise<void> {
    const { gt, gte, ...others } = options;
    const iterator = this.#store.getStreamDb(this.#stream).iterator(gte === undefined ? options : { ...others, gte });
    return new Promise((resolve, reject) => {
      const end = (error: unknown): void => {
        iterator.end((endError) => {
          const failure = error ?? endError;
          if (failure) reject(failure);
          else resolve();
        });
      };
      const next = (): void => {
        iterator.next((error, key, value) => {
          if (error || key === undefined || value === undefined) return end(error);
          try {
            if (take({ sequenceNumber: key.slice(key.indexOf('/') + 1), json: value })) next();
            else end(undefined);
          } catch (thrown) {
            end(thrown);
          }
        });
      };
      next();
    });
  }
}

const arrivalPattern = /"ApproximateArrivalTimestamp":(\d+(?:\.\d+)?)\}$/;

/** A stored record's arrival, in milliseconds since the epoch. */
export function arrivalMillis(record: StoredRecord): number {
  // The stamp is the object's last member as kinesalite writes it.
  const seconds = arrivalPattern.exec(record.json.slice(-64))?.[1];
  if (seconds !== undefined) return Math.round(Number(seconds) * 1000);
  const value: unknown = JSON.parse(record.json);
  const stamp =
    typeof value === 'object' && value !== null && 'ApproximateArrivalTimestamp' in value
      ? value.ApproximateArrivalTimestamp
      : undefined;
  return typeof stamp === 'number' ? Math.round(stamp * 1000) : 0;
}
