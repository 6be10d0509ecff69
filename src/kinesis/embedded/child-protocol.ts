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
}

export interface InitialStream {
  readonly name: string;
  readonly shards: number;
}

export type ToChild = StartMessage | { readonly type: 'stop' };

export type FromChild =
  | { readonly type: 'listening'; readonly port: number }
  /** `code` is that of a failed listen (EADDRINUSE …), `message` a sentence for people. */
  | { readonly type: 'failed'; readonly code: string | undefined; readonly message: string }
  | { readonly type: 'log'; readonly level: 'info' | 'warn' | 'error'; readonly message: string };
