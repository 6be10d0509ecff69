const initialBytes = 8 * 1024;

/**
 * Builds messages one after another in a growing buffer. The length word of each message is patched by `end`.
 */
export class MessageWriter {
  #buffer: Buffer = Buffer.allocUnsafeSlow(initialBytes);
  #length = 0;
  #lengthWord = -1;
  #spare: Buffer | undefined;

  /** Bytes written since the last `take`. */
  get length(): number {
    return this.#length;
  }

  /** Start a message with its letter. */
  begin(type: number): this {
    this.reserve(5);
    this.#buffer[this.#length] = type;
    this.#lengthWord = this.#length + 1;
    this.#length += 5;
    return this;
  }

  /** Finish the message: its length word counts itself, not the letter. */
  end(): void {
    this.#buffer.writeInt32BE(this.#length - this.#lengthWord, this.#lengthWord);
    this.#lengthWord = -1;
  }

  uint8(value: number): this {
    this.reserve(1);
    this.#buffer[this.#length++] = value;
    return this;
  }

  int16(value: number): this {
    this.reserve(2);
    this.#length = this.#buffer.writeInt16BE((value << 16) >> 16, this.#length);
    return this;
  }

  /** Also takes an unsigned value: an OID keeps its bits. */
  int32(value: number): this {
    this.reserve(4);
    this.#length = this.#buffer.writeInt32BE(value | 0, this.#length);
    return this;
  }

  int64(value: bigint): this {
    this.reserve(8);
    this.#length = this.#buffer.writeBigInt64BE(value, this.#length);
    return this;
  }

  float32(value: number): this {
    this.reserve(4);
    this.#length = this.#buffer.writeFloatBE(value, this.#length);
    return this;
  }

  float64(value: number): this {
    this.reserve(8);
    this.#length = this.#buffer.writeDoubleBE(value, this.#length);
    return this;
  }

  /** Text in UTF-8 with a zero byte after it; zero characters inside, which would cut the field short, are left out. */
  cstring(text: string): this {
    const clean = text.includes('\0') ? text.replaceAll('\0', '') : text;
    this.reserve(3 * clean.length + 1);
    this.#length += this.#buffer.write(clean, this.#length, 'utf8');
    this.#buffer[this.#length++] = 0;
    return this;
  }

  bytes(bytes: Uint8Array): this {
    this.reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /** A value preceded by its length, written by `write`. */
  sized(write: (writer: this) => void): this {
    const lengthWord = this.#length;
    this.int32(0);
    write(this);
    this.#buffer.writeInt32BE(this.#length - lengthWord - 4, lengthWord);
    return this;
  }

  /** Discard the current message and everything after `length`: it cannot be finished. */
  rewind(length: number): void {
    this.#length = length;
    this.#lengthWord = -1;
  }

  /**
   * Lend the buffer for direct writing of up to `bytes` bytes, starting at `length`; `commit` says how far it got.
   * Nothing else may be written in between.
   */
  lend(bytes: number): Buffer {
    this.reserve(bytes);
    return this.#buffer;
  }

  commit(length: number): void {
    this.#length = length;
  }

  /** What was written, ready to send; the writer starts over. The caller owns the bytes until it returns them. */
  take(): Buffer {
    const written = this.#buffer.subarray(0, this.#length);
    const output = this.#length <= initialBytes ? Buffer.from(written) : written;
    if (output === written) {
      this.#buffer = this.#spare ?? Buffer.allocUnsafeSlow(initialBytes);
      this.#spare = undefined;
    }
    this.#length = 0;
    return output;
  }

  /** Give back what `take` gave, to be written over: a large result is sent through two buffers in turn. */
  giveBack(taken: Buffer): void {
    const { buffer } = taken;
    if (buffer.byteLength <= initialBytes || !(buffer instanceof ArrayBuffer)) return;
    if (taken.byteOffset === 0 && buffer.byteLength > (this.#spare?.length ?? 0)) this.#spare = Buffer.from(buffer);
  }

  /** Keep no more memory than a small message needs. Called when there is nothing to write for a while. */
  trim(): void {
    this.#spare = undefined;
    if (this.#length === 0 && this.#buffer.length > initialBytes) this.#buffer = Buffer.allocUnsafeSlow(initialBytes);
  }

  /** Make room for `bytes` more. */
  reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#buffer.length));
    this.#buffer.copy(grown, 0, 0, this.#length);
    this.#buffer = grown;
  }
}
