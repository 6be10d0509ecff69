import { decodeText } from '../codec/body-reader.js';
import { type BinaryFormat, unencodable } from './binary-format.js';

/** Types whose binary form is their text in UTF-8. */
export const plainTextFormat: BinaryFormat = {
  encode: (text, writer) => writer.bytes(Buffer.from(text, 'utf8')),
  decode: decodeText,
};

/** VARBYTE: its text form is hexadecimal digits, both ways ("VARBYTE type", AWS developer guide). */
export const varbyteFormat: BinaryFormat = {
  encode: (text, writer) => {
    if (!/^(?:[0-9a-f]{2})*$/i.test(text)) throw unencodable('varbyte', text);
    writer.bytes(Buffer.from(text, 'hex'));
  },
  decode: (bytes) => bytes.toString('hex'),
};
