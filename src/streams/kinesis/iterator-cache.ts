/** Iterators live for five minutes; used up to here, so that none expires on its way. Milliseconds. */
const usableMillis = 240_000;
const largestSize = 4_096;

/**
 * The iterators that earlier drains ended with, so that a poll that finds nothing new costs one call per shard. Only in
 * memory, and only after a record that was read: an iterator that never delivered one could belong to an earlier stream
 * of the same name, unless the endpoint knows them apart, as the embedded one does.
 */
export class IteratorCache {
  readonly #entries = new Map<string, { readonly iterator: string; readonly since: number }>();
  readonly #now: () => number;

  /** @param now milliseconds on a clock that never goes back */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The iterator after the record, taken out: its next use gives another one. */
  take(stream: string, shardId: string, sequenceNumber: string): string | undefined {
    const key = keyOf(stream, shardId, sequenceNumber);
    const entry = this.#entries.get(key);
    this.#entries.delete(key);
    return entry !== undefined && this.#now() - entry.since < usableMillis ? entry.iterator : undefined;
  }

  put(stream: string, shardId: string, sequenceNumber: string, iterator: string): void {
    this.#entries.set(keyOf(stream, shardId, sequenceNumber), { iterator, since: this.#now() });
    const oldest = this.#entries.keys().next().value;
    if (this.#entries.size > largestSize && oldest !== undefined) this.#entries.delete(oldest);
  }
}

function keyOf(...parts: string[]): string {
  return parts.join('/');
}
