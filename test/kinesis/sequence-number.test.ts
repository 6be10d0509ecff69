import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareSequenceNumbers } from '../../src/streams/kinesis/sequence-number.js';

const sequenceNumber = fc.bigInt({ min: 0n, max: 10n ** 129n - 1n });

test('sequence numbers are ordered as the integers they are', () => {
  fc.assert(
    fc.property(sequenceNumber, sequenceNumber, (left, right) => {
      const expected = left < right ? -1 : left > right ? 1 : 0;
      expect(Math.sign(compareSequenceNumbers(left.toString(), right.toString()))).toBe(expected);
    }),
  );
});

test('leading zeros do not count', () => {
  expect(compareSequenceNumbers('007', '7')).toBe(0);
  expect(compareSequenceNumbers('0', '00')).toBe(0);
  expect(compareSequenceNumbers('09', '10')).toBeLessThan(0);
});
