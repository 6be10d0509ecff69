import { isUtf8 } from 'node:buffer';
import { DuckshiftError } from '../../base/errors.js';
import { protocolViolation } from './protocol-error.js';

/**
 * Reads the fields of one message body from front to back. Every method throws DuckshiftError 08P01 when the body is
 * too short.
 */
export class BodyReader {
  readonly #body: Buffer;
  #offset = 0;

  constructor(body: Buffer) {
    this.#body = body;
  }

  uint8(): number {
    const offset = this.#advance(1);
    return this.#body.readUInt8(offset);
  }

  int16(): number {
    const offset = this.#advance(2);
    return this.#body.readInt16BE(offset);
  }

  /** A count of fields: an int16 that PostgreSQL reads without sign. */
  count(): number {
    const offset = this.#advance(2);
    return this.#body.readUInt16BE(offset);
  }

  int32(): number {
    const offset = this.#advance(4);
    return this.#body.readInt32BE(offset);
  }

  uint32(): number {
    const offset = this.#advance(4);
    return this.#body.readUInt32BE(offset);
  }

  /** A view of the next `length` bytes. */
  bytes(length: number): Buffer {
    const offset = this.#advance(length);
    return this.#body.subarray(offset, offset + length);
  }

  /** Text up to a zero byte. @throws DuckshiftError 22021 when it is not UTF-8. */
  cstring(): string {
    const end = this.#body.indexOf(0, this.#offset);
    if (end < 0) throw protocolViolation('invalid string in message');
    const bytes = this.#body.subarray(this.#offset, end);
    this.#offset = end + 1;
    return decodeText(bytes);
  }

  /** Text up to a zero byte, malformed bytes replaced: for what is only looked up or shown. */
  lenientCstring(): string {
    const end = this.#body.indexOf(0, this.#offset);
    if (end < 0) throw protocolViolation('invalid string in message');
    const text = this.#body.toString('utf8', this.#offset, end);
    this.#offset = end + 1;
    return text;
  }

  get remaining(): number {
    return this.#body.length - this.#offset;
  }

  /** @throws DuckshiftError 08P01 when fields are left over. */
  end(): void {
    if (this.#offset !== this.#body.length) throw protocolViolation('invalid message format');
  }

  #advance(length: number): number {
    const offset = this.#offset;
    if (length < 0 || offset + length > this.#body.length) throw protocolViolation('insufficient data left in message');
    this.#offset = offset + length;
    return offset;
  }
}

/**
 * UTF-8 text of a client.
 *
 * @throws DuckshiftError 22021 for malformed UTF-8 or a zero character, as PostgreSQL does: replacing bytes would
 * change values silently.
 */
export function decodeText(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new DuckshiftError('22021', 'invalid byte sequence for encoding "UTF8"');
  if (bytes.includes(0)) throw new DuckshiftError('22021', 'invalid byte sequence for encoding "UTF8": 0x00');
  return bytes.toString('utf8');
}
