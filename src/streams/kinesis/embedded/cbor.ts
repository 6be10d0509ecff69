/**
 * RFC 8949 (CBOR), as much of it as AWS's `application/x-amz-cbor-1.1` uses. Java's SDK and the KCL speak it; their
 * generator writes maps and arrays of indefinite length.
 */

/** An instant. AWS's Kinesis protocol writes tag 1 around milliseconds since the epoch, where the RFC says seconds. */
export class CborTimestamp {
  readonly millis: number;
  constructor(millis: number) {
    this.millis = millis;
  }
}

export type CborValue =
  | string
  | number
  | boolean
  | null
  | Uint8Array
  | CborTimestamp
  | readonly CborValue[]
  | { readonly [key: string]: CborValue };

/** The bytes are not well-formed CBOR, or use what the AWS protocol does not. */
export class CborError extends Error {
  override readonly name = 'CborError';
}

const maxDepth = 32;
const timestampTag = 1;

/** Decode one data item that fills `bytes` completely. @throws CborError */
export function decodeCbor(bytes: Uint8Array): CborValue {
  const decoder = new Decoder(bytes);
  const value = decoder.item(0);
  if (!decoder.atEnd()) throw new CborError('bytes follow the data item');
  return value;
}

class Decoder {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  atEnd(): boolean {
    return this.#offset === this.#bytes.length;
  }

  item(depth: number): CborValue {
    if (depth > maxDepth) throw new CborError('nested too deeply');
    const initial = this.#take(1)[0] ?? 0;
    const info = initial & 0x1f;
    switch (initial >> 5) {
      case 0:
        return this.#argument(info);
      case 1:
        return -1 - this.#argument(info);
      case 2:
        return this.#string(2, info);
      case 3:
        return this.#text(this.#string(3, info));
      case 4:
        return this.#array(info, depth);
      case 5:
        return this.#map(info, depth);
      case 6:
        return this.#tagged(this.#argument(info), depth);
      default:
        return this.#simple(info);
    }
  }

  #take(length: number): Buffer {
    const end = this.#offset + length;
    if (!(end <= this.#bytes.length)) throw new CborError('the data item is cut off');
    const part = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return part;
  }

  #argument(info: number): number {
    if (info < 24) return info;
    if (info === 24) return this.#take(1).readUInt8();
    if (info === 25) return this.#take(2).readUInt16BE();
    if (info === 26) return this.#take(4).readUInt32BE();
    if (info === 27) return Number(this.#take(8).readBigUInt64BE());
    throw new CborError('reserved length');
  }

  #string(major: number, info: number): Buffer {
    if (info !== 31) return this.#take(this.#argument(info));
    const chunks: Buffer[] = [];
    while (!this.#atBreak()) {
      const initial = this.#take(1)[0] ?? 0;
      if (initial >> 5 !== major || (initial & 0x1f) === 31) throw new CborError('bad chunk in a string');
      chunks.push(this.#take(this.#argument(initial & 0x1f)));
    }
    return Buffer.concat(chunks);
  }

  #text(bytes: Buffer): string {
    return bytes.toString('utf8');
  }

  #array(info: number, depth: number): CborValue[] {
    const items: CborValue[] = [];
    if (info === 31) while (!this.#atBreak()) items.push(this.item(depth + 1));
    else for (let left = this.#argument(info); left > 0; left--) items.push(this.item(depth + 1));
    return items;
  }

  #map(info: number, depth: number): Record<string, CborValue> {
    const entries: [string, CborValue][] = [];
    const entry = (): void => {
      const key = this.item(depth + 1);
      if (typeof key !== 'string') throw new CborError('a map key is not text');
      entries.push([key, this.item(depth + 1)]);
    };
    if (info === 31) while (!this.#atBreak()) entry();
    else for (let left = this.#argument(info); left > 0; left--) entry();
    return Object.fromEntries(entries);
  }

  #tagged(tag: number, depth: number): CborValue {
    const value = this.item(depth + 1);
    if (tag !== timestampTag) return value;
    if (typeof value !== 'number') throw new CborError('a timestamp is not a number');
    return new CborTimestamp(value);
  }

  #simple(info: number): CborValue {
    switch (info) {
      case 20:
        return false;
      case 21:
        return true;
      case 22:
      case 23:
        return null;
      case 25:
        return halfFloat(this.#take(2).readUInt16BE());
      case 26:
        return this.#take(4).readFloatBE();
      case 27:
        return this.#take(8).readDoubleBE();
      default:
        throw new CborError('unknown simple value');
    }
  }

  #atBreak(): boolean {
    if (this.#bytes[this.#offset] !== 0xff) {
      if (this.atEnd()) throw new CborError('the data item is cut off');
      return false;
    }
    this.#offset++;
    return true;
  }
}

function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Encode `value` with definite lengths. */
export function encodeCbor(value: CborValue): Buffer {
  const parts: Uint8Array[] = [];
  write(parts, value);
  return Buffer.concat(parts);
}

function write(parts: Uint8Array[], value: CborValue): void {
  if (value === null) parts.push(Buffer.of(0xf6));
  else if (typeof value === 'boolean') parts.push(Buffer.of(value ? 0xf5 : 0xf4));
  else if (typeof value === 'number') writeNumber(parts, value);
  else if (typeof value === 'string') {
    const bytes = Buffer.from(value, 'utf8');
    parts.push(head(3, bytes.length), bytes);
  } else if (value instanceof Uint8Array) parts.push(head(2, value.length), value);
  else if (value instanceof CborTimestamp) {
    parts.push(head(6, timestampTag));
    writeNumber(parts, value.millis);
  } else if (isArray(value)) {
    parts.push(head(4, value.length));
    for (const item of value) write(parts, item);
  } else {
    const entries = Object.entries(value);
    parts.push(head(5, entries.length));
    for (const [key, item] of entries) {
      write(parts, key);
      write(parts, item);
    }
  }
}

function isArray(value: CborValue): value is readonly CborValue[] {
  return Array.isArray(value);
}

function writeNumber(parts: Uint8Array[], value: number): void {
  if (Number.isSafeInteger(value)) {
    parts.push(value >= 0 ? head(0, value) : head(1, -1 - value));
    return;
  }
  const bytes = Buffer.alloc(9);
  bytes[0] = 0xfb;
  bytes.writeDoubleBE(value, 1);
  parts.push(bytes);
}

function head(major: number, argument: number): Buffer {
  const type = major << 5;
  if (argument < 24) return Buffer.of(type | argument);
  if (argument < 0x100) return Buffer.of(type | 24, argument);
  if (argument < 0x10000) return Buffer.of(type | 25, argument >> 8, argument & 0xff);
  const bytes = Buffer.alloc(argument < 0x100000000 ? 5 : 9);
  if (bytes.length === 5) {
    bytes[0] = type | 26;
    bytes.writeUInt32BE(argument, 1);
  } else {
    bytes[0] = type | 27;
    bytes.writeBigUInt64BE(BigInt(argument), 1);
  }
  return bytes;
}
