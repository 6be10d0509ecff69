import { kinesisOperations } from './operations.js';

/**
 * What happens to a call instead of its answer:
 * - `throttle`: refused as AWS refuses where a limit is reached: ProvisionedThroughputExceededException for records and
 *   iterators, LimitExceededException for the rest
 * - `error500`: InternalFailure with HTTP status 500
 * - `reset`: the connection is reset and the call not carried out
 * - `truncate`: carried out; the connection ends in the middle of the answer
 * - `slow`: carried out after a delay
 * - `hang`: no answer at all, and not carried out
 * - `expired-iterator`: ExpiredIteratorException, for GetRecords
 * - `oversize`: carried out; the first record of the answer is larger than VARBYTE holds, which no producer can make
 *   it. For GetRecords; answers without records do not count
 */
export type FaultKind = (typeof faultKinds)[number];

export const faultKinds = [
  'throttle',
  'error500',
  'reset',
  'truncate',
  'slow',
  'hang',
  'expired-iterator',
  'oversize',
] as const;

/** Those that only GetRecords can have. */
const readingFaults: ReadonlySet<FaultKind> = new Set<FaultKind>(['expired-iterator', 'oversize']);

/** A fault of the embedded Kinesis, for tests. */
export interface Fault {
  /** Name of an AWS operation, such as `GetRecords`. */
  readonly operation: string;
  readonly kind: FaultKind;
  /** How many calls it hits. Default: 1. */
  readonly times?: number | undefined;
  /** Of `slow`. Default: 1,000. */
  readonly delayMs?: number | undefined;
}

/** A fault with all its fields. */
export interface CompleteFault {
  readonly operation: string;
  readonly kind: FaultKind;
  readonly times: number;
  readonly delayMs: number;
}

export const largestTimes = 1_000_000;
export const largestDelay = 3_600_000;

/** A fault that makes no sense; the message says why. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
}

/** The fault with all its fields. @throws FaultError */
export function completeFault({ operation, kind, times = 1, delayMs = 1_000 }: Fault): CompleteFault {
  if (!kinesisOperations.has(operation))
    throw new FaultError(`"${operation}" is no operation of Kinesis; one is GetRecords`);
  if (!faultKinds.includes(kind))
    throw new FaultError(`a fault's kind is one of ${faultKinds.join(', ')}, not "${kind}"`);
  if (readingFaults.has(kind) && operation !== 'GetRecords')
    throw new FaultError(`the fault ${kind} is for GetRecords, not for ${operation}`);
  if (!(Number.isInteger(times) && times >= 1 && times <= largestTimes))
    throw new FaultError(`a fault's times is a whole number from 1 to ${largestTimes}, not ${times}`);
  if (!(Number.isFinite(delayMs) && delayMs >= 0 && delayMs <= largestDelay))
    throw new FaultError(`a fault's delay is from 0 to ${largestDelay} milliseconds, not ${delayMs}`);
  return { operation, kind, times, delayMs };
}
