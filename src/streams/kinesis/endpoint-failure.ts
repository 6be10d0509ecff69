/**
 * - `unreachable`: no connection, no answer, an answer cut off or not understood, a server error: worth another try
 * - `throttled`: too many calls; nothing was consumed
 * - `position`: an iterator or a sequence number is expired or not valid
 * - `not-found`: no such stream or shard
 * - `refused`: anything else; the same call will fail again
 */
export type FailureKind = 'unreachable' | 'throttled' | 'position' | 'not-found' | 'refused';

/** A call to the endpoint failed. Whatever carries the call gives its errors this form. */
export class EndpointFailure extends Error {
  override readonly name = 'EndpointFailure';
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}
