import type { ServerResponse } from 'node:http';
import { largestRecordBytes } from '../../contract.js';
import type { CompleteFault } from '../fault.js';
import { type AwsAnswer, AwsError, isObject, refusal, successBody } from './aws-answer.js';
import { expiredIterator, iteratorMillis } from './iterator-expiry.js';
import type { Gateway } from './operation.js';
import { decodeIterator } from './shard-iterator.js';
import { streamName } from './stream-name.js';
import { throughputExceeded } from './throttle.js';

/** The faults that wait for their calls, in the order they were set. */
export class Faults {
  #waiting: { readonly fault: CompleteFault; left: number }[] = [];
  /** Ends what earlier faults hold back. */
  readonly #held = new Set<() => void>();

  set(fault: CompleteFault): void {
    this.#waiting.push({ fault, left: fault.times });
  }

  /** No call is hit any more; calls that are held back lose their connections. */
  clear(): void {
    this.#waiting = [];
    for (const end of [...this.#held]) end();
  }

  /** The fault that hits a call of `operation` now. */
  take(operation: string): CompleteFault | undefined {
    const entry = this.#waiting.find(({ fault }) => fault.operation === operation);
    if (entry === undefined) return undefined;
    entry.left--;
    if (entry.left === 0) this.#waiting.splice(this.#waiting.indexOf(entry), 1);
    return entry.fault;
  }

  /** The fault did not fit the call it hit: it hits the next one. */
  giveBack(fault: CompleteFault): void {
    const entry = this.#waiting.find((waiting) => waiting.fault === fault);
    if (entry !== undefined) entry.left++;
    else this.#waiting.unshift({ fault, left: 1 });
  }

  /**
   * Delay a call by `millis`, or forever.
   *
   * @returns whether to continue; false when either side has closed the connection
   */
  hold(response: ServerResponse, millis: number | undefined): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (goOn: boolean): void => {
        clearTimeout(timer);
        this.#held.delete(end);
        response.off('close', gone);
        resolve(goOn);
      };
      const gone = (): void => settle(false);
      const end = (): void => {
        settle(false);
        response.socket?.destroy();
      };
      const timer = millis === undefined ? undefined : setTimeout(() => settle(true), millis);
      response.on('close', gone);
      this.#held.add(end);
    });
  }
}

/** Operations whose limits are a shard's throughput; the others are limited as calls. */
const dataOperations = new Set(['GetRecords', 'GetShardIterator', 'PutRecord', 'PutRecords', 'SubscribeToShard']);

/**
 * The answer of a fault that is one; undefined for the kinds that end or delay the connection.
 *
 * @param data the request's fields
 */
export function faultAnswer(
  { store, now }: Gateway,
  { kind, operation }: CompleteFault,
  data: Readonly<Record<string, unknown>>,
): AwsAnswer | undefined {
  const iterator = typeof data.ShardIterator === 'string' ? decodeIterator(data.ShardIterator) : undefined;
  const { awsAccountId: account } = store.metaDb;
  switch (kind) {
    case 'throttle': {
      const stream = iterator?.stream ?? streamName(data) ?? '';
      const shardId = iterator?.shardId ?? (typeof data.ShardId === 'string' ? data.ShardId : 'shardId-000000000000');
      return refusal(
        dataOperations.has(operation)
          ? throughputExceeded(stream, shardId, account)
          : new AwsError('LimitExceededException', `Rate exceeded for stream ${stream} under account ${account}.`),
      );
    }
    case 'error500':
      return refusal(new AwsError('InternalFailure', 'Internal service failure.', 500));
    case 'expired-iterator':
      return refusal(expiredIterator(now() - iteratorMillis - 1, now()));
    default:
      return undefined;
  }
}

/** An answer of GetRecords whose first record is larger than any column; undefined when there is no record in it. */
export function withOversizeRecord(given: AwsAnswer): AwsAnswer | undefined {
  const body = successBody(given);
  const [first, ...others] = Array.isArray(body?.Records) ? body.Records : [];
  if (!isObject(first)) return undefined;
  const Data = Buffer.alloc(largestRecordBytes + 1).toString('base64');
  return { ...given, body: JSON.stringify({ ...body, Records: [{ ...first, Data }, ...others] }) };
}
