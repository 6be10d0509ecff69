import type { RecordPlace, SplitPosition } from '../contract.js';

/** How far a shard has been read. */
export interface ShardPosition {
  readonly shardId: string;
  /** Last consumed sequence number; undefined when nothing was consumed yet. */
  readonly sequenceNumber: string | undefined;
  readonly arrivalMicros: bigint | undefined;
  readonly ended: boolean;
}

/**
 * The position in the form that others store. The order of the fields is fixed, so that equal positions have equal
 * texts; numbers are texts, because JSON keeps no large ones.
 */
export function encodePosition({ shardId, sequenceNumber, arrivalMicros, ended }: ShardPosition): SplitPosition {
  const unread = sequenceNumber === undefined && !ended;
  const arrival = arrivalMicros?.toString();
  return { splitId: shardId, state: unread ? undefined : JSON.stringify({ sequenceNumber, arrival, ended }) };
}

/** @throws Error for a text that `encodePosition` did not write */
export function decodePosition({ splitId: shardId, state }: SplitPosition): ShardPosition {
  if (state === undefined) return { shardId, sequenceNumber: undefined, arrivalMicros: undefined, ended: false };
  const value: unknown = JSON.parse(state);
  if (typeof value !== 'object' || value === null) throw invalidPosition(shardId, state);
  const sequenceNumber = 'sequenceNumber' in value ? value.sequenceNumber : undefined;
  const arrival = 'arrival' in value ? value.arrival : undefined;
  const ended = 'ended' in value ? value.ended : undefined;
  if (typeof ended !== 'boolean' || !isDigits(sequenceNumber) || !isDigits(arrival))
    throw invalidPosition(shardId, state);
  return { shardId, sequenceNumber, arrivalMicros: arrival === undefined ? undefined : BigInt(arrival), ended };
}

/** Where a position is, for people. */
export function placeOf({ sequenceNumber, arrivalMicros }: ShardPosition): RecordPlace {
  return { text: sequenceNumber, arrivalMicros };
}

function isDigits(value: unknown): value is string | undefined {
  return value === undefined || (typeof value === 'string' && /^\d+$/.test(value));
}

function invalidPosition(shardId: string, state: string): Error {
  return new Error(`the position of shard ${shardId} cannot be read: ${state}`);
}
