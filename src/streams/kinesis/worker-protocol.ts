import type { DrainItem, SplitPosition, StreamIdentity } from '../contract.js';
import { StreamNotFoundError, StreamUnavailableError } from '../contract.js';
import type { EndpointSettings } from './endpoint.js';

/** What the reader's worker thread is started with. */
export interface WorkerSettings extends EndpointSettings {
  /** Bytes of one drain in flight between the endpoint and its consumer. */
  readonly budgetBytes: number;
}

export type ToWorker =
  | { readonly type: 'describe'; readonly id: number; readonly stream: string }
  | { readonly type: 'list'; readonly id: number }
  | {
      readonly type: 'drain';
      readonly id: number;
      readonly stream: string;
      readonly positions: readonly SplitPosition[];
      readonly boundMicros: bigint;
      /** What arrived before is past its retention period. Undefined: unknown. */
      readonly horizonMicros: bigint | undefined;
    }
  /** The consumer is done with `bytes` of the drain: that much may be fetched again. */
  | { readonly type: 'credit'; readonly id: number; readonly bytes: number }
  | { readonly type: 'cancel'; readonly id: number };

export type FromWorker =
  | { readonly type: 'described'; readonly id: number; readonly identity: StreamIdentity | undefined }
  | { readonly type: 'listed'; readonly id: number; readonly names: readonly string[] }
  | { readonly type: 'item'; readonly id: number; readonly item: DrainItem; readonly bytes: number }
  | { readonly type: 'drained'; readonly id: number }
  | { readonly type: 'failed'; readonly id: number; readonly failure: Failure };

/** An error on its way between threads, which keep no classes. */
export interface Failure {
  readonly kind: 'unavailable' | 'not-found' | 'defect';
  readonly message: string;
}

export function toFailure(error: unknown): Failure {
  if (error instanceof StreamUnavailableError) return { kind: 'unavailable', message: error.message };
  if (error instanceof StreamNotFoundError) return { kind: 'not-found', message: error.message };
  return { kind: 'defect', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

export function fromFailure({ kind, message }: Failure): Error {
  if (kind === 'unavailable') return new StreamUnavailableError(message);
  if (kind === 'not-found') return new StreamNotFoundError(message);
  return new Error(`the stream reader failed: ${message}`);
}
