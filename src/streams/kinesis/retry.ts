import { setTimeout as delay } from 'node:timers/promises';
import { StreamUnavailableError } from '../contract.js';
import { EndpointFailure } from './endpoint-failure.js';

/** Time and chance, so that tests can replace them. */
export interface Timing {
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  /** Rejects with the signal's reason when it aborts. */
  sleep(millis: number, signal: AbortSignal): Promise<void>;
  /** From 0 up to, not including, 1. */
  random(): number;
}

export const realTiming: Timing = {
  now: () => performance.now(),
  sleep: async (millis, signal) => {
    signal.throwIfAborted();
    await delay(millis, undefined, { signal }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw error;
    });
  },
  random: Math.random,
};

/**
 * Backoff: the n-th pause is random between 0 and `first` x 2^n, at most `longest`; no more tries after `patience`.
 * Milliseconds.
 */
interface Backoff {
  readonly first: number;
  readonly longest: number;
  readonly patience: number;
}

/** Outlives the restart of an embedded endpoint, and fails within a few seconds where nothing answers. */
const unreachableBackoff: Backoff = { first: 50, longest: 400, patience: 3_000 };
/** AWS page "Error retries and exponential backoff": full jitter. */
const throttledBackoff: Backoff = { first: 200, longest: 10_000, patience: 60_000 };

/**
 * Make a call until it succeeds. Failures that pass by are tried again; `position`, `not-found` and `refused` go to the
 * caller as they are.
 *
 * @param operation name of the AWS operation, for the message
 * @throws StreamUnavailableError naming endpoint and operation when the endpoint stays unreachable or throttled, or
 * refuses
 */
export async function withRetry<T>(
  timing: Timing,
  endpoint: string,
  operation: string,
  signal: AbortSignal,
  call: () => Promise<T>,
): Promise<T> {
  const started = timing.now();
  for (let attempt = 0; ; attempt++) {
    signal.throwIfAborted();
    try {
      return await call();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof EndpointFailure)) throw error;
      if (error.kind === 'position' || error.kind === 'not-found') throw error;
      if (error.kind === 'refused') throw unavailable(endpoint, operation, 'refused a request', error);
      const backoff = error.kind === 'throttled' ? throttledBackoff : unreachableBackoff;
      if (timing.now() - started >= backoff.patience) {
        throw unavailable(
          endpoint,
          operation,
          error.kind === 'throttled' ? 'keeps throttling' : 'cannot be reached',
          error,
        );
      }
      const ceiling = Math.min(backoff.longest, backoff.first * 2 ** attempt);
      await timing.sleep(timing.random() * ceiling, signal);
    }
  }
}

function unavailable(
  endpoint: string,
  operation: string,
  what: string,
  failure: EndpointFailure,
): StreamUnavailableError {
  return new StreamUnavailableError(`Kinesis endpoint ${endpoint} ${what} (${operation}: ${failure.message})`, {
    cause: failure,
  });
}
