import { AwsError } from './aws-answer.js';
import type { ShardIterator } from './shard-iterator.js';

/** How long a shard iterator is good for (AWS page "GetRecords"). Milliseconds. */
export const iteratorMillis = 300_000;

/** Iterators that a test declared expired before their time. */
export class IteratorExpiry {
  /** Iterators minted before this instant have expired, by stream, or by stream and shard. */
  readonly #marks = new Map<string, number>();

  /** @param before milliseconds since the epoch; of all shards without `shardId`, of all streams without `stream` */
  expire(before: number, stream: string | undefined, shardId: string | undefined): void {
    this.#marks.set(keyOf(stream, shardId), before);
  }

  expired({ stream, shardId, minted }: ShardIterator): boolean {
    return [keyOf(undefined, undefined), keyOf(stream, undefined), keyOf(stream, shardId)].some(
      (key) => minted < (this.#marks.get(key) ?? 0),
    );
  }

  clear(): void {
    this.#marks.clear();
  }
}

function keyOf(stream: string | undefined, shardId: string | undefined): string {
  return `${stream ?? ''}/${shardId ?? ''}`;
}

/** The refusal of an iterator that is too old, in AWS's words. @param now milliseconds since the epoch */
export function expiredIterator(minted: number, now: number): AwsError {
  return new AwsError(
    'ExpiredIteratorException',
    `Iterator expired. The iterator was created at time ${new Date(minted).toUTCString().replace('GMT', 'UTC')} while right now it is ` +
      `${new Date(now).toUTCString().replace('GMT', 'UTC')} which is further in the future than the tolerated delay of ${iteratorMillis} milliseconds.`,
  );
}
