import { type BinaryFormat, expectLength, unencodable } from './binary-format.js';

export const booleanFormat: BinaryFormat = {
  encode: (text, writer) => {
    if (text !== 't' && text !== 'f') throw unencodable('bool', text);
    writer.uint8(text === 't' ? 1 : 0);
  },
  decode: (bytes) => {
    expectLength(bytes, 1);
    return bytes.readUInt8(0) === 0 ? 'f' : 't';
  },
};
