import { BodyReader } from '../codec/body-reader.js';
import { type BinaryFormat, incorrectBinary, unencodable } from './binary-format.js';

/**
 * One-dimensional arrays: int32 dimensions, int32 flag for NULLs, element OID, then length and lower bound of the
 * dimension, then the elements with their lengths.
 */
export function arrayFormat(elementOid: number, element: BinaryFormat): BinaryFormat {
  return {
    encode: (text, writer) => {
      const items = parseArrayText(text);
      const hasNull = items.includes(null);
      writer.int32(items.length === 0 ? 0 : 1).int32(hasNull ? 1 : 0);
      writer.int32(elementOid);
      if (items.length > 0) writer.int32(items.length).int32(1);
      for (const item of items) {
        if (item === null) writer.int32(-1);
        else writer.sized(() => element.encode(item, writer));
      }
    },
    decode: (bytes) => {
      const reader = new BodyReader(bytes);
      const dimensions = reader.int32();
      reader.int32();
      reader.int32();
      if (dimensions === 0) return '{}';
      if (dimensions !== 1) throw incorrectBinary();
      const count = reader.int32();
      reader.int32();
      const items: string[] = [];
      for (let index = 0; index < count; index++) {
        const length = reader.int32();
        items.push(length === -1 ? 'NULL' : quoted(element.decode(reader.bytes(length))));
      }
      reader.end();
      return `{${items.join(',')}}`;
    },
  };
}

/** int2vector and oidvector: arrays without NULL that count from 0, with blanks between their elements. */
export function vectorFormat(elementOid: number, element: BinaryFormat): BinaryFormat {
  return {
    encode: (text, writer) => {
      const items = text.split(' ').filter((item) => item !== '');
      writer.int32(1).int32(0).int32(elementOid).int32(items.length).int32(0);
      for (const item of items) writer.sized(() => element.encode(item, writer));
    },
    decode: (bytes) => {
      const reader = new BodyReader(bytes);
      const dimensions = reader.int32();
      reader.int32();
      reader.int32();
      if (dimensions === 0) return '';
      if (dimensions !== 1) throw incorrectBinary();
      const count = reader.int32();
      reader.int32();
      const items: string[] = [];
      for (let index = 0; index < count; index++) items.push(element.decode(reader.bytes(reader.int32())));
      reader.end();
      return items.join(' ');
    },
  };
}

/** Elements of `{1,NULL,"a b"}`; nested arrays are refused. */
function parseArrayText(text: string): (string | null)[] {
  if (!text.startsWith('{') || !text.endsWith('}')) throw unencodable('array', text);
  const inside = text.slice(1, -1);
  const items: (string | null)[] = [];
  if (inside === '') return items;
  const item = /(?:"((?:[^"\\]|\\.)*)"|([^",{}]+))(,|$)/sy;
  let end = 0;
  let open = true;
  while (open) {
    item.lastIndex = end;
    const match = item.exec(inside);
    if (match === null) throw unencodable('array', text);
    const [, quotedText, bare, separator] = match;
    if (quotedText !== undefined) items.push(quotedText.replace(/\\(.)/gs, '$1'));
    else items.push(bare === 'NULL' ? null : (bare ?? ''));
    end = item.lastIndex;
    open = separator === ',';
  }
  return items;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
