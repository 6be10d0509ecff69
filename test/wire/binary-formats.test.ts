import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TypeId } from '../../sql-dialect/types/redshift-type.js';
import { MessageWriter } from '../../src/wire/codec/message-writer.js';
import { binaryFormatOf } from '../../src/wire/formats/type-formats.js';

function format(id: TypeId) {
  const found = binaryFormatOf({ id });
  if (found === undefined) throw new Error(`${id} has no binary format`);
  return found;
}

function encode(id: TypeId, text: string): Buffer {
  const writer = new MessageWriter();
  format(id).encode(text, writer);
  return writer.take();
}

/** Text and the bytes PostgreSQL 15 sends for it. */
const known: readonly (readonly [TypeId, string, string])[] = [
  ['bool', 't', '01'],
  ['bool', 'f', '00'],
  ['int2', '-2', 'fffe'],
  ['int4', '2147483647', '7fffffff'],
  ['int8', '-9223372036854775808', '8000000000000000'],
  ['oid', '4294967295', 'ffffffff'],
  ['float4', '1.5', '3fc00000'],
  ['float8', '-0.1', 'bfb999999999999a'],
  ['float8', 'Infinity', '7ff0000000000000'],
  ['varchar', 'é€', 'c3a9e282ac'],
  ['super', '{"a":1}', '7b2261223a317d'],
  ['varbyte', '00ff10', '00ff10'],
  ['numeric', '0', '0000000000000000'],
  ['numeric', '0.00', '0000000000000002'],
  ['numeric', '12345.678', '0003000100000003000109291a7c'],
  ['numeric', '-0.0001', '0001ffff400000040001'],
  ['numeric', '10000', '00010001000000000001'],
  ['numeric', '99999999999999999999999999999999999999', '000a0009000000000063270f270f270f270f270f270f270f270f270f'],
  ['numeric', 'NaN', '00000000c0000000'],
  ['numeric', '100000000.00010000', '00040002000000080001000000000001'],
  ['date', '2000-01-01', '00000000'],
  ['date', '1999-12-31', 'ffffffff'],
  ['date', '2024-02-29', '00002279'],
  ['date', '0044-03-15 BC', 'fff49d7b'],
  ['time', '23:59:59.999999', '000000141dd75fff'],
  ['timetz', '01:02:03+05:30', '00000000dde878c0ffffb2a8'],
  ['timestamp', '1970-01-01 00:00:00.000001', 'fffca2fec4c82001'],
  ['timestamp', 'infinity', '7fffffffffffffff'],
  ['timestamp', '0044-03-15 12:00:00 BC', 'ff1af9e8fb46d000'],
  ['timestamptz', '2024-03-10 12:00:00.5+02', '0002b64a41c22920'],
  ['interval', '1 year 2 mons 3 days 04:05:06.7', '000000036c966ee0000000030000000e'],
  ['interval', '-1 days +02:03:00', '00000001b7e1dd00ffffffff00000000'],
  ['int4_array', '{1,NULL,3}', '00000001000000010000001700000003000000010000000400000001ffffffff0000000400000003'],
  ['int2_array', '{}', '000000000000000000000015'],
  [
    'text_array',
    '{"a b",NULL,"q\\"\\\\",NULL2}',
    '000000010000000100000019000000040000000100000003612062ffffffff0000000371225c000000054e554c4c32',
  ],
];

describe('encoding', () => {
  test.each(known)('%s %s', (id, text, hex) => {
    expect(encode(id, text).toString('hex')).toBe(hex);
  });

  test('intervals in Redshift form', () => {
    expect(encode('intervaly2m', '2 years 3 mons').readInt32BE(0)).toBe(27);
    expect(encode('intervald2s', '1 days 2 hours 3 mins 4.5 secs').readBigInt64BE(0)).toBe(93_784_500_000n);
    expect(encode('intervald2s', '-00:00:01').readBigInt64BE(0)).toBe(-1_000_000n);
  });

  test.each<[TypeId, string]>([
    ['int4', ''],
    ['int4', 'x'],
    ['bool', 'true'],
    ['date', '2024-1-1'],
    ['timestamp', '2024-01-01'],
    ['numeric', '1e5'],
    ['varbyte', 'abc'],
    ['interval', '3 fortnights'],
    ['interval', '1 day maybe'],
    ['int4_array', '{{1},{2}}'],
  ])('%s cannot carry %j: an error, never other bytes', (id, text) => {
    expect(() => encode(id, text)).toThrow(expect.objectContaining({ code: 'XX000' }));
  });
});

describe('decoding gives back what was encoded', () => {
  const roundTrip = (id: TypeId, texts: fc.Arbitrary<string>) =>
    test(id, () => {
      void fc.assert(fc.property(texts, (text) => format(id).decode(encode(id, text)) === text));
    });
  const digits = (min: number, max: number) => fc.stringMatching(new RegExp(`^[0-9]{${min},${max}}$`));
  const pad = (value: number, width: number) => String(value).padStart(width, '0');
  const time = fc.tuple(fc.nat(23), fc.nat(59), fc.nat(59), fc.nat(999_999)).map(([h, m, s, micros]) => {
    const fraction = micros === 0 ? '' : `.${pad(micros, 6).replace(/0+$/, '')}`;
    return `${pad(h, 2)}:${pad(m, 2)}:${pad(s, 2)}${fraction}`;
  });
  const date = fc
    .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
    .map((value) => value.toISOString().slice(0, 10));

  roundTrip('bool', fc.constantFrom('t', 'f'));
  roundTrip('int2', fc.integer({ min: -32768, max: 32767 }).map(String));
  roundTrip('int4', fc.integer().map(String));
  roundTrip('int8', fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String));
  roundTrip('oid', fc.integer({ min: 0, max: 2 ** 32 - 1 }).map(String));
  roundTrip(
    'numeric',
    fc.tuple(fc.boolean(), digits(1, 20), digits(0, 18)).map(([negative, whole, decimals]) => {
      const text = `${whole.replace(/^0+(?=\d)/, '')}${decimals === '' ? '' : `.${decimals}`}`;
      return negative && /[1-9]/.test(text) ? `-${text}` : text;
    }),
  );
  roundTrip('date', date);
  roundTrip('time', time);
  roundTrip(
    'timetz',
    fc.tuple(time, fc.constantFrom('+00', '-08', '+05:30', '+14')).map(([clock, zone]) => clock + zone),
  );
  roundTrip(
    'timestamp',
    fc.tuple(date, time).map(([day, clock]) => `${day} ${clock}`),
  );
  roundTrip(
    'timestamptz',
    fc.tuple(date, time).map(([day, clock]) => `${day} ${clock}+00`),
  );
  roundTrip(
    'varchar',
    fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '')),
  );
  test('floats read back as the same number', () => {
    void fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) =>
        Object.is(
          Number(format('float8').decode(encode('float8', Object.is(value, -0) ? '-0' : String(value)))),
          value,
        ),
      ),
    );
    void fc.assert(
      fc.property(fc.float({ noNaN: true }), (value) =>
        Object.is(
          Math.fround(Number(format('float4').decode(encode('float4', Object.is(value, -0) ? '-0' : String(value))))),
          value,
        ),
      ),
    );
    expect(format('float4').decode(encode('float4', '0.1'))).toBe('0.1');
  });
  test('arrays, quoted throughout', () => {
    const text = '{"a b",NULL,"q\\"\\\\","NULL"}';
    expect(format('text_array').decode(encode('text_array', text))).toBe(text);
    expect(format('int4_array').decode(encode('int4_array', '{1,NULL,3}'))).toBe('{"1",NULL,"3"}');
    expect(format('int4_array').decode(encode('int4_array', '{}'))).toBe('{}');
  });
});

test('every type refuses bytes of a wrong length', () => {
  const fixed: TypeId[] = ['bool', 'int2', 'int4', 'int8', 'float4', 'float8', 'date', 'time', 'timetz', 'timestamp'];
  for (const id of fixed) {
    for (const length of [0, 3, 13]) {
      expect(() => format(id).decode(Buffer.alloc(length))).toThrow(expect.objectContaining({ code: '22P03' }));
    }
  }
});

test('no bytes make a decoder fail in another way than with an error for the client', () => {
  const ids: TypeId[] = ['numeric', 'timetz', 'timestamptz', 'date', 'interval', 'int4_array', 'varbyte', 'varchar'];
  void fc.assert(
    fc.property(fc.constantFrom(...ids), fc.uint8Array({ maxLength: 40 }), (id, bytes) => {
      try {
        expect(typeof format(id).decode(Buffer.from(bytes))).toBe('string');
      } catch (error) {
        expect(error).toMatchObject({ name: 'DuckshiftError' });
      }
    }),
    { numRuns: 5_000 },
  );
});
