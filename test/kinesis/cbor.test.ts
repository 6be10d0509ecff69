import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  CborError,
  CborTimestamp,
  type CborValue,
  decodeCbor,
  encodeCbor,
} from '../../src/streams/kinesis/embedded/cbor.js';

/** RFC 8949, Appendix A. */
const examples: [hex: string, value: CborValue][] = [
  ['00', 0],
  ['17', 23],
  ['1818', 24],
  ['1903e8', 1000],
  ['1a000f4240', 1_000_000],
  ['1b000000e8d4a51000', 1_000_000_000_000],
  ['20', -1],
  ['3903e7', -1000],
  ['f90000', 0],
  ['f93c00', 1],
  ['f97bff', 65_504],
  ['f90001', 2 ** -24],
  ['f9c400', -4],
  ['fa47c35000', 100_000],
  ['fb3ff199999999999a', 1.1],
  ['f97c00', Number.POSITIVE_INFINITY],
  ['f4', false],
  ['f5', true],
  ['f6', null],
  ['c11a514b67b0', new CborTimestamp(1_363_896_240)],
  ['4401020304', Uint8Array.of(1, 2, 3, 4)],
  ['5f42010243030405ff', Uint8Array.of(1, 2, 3, 4, 5)],
  ['64f0908591', '𐅑'],
  ['7f657374726561646d696e67ff', 'streaming'],
  ['8301820203820405', [1, [2, 3], [4, 5]]],
  ['9f018202039f0405ffff', [1, [2, 3], [4, 5]]],
  ['a26161016162820203', { a: 1, b: [2, 3] }],
  ['bf61610161629f0203ffff', { a: 1, b: [2, 3] }],
];

test.each(examples)('%s is decoded as RFC 8949 says', (hex, value) => {
  const decoded = decodeCbor(Buffer.from(hex, 'hex'));
  expect(decoded instanceof Uint8Array ? Uint8Array.from(decoded) : decoded).toEqual(value);
});

test('what is encoded is decoded to the same', () => {
  const value = fc.letrec<{ value: CborValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'binary' }),
      fc.double({ noNaN: true }).map((number) => (number === 0 ? 0 : number)),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc.maxSafeNat().map((millis) => new CborTimestamp(millis)),
      fc.array(tie('value'), { maxLength: 30 }),
      fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        tie('value'),
        { maxKeys: 30, noNullPrototype: true },
      ),
    ),
  })).value;
  fc.assert(
    fc.property(value, (given) => {
      expect(decodeCbor(encodeCbor(given))).toEqual(given);
    }),
  );
});

test.each([
  '',
  '18',
  '4401',
  '5f42',
  '61',
  '81',
  '9f01',
  'a161',
  'bf6161',
  'a10101',
  'c16161',
  '1c',
  'f8ff',
  '0000',
  '81'.repeat(50),
])('malformed: %s', (hex) => {
  expect(() => decodeCbor(Buffer.from(hex, 'hex'))).toThrow(CborError);
});

test('any bytes are decoded or refused, never more', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      try {
        decodeCbor(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(CborError);
      }
    }),
  );
});
