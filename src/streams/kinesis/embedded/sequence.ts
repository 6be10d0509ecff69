/** What a sequence number says. */
export interface SequenceParts {
  /** Creation of the shard, milliseconds since the epoch; whole seconds count. */
  readonly createdMillis: number;
  readonly shardIndex: number;
  /** Below 2^63. */
  readonly counter: bigint;
  /** When the record was put, milliseconds since the epoch; whole seconds count. */
  readonly millis: number;
}

/** A sequence number in the layout that kinesalite reads ("version 2"): 46 hexadecimal digits as one decimal number. */
export function sequenceNumber({ createdMillis, shardIndex, counter, millis }: SequenceParts): string {
  const created = hex(Math.floor(createdMillis / 1000), 9);
  const put = hex(Math.floor(millis / 1000), 9);
  return BigInt(
    `0x2${created}${(shardIndex % 16).toString(16)}${hex(counter, 16)}00${put}${hex(shardIndex, 8)}2`,
  ).toString();
}

function hex(value: number | bigint, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
