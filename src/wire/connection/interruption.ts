import { DuckshiftError } from '../../base/errors.js';

/** Whether a statement is running that a cancel request may stop, and whether one has. */
export class Interruption {
  readonly #interrupt: () => void;
  #running = false;
  #requested = false;
  #timedOut = false;
  #onlyReads = false;

  /** @param interrupt stops the engine's part of the running statement. */
  constructor(interrupt: () => void) {
    this.#interrupt = interrupt;
  }

  /**
   * Run `work` as something that can be cancelled.
   *
   * @param timeoutMs how long it may take, the sending of its rows included; 0 for no limit. The session enforces it
   * while the engine works.
   */
  async during<T>(work: () => Promise<T>, timeoutMs = 0): Promise<T> {
    this.#running = true;
    this.#requested = false;
    this.#timedOut = false;
    this.#onlyReads = false;
    const timer = timeoutMs > 0 ? setTimeout(() => this.#timeOut(), timeoutMs).unref() : undefined;
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      this.#running = false;
    }
  }

  /** The running statement only returns rows: nobody needs them once the client has disconnected. */
  markReading(): void {
    this.#onlyReads = true;
  }

  /** Stop what runs; nothing happens when nothing does, so that a late request never hits the next statement. */
  request(): void {
    if (!this.#running || this.#requested) return;
    this.#requested = true;
    this.#interrupt();
  }

  /** The client has left: stop a statement that only reads. One that writes runs to its end, as in PostgreSQL. */
  abandon(): void {
    if (this.#onlyReads) this.request();
  }

  /**
   * @throws DuckshiftError 57014 when the running statement has been cancelled: for the time after the engine is done,
   * while rows are being sent.
   */
  check(): void {
    if (this.#requested) throw new DuckshiftError('57014', "Query cancelled on user's request");
    if (this.#timedOut) throw new DuckshiftError('57014', 'canceling statement due to statement timeout');
  }

  #timeOut(): void {
    this.#timedOut = true;
  }
}
