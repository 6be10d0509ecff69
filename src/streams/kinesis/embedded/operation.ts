import type { Store } from 'kinesalite/db/index.js';
import type { AwsAnswer } from './aws-answer.js';
import type { IteratorExpiry } from './iterator-expiry.js';
import type { Throttle } from './throttle.js';

/** What the operations work on. */
export interface Gateway {
  readonly store: Store;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Finish a change of a stream's status a moment from now, as AWS does; failures are reported. */
  later(work: () => Promise<void>): void;
  /** AWS's limits; undefined when they are not enforced. */
  readonly throttle: Throttle | undefined;
  readonly iterators: IteratorExpiry;
  /** By stream name: the second in which the last stream of that name was created. */
  readonly creations: Map<string, number>;
}

/** One request, decoded. */
export interface OperationCall {
  /** The request's fields. `StreamARN` is already replaced by `StreamName`. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Let kinesalite answer, with other fields where given. */
  forward(data?: Readonly<Record<string, unknown>>): Promise<AwsAnswer>;
}

/** Answers a call, by itself or around kinesalite's answer. @throws AwsError to refuse. */
export type Operation = (gateway: Gateway, call: OperationCall) => Promise<AwsAnswer>;
