import type { Duplex } from 'node:stream';

/** Looks like no word of a statement, so that none can be made of pieces of others. */
const markers = /mark-\d+-krma/g;

/** Messages a server may send. */
const known = new Set('RSKZTDCEN123nIstv');

/**
 * The client's end of a stream under test: checks that all that comes are whole messages, and that no marker but its
 * own is among them.
 */
export class Peer {
  /** Why the test has failed. */
  readonly wrong: string[] = [];
  ended = false;
  /** Type of the last whole message. */
  last = '';
  messages = 0;
  errors: string[] = [];
  #rest: Buffer = Buffer.alloc(0);
  #expected: Buffer | undefined;
  #arrived = false;
  #wake: (() => void) | undefined;
  #raw: boolean;

  /**
   * @param marker the only one that may come; undefined for none.
   * @param encryptionAsked the answers to SSLRequest and GSSENCRequest are single bytes, so that what comes is not
   * looked at as messages.
   */
  constructor(
    readonly stream: Duplex,
    readonly marker: string | undefined,
    { encryptionAsked = false } = {},
  ) {
    this.#raw = encryptionAsked;
    stream.on('data', (chunk: Buffer) => this.#take(chunk));
    const end = (): void => {
      this.ended = true;
      this.#wake?.();
    };
    stream.on('end', end).on('close', end).on('error', end);
  }

  send(bytes: Buffer): void {
    if (this.stream.writable) this.stream.write(bytes);
  }

  /** Resolves when `text` has come since the call of `expect`, or the server has closed. */
  async arrival(): Promise<void> {
    while (!this.#arrived && !this.ended)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
  }

  expect(text: string): void {
    this.#expected = Buffer.from(text);
    this.#arrived = false;
  }

  async end(): Promise<void> {
    this.stream.end();
    while (!this.ended)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
  }

  #take(chunk: Buffer): void {
    if (this.#raw) {
      this.#look(chunk);
      return;
    }
    const all = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    while (all.length - at >= 5) {
      const end = at + 1 + all.readInt32BE(at + 1);
      const type = String.fromCharCode(all.readUInt8(at));
      if (!known.has(type) || end < at + 5) {
        this.wrong.push(`no message: ${all.subarray(at, at + 40).toString('hex')}`);
        return;
      }
      if (end > all.length) break;
      this.last = type;
      this.messages++;
      if (type === 'E') this.errors.push(all.toString('utf8', at + 5, end));
      if (type === 'E' || type === 'D' || type === 'S' || type === 'N') this.#look(all.subarray(at + 5, end));
      // Only a ReadyForQuery ends an answer.
      if (type === 'Z' && this.#expected === undefined) this.#arrived = true;
      at = end;
    }
    this.#rest = all.subarray(at);
    if (this.#arrived) this.#wake?.();
  }

  #look(body: Buffer): void {
    if (this.#expected !== undefined && body.includes(this.#expected)) this.#expected = undefined;
    if (!body.includes('mark-')) return;
    for (const [marker] of body.toString('latin1').matchAll(markers))
      if (marker !== this.marker) this.wrong.push(`${marker} shown to the session of ${this.marker}`);
  }
}
