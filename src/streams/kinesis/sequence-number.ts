/**
 * Sequence numbers are decimal text of up to 129 digits: no integer type holds them. They are ordered inside one shard
 * only, and nothing may be computed with them (AWS page "Amazon Kinesis Data Streams Terminology and concepts",
 * sequence number).
 */

/**
 * Order two sequence numbers of one shard.
 *
 * @returns a negative number when `left` comes first, 0 when they are equal, else a positive number
 */
export function compareSequenceNumbers(left: string, right: string): number {
  const a = significant(left);
  const b = significant(right);
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

function significant(digits: string): string {
  return digits.startsWith('0') ? digits.replace(/^0+(?=\d)/, '') : digits;
}
