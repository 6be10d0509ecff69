import type { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { MessageReader, type RawMessage } from '../codec/message-reader.js';
import { MessageWriter } from '../codec/message-writer.js';

/** Input read ahead while a statement runs; beyond it the client has to wait. */
const readAheadBytes = 256 * 1024;
const readAheadChunks = 256;
/** Output written at once after which other connections get their turn. */
const longWriteBytes = 32 * 1024;
const lingerMs = 2_000;

/**
 * A client's stream as messages in and bytes out. Keeps reading while statements run, so that it notices when the
 * client disconnects; buffers are bounded in both directions.
 */
export class Channel {
  readonly writer = new MessageWriter();
  readonly reader: MessageReader;
  /** Called once when the client has closed its side or the stream broke. */
  onGone: (() => void) | undefined;
  #stream: Duplex;
  #ended = false;
  #closed = false;
  #interrupted = false;
  #ending = false;
  #wake: (() => void) | undefined;
  #drained: (() => void) | undefined;

  constructor(stream: Duplex, maxMessageBytes: number) {
    this.reader = new MessageReader(maxMessageBytes);
    this.#stream = stream;
    this.#listen(stream);
  }

  /** No more bytes can be sent. */
  get closed(): boolean {
    return this.#closed;
  }

  /** No more bytes will come. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Wait for a message; undefined when input has ended, or when `interrupt` was called. `read` takes it from the
   * reader.
   */
  async next(read: (reader: MessageReader) => RawMessage | undefined): Promise<RawMessage | undefined> {
    for (;;) {
      const message = read(this.reader);
      if (message !== undefined || this.#ended) return message;
      this.writer.trim();
      this.#stream.resume();
      if (await this.#interruptedWait()) return undefined;
    }
  }

  /** Wait until at least one byte is there; the byte, not taken, or undefined when input has ended. */
  async peekByte(): Promise<number | undefined> {
    for (;;) {
      const byte = this.reader.firstByte();
      if (byte !== undefined || this.#ended) return byte;
      this.#stream.resume();
      if (await this.#interruptedWait()) return undefined;
    }
  }

  /** Make a pending `next` give undefined. */
  interrupt(): void {
    this.#interrupted = true;
    this.#wake?.();
  }

  /** Send what the writer holds. Resolves when the client is keeping up, or has gone. */
  async flush(): Promise<void> {
    if (this.writer.length === 0) return;
    const bytes = this.writer.take();
    if (!this.#writable) return;
    if (!this.#stream.write(bytes, () => this.writer.giveBack(bytes))) await this.#untilDrained();
    if (bytes.length >= longWriteBytes) await nextTurn();
  }

  /** Send bytes that are not a message: the answer to an encryption request. */
  sendRaw(bytes: Buffer): void {
    if (this.#writable) this.#stream.write(bytes);
  }

  /** Continue over another stream that wraps this one; `wrap` gets the bytes that were read but not consumed. */
  async replaceStream(wrap: (stream: Duplex, received: Buffer) => Promise<Duplex>): Promise<void> {
    const plain = this.#stream;
    this.#ignore(plain);
    plain.pause();
    plain.on('error', () => undefined);
    this.#stream = await wrap(plain, this.reader.takeRest());
    this.#listen(this.#stream);
  }

  /** Send what is left and close. A client that does not close its side in turn is cut off after a while. */
  end(): void {
    if (this.#closed || this.#ending) return;
    this.#ending = true;
    const stream = this.#stream;
    if (this.writer.length > 0 && this.#writable) stream.write(this.writer.take());
    stream.end();
    stream.resume();
    const linger = setTimeout(() => stream.destroy(), lingerMs).unref();
    stream.once('close', () => clearTimeout(linger));
  }

  destroy(): void {
    this.#stream.destroy();
    this.#gone();
  }

  get #writable(): boolean {
    return !this.#closed && this.#stream.writable;
  }

  #listen(stream: Duplex): void {
    stream.on('data', this.#onData);
    stream.on('end', this.#onEnd);
    stream.on('close', this.#onClose);
    stream.on('error', this.#onClose);
    stream.on('drain', this.#onDrain);
    if (stream.destroyed) this.#gone();
  }

  #ignore(stream: Duplex): void {
    stream.off('data', this.#onData);
    stream.off('end', this.#onEnd);
    stream.off('close', this.#onClose);
    stream.off('error', this.#onClose);
    stream.off('drain', this.#onDrain);
  }

  readonly #onData = (chunk: Buffer): void => {
    if (this.#ending) return;
    this.reader.push(chunk);
    if (this.#wake !== undefined) this.#wake();
    else if (this.reader.pendingBytes > readAheadBytes || this.reader.pendingChunks > readAheadChunks)
      this.#stream.pause();
  };

  readonly #onEnd = (): void => {
    if (this.#ended) return;
    this.#ended = true;
    this.#wake?.();
    this.onGone?.();
  };

  readonly #onClose = (): void => this.#gone();

  readonly #onDrain = (): void => this.#drained?.();

  #gone(): void {
    this.#closed = true;
    this.#drained?.();
    this.#onEnd();
  }

  #untilDrained(): Promise<void> {
    return new Promise((resolve) => {
      this.#drained = () => {
        this.#drained = undefined;
        resolve();
      };
      if (this.#closed) this.#drained();
    });
  }

  /** Resolves when bytes came or input ended; to true when `interrupt` was called. */
  #interruptedWait(): Promise<boolean> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined;
        const interrupted = this.#interrupted;
        this.#interrupted = false;
        resolve(interrupted);
      };
      if (this.#interrupted || this.#ended) this.#wake();
    });
  }
}
