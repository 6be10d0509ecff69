import type { CompleteFault } from '../fault.js';

/** Messages between the server and the child process of its embedded Kinesis. */

export interface StartMessage {
  readonly type: 'start';
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** Directory of the stream store; undefined keeps streams in memory. */
  readonly path: string | undefined;
  /** Created where missing. */
  readonly streams: readonly InitialStream[];
  /** Enforce AWS's limits per shard. */
  readonly throttle: boolean;
  /** Distance from real time. */
  readonly clockOffsetMillis: number;
}

export interface InitialStream {
  readonly name: string;
  readonly shards: number;
}

/** A test's request; each gets its `done`. */
export type ControlMessage =
  | { readonly type: 'clock'; readonly id: number; readonly offsetMillis: number }
  | { readonly type: 'set-fault'; readonly id: number; readonly fault: CompleteFault }
  | { readonly type: 'clear-faults'; readonly id: number }
  | {
      readonly type: 'expire-iterators';
      readonly id: number;
      readonly stream: string | undefined;
      readonly shardId: string | undefined;
    };

export type ToChild = StartMessage | { readonly type: 'stop' } | ControlMessage;

export type FromChild =
  | { readonly type: 'listening'; readonly port: number }
  /** `code` is that of a failed listen (EADDRINUSE …), `message` a sentence for people. */
  | { readonly type: 'failed'; readonly code: string | undefined; readonly message: string }
  | { readonly type: 'done'; readonly id: number }
  | { readonly type: 'log'; readonly level: 'info' | 'warn' | 'error'; readonly message: string };
