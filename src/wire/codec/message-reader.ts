import { FrontendType, maxLoginMessageLength, maxMessageLength, maxStartupPacketBytes } from './protocol.js';
import { fatalProtocolViolation } from './protocol-error.js';

/** One message as it came: `type` is its letter (0 for a startup packet), `body` what follows the length word. */
export interface RawMessage {
  readonly type: number;
  readonly body: Buffer;
}

const typedHeaderBytes = 5;
const startupHeaderBytes = 4;

/**
 * Cuts a stream of bytes into messages, whatever the pieces it comes in. Bodies are views of what was pushed and stay
 * valid: no byte handed out is written again. Memory held is at most twice the bytes pushed and not yet taken.
 */
export class MessageReader {
  readonly #maxMessageBytes: number;
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** The current message when it spans several chunks. */
  #partial: { buffer: Buffer; length: number; needed: number } | undefined;

  /** @param maxMessageBytes largest length word of messages that carry SQL or values. */
  constructor(maxMessageBytes: number) {
    this.#maxMessageBytes = maxMessageBytes;
  }

  /** Bytes pushed and not yet taken. */
  get pendingBytes(): number {
    return this.#bytes + (this.#partial?.length ?? 0);
  }

  /** Pieces pushed and not yet looked at. */
  get pendingChunks(): number {
    return this.#chunks.length;
  }

  push(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
  }

  /**
   * The next startup packet (no type letter), or undefined while it is incomplete.
   *
   * @throws DuckshiftError FATAL 08P01 for an impossible length.
   */
  nextStartup(): RawMessage | undefined {
    const whole = this.#take(startupHeaderBytes, (header) => {
      const length = header.readInt32BE(0);
      if (length < 8 || length > maxStartupPacketBytes)
        throw fatalProtocolViolation('invalid length of startup packet');
      return length;
    });
    return whole && { type: 0, body: whole.subarray(startupHeaderBytes) };
  }

  /**
   * The next message, or undefined while it is incomplete.
   *
   * @throws DuckshiftError FATAL 08P01 for an unknown type or an impossible length, 54000 for a message over the limit.
   */
  next(): RawMessage | undefined {
    const whole = this.#take(typedHeaderBytes, (header) => this.#typedLength(header));
    if (whole === undefined) return undefined;
    return { type: whole.readUInt8(0), body: whole.subarray(typedHeaderBytes) };
  }

  /**
   * The same before the client has proved who it is: nothing else is gathered in memory than what a login needs.
   *
   * @throws DuckshiftError FATAL 08P01 for any other type and for a length no password has.
   */
  nextOfLogin(): RawMessage | undefined {
    const whole = this.#take(typedHeaderBytes, (header) => {
      const type = header.readUInt8(0);
      const limit = maxLoginMessageLength(type);
      if (limit === undefined) throw fatalProtocolViolation(`expected password response, got message type ${type}`);
      const length = header.readInt32BE(1);
      if (length < 4 || length > limit) throw fatalProtocolViolation('invalid password packet size');
      return length + 1;
    });
    if (whole === undefined) return undefined;
    return { type: whole.readUInt8(0), body: whole.subarray(typedHeaderBytes) };
  }

  /** The first byte not taken. */
  firstByte(): number | undefined {
    return this.#byteAt(0);
  }

  /**
   * The letter of the first message after any Flush messages (five bytes each) at the front, when its first byte is
   * here. Takes nothing.
   */
  typeAfterFlushes(): number | undefined {
    let offset = 0;
    while (this.#byteAt(offset) === FrontendType.flush) offset += typedHeaderBytes;
    return this.#byteAt(offset);
  }

  /** Everything pushed and not taken, for another protocol layer (TLS) to read. */
  takeRest(): Buffer {
    const partial = this.#partial;
    const rest = Buffer.concat([...(partial ? [partial.buffer.subarray(0, partial.length)] : []), ...this.#chunks]);
    this.#chunks = [];
    this.#bytes = 0;
    this.#partial = undefined;
    return rest;
  }

  #typedLength(header: Buffer): number {
    const type = header.readUInt8(0);
    const limit = maxMessageLength(type, this.#maxMessageBytes);
    if (limit === undefined) throw fatalProtocolViolation(`invalid frontend message type ${type}`);
    const length = header.readInt32BE(1);
    if (length < 4) throw fatalProtocolViolation('invalid message length');
    if (length > limit)
      throw fatalProtocolViolation(`message of ${length} bytes exceeds the limit of ${limit} bytes`, '54000');
    return length + 1;
  }

  /** Take one whole message of `headerBytes` plus body; `lengthOf` gives the total from the header. */
  #take(headerBytes: number, lengthOf: (header: Buffer) => number): Buffer | undefined {
    if (this.#partial === undefined) {
      const first = this.#chunks[0];
      if (first === undefined) return undefined;
      if (first.length >= headerBytes) {
        const total = lengthOf(first);
        if (first.length >= total) return this.#cut(first, total);
        this.#partial = { buffer: Buffer.allocUnsafe(Math.min(total, 2 * this.#bytes)), length: 0, needed: total };
      } else {
        this.#partial = { buffer: Buffer.allocUnsafe(headerBytes), length: 0, needed: headerBytes };
      }
    }
    const partial = this.#partial;
    if (!this.#fill(partial)) return undefined;
    if (partial.needed === headerBytes) {
      partial.needed = lengthOf(partial.buffer);
      if (!this.#fill(partial)) return undefined;
    }
    this.#partial = undefined;
    return partial.buffer.subarray(0, partial.needed);
  }

  #cut(first: Buffer, total: number): Buffer {
    if (first.length === total) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(total);
    this.#bytes -= total;
    return first.subarray(0, total);
  }

  #byteAt(offset: number): number | undefined {
    let rest = offset;
    if (this.#partial !== undefined) {
      if (rest < this.#partial.length) return this.#partial.buffer[rest];
      rest -= this.#partial.length;
    }
    for (const chunk of this.#chunks) {
      if (rest < chunk.length) return chunk[rest];
      rest -= chunk.length;
    }
    return undefined;
  }

  /** Copy pushed bytes into the message under way; true when it has all it needs. */
  #fill(partial: { buffer: Buffer; length: number; needed: number }): boolean {
    while (partial.length < partial.needed) {
      const chunk = this.#chunks[0];
      if (chunk === undefined) return false;
      const size = Math.min(chunk.length, partial.needed - partial.length);
      if (partial.buffer.length < partial.length + size) {
        const capacity = Math.min(partial.needed, Math.max(partial.length + size, 2 * partial.length));
        const grown = Buffer.allocUnsafe(capacity);
        partial.buffer.copy(grown, 0, 0, partial.length);
        partial.buffer = grown;
      }
      chunk.copy(partial.buffer, partial.length, 0, size);
      partial.length += size;
      this.#cut(chunk, size);
    }
    return true;
  }
}
