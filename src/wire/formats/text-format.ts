import { DuckshiftError } from '../../errors.js';
import { decodeText } from '../codec/body-reader.js';
import { type BinaryFormat, unencodable } from './binary-format.js';

/** Types whose binary form is their text in UTF-8. */
export const plainTextFormat: BinaryFormat = {
  encode: (text, writer) => writer.bytes(Buffer.from(text, 'utf8')),
  decode: decodeText,
};

/**
 * VARBYTE: text is hexadecimal digits on the way out. On the way in, text cast to VARBYTE stands for its UTF-8 bytes ("VARBYTE type", AWS developer guide), so that only
 * bytes that are UTF-8 can be given as text.
 */
export const varbyteFormat: BinaryFormat = {
  encode: (text, writer) => {
    if (!/^(?:[0-9a-f]{2})*$/i.test(text)) throw unencodable('varbyte', text);
    writer.bytes(Buffer.from(text, 'hex'));
  },
  decode: (bytes) => {
    try {
      return decodeText(bytes);
    } catch {
      throw new DuckshiftError('0A000', 'binary VARBYTE parameters that are not UTF-8 text are not supported', {
        hint: 'Pass the bytes as hexadecimal text through FROM_HEX or TO_VARBYTE.',
      });
    }
  },
};
