import type { TextChunk, TextResult } from '../../engine/contract.js';
import { type ColumnEncoders, writeDataRows } from '../formats/data-rows.js';
import type { Channel } from './channel.js';
import type { Interruption } from './interruption.js';

/** Output gathered before it is handed to the socket. */
const sendBytes = 256 * 1024;

/** A result being sent to a client, all at once or a number of rows at a time. */
export class RowCursor {
  readonly #result: TextResult;
  readonly #encoders: ColumnEncoders;
  #chunk: TextChunk | undefined;
  #used: TextChunk | undefined;
  #row = 0;
  #closed = false;

  constructor(result: TextResult, encoders: ColumnEncoders) {
    this.#result = result;
    this.#encoders = encoders;
  }

  /**
   * Send up to `maxRows` more rows, no faster than the client takes them.
   *
   * @returns how many were sent. Fewer than `maxRows` means there are no more.
   * @throws DuckshiftError 57014 when cancelled, and what the engine throws.
   */
  async send(channel: Channel, maxRows: number, interruption: Interruption): Promise<number> {
    let sent = 0;
    while (sent < maxRows && !this.#closed) {
      interruption.check();
      const chunk = this.#chunk ?? (await this.#nextChunk());
      if (chunk === undefined) break;
      const from = this.#row;
      const to = Math.min(chunk.rowCount, from + maxRows - sent);
      this.#row = writeDataRows(channel.writer, chunk, this.#encoders, from, to, sendBytes);
      sent += this.#row - from;
      if (this.#row === chunk.rowCount) {
        this.#used = chunk;
        this.#chunk = undefined;
      }
      if (channel.writer.length >= sendBytes) await channel.flush();
      if (channel.closed) this.close();
    }
    return sent;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#chunk = undefined;
    this.#used = undefined;
    this.#result.close();
  }

  async #nextChunk(): Promise<TextChunk | undefined> {
    do this.#chunk = await this.#result.next(this.#used);
    while (this.#chunk?.rowCount === 0);
    this.#used = undefined;
    this.#row = 0;
    return this.#chunk;
  }
}
