import { type BinaryFormat, expectLength, unencodable } from './binary-format.js';

export const int2Format: BinaryFormat = {
  encode: (text, writer) => writer.int16(integer(text, 'int2')),
  decode: (bytes) => {
    expectLength(bytes, 2);
    return String(bytes.readInt16BE(0));
  },
};

export const int4Format: BinaryFormat = {
  encode: (text, writer) => writer.int32(integer(text, 'int4')),
  decode: (bytes) => {
    expectLength(bytes, 4);
    return String(bytes.readInt32BE(0));
  },
};

export const int8Format: BinaryFormat = {
  encode: (text, writer) => writer.int64(BigInt(text)),
  decode: (bytes) => {
    expectLength(bytes, 8);
    return String(bytes.readBigInt64BE(0));
  },
};

export const oidFormat: BinaryFormat = {
  encode: (text, writer) => writer.int32(integer(text, 'oid')),
  decode: (bytes) => {
    expectLength(bytes, 4);
    return String(bytes.readUInt32BE(0));
  },
};

export const float4Format: BinaryFormat = {
  encode: (text, writer) => writer.float32(float(text, 'float4')),
  decode: (bytes) => {
    expectLength(bytes, 4);
    return shortestFloat4(bytes.readFloatBE(0));
  },
};

export const float8Format: BinaryFormat = {
  encode: (text, writer) => writer.float64(float(text, 'float8')),
  decode: (bytes) => {
    expectLength(bytes, 8);
    return floatText(bytes.readDoubleBE(0));
  },
};

function integer(text: string, type: string): number {
  const value = Number(text);
  if (text === '' || !Number.isInteger(value)) throw unencodable(type, text);
  return value;
}

function float(text: string, type: string): number {
  const value = Number(text);
  if (text === '' || (Number.isNaN(value) && text !== 'NaN')) throw unencodable(type, text);
  return value;
}

function floatText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** The fewest digits that read back as the same 4-byte value. */
function shortestFloat4(value: number): string {
  if (!Number.isFinite(value) || value === 0) return floatText(value);
  for (let digits = 6; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(Number(value.toPrecision(9)));
}
