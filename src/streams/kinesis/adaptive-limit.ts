import { overheadPerRecord } from './page.js';

const firstLimit = 1_000;
/** What a page should weigh: large enough to be worth a call, small enough to bound memory. */
const pageBytes = 4 * 1024 * 1024;
const assumedRecordBytes = 1_024;

/** The Limit of a shard's next GetRecords, by the size of its records so far. */
export class AdaptiveLimit {
  readonly #largest: number;
  #recordBytes = assumedRecordBytes;
  #seen = false;

  constructor(largest: number) {
    this.#largest = largest;
  }

  get limit(): number {
    if (!this.#seen) return Math.min(firstLimit, this.#largest);
    return Math.max(1, Math.min(this.#largest, Math.floor(pageBytes / this.#recordBytes)));
  }

  /** Bytes the next page will probably take. */
  get expectedBytes(): number {
    return Math.ceil(this.limit * (this.#recordBytes + overheadPerRecord));
  }

  observe(records: number, payloadBytes: number): void {
    if (records === 0) return;
    const mean = Math.max(1, payloadBytes / records);
    // Growth counts at once, so that pages never become too large; shrinking counts by halves.
    this.#recordBytes = this.#seen ? Math.max(mean, (this.#recordBytes + mean) / 2) : mean;
    this.#seen = true;
  }
}
