import type { Store } from 'kinesalite/db/index.js';
import type { AwsAnswer } from './aws-answer.js';
import type { StreamNotes } from './stream-notes.js';

/** What the operations work on. */
export interface Gateway {
  readonly store: Store;
  readonly notes: StreamNotes;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Run `work` when no other of the same stream runs: operations that look first and act then. */
  exclusive<T>(stream: string, work: () => Promise<T>): Promise<T>;
}

/** One request, decoded. */
export interface OperationCall {
  /** The request's fields. `StreamARN` is already replaced by `StreamName`. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Let kinesalite answer, with other fields where given. */
  forward(data?: Readonly<Record<string, unknown>>): Promise<AwsAnswer>;
}

/** Answers a call, by itself or around kinesalite's answer. Throws AwsError to refuse. */
export type Operation = (gateway: Gateway, call: OperationCall) => Promise<AwsAnswer>;
