/** Bounds the bytes in flight between the fetches and the consumer. */
export class ByteBudget {
  readonly #size: number;
  readonly #waiting: { bytes: number; grant: () => void }[] = [];
  #taken = 0;

  constructor(size: number) {
    this.#size = size;
  }

  /**
   * Wait until `bytes` fit. More than the whole budget is granted when nothing else is out. Rejects with the signal's
   * reason when it aborts.
   */
  async take(bytes: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#waiting.length === 0 && this.#fits(bytes)) {
      this.#taken += bytes;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const abort = (): void => {
        const place = this.#waiting.indexOf(entry);
        if (place >= 0) this.#waiting.splice(place, 1);
        reject(signal.reason);
      };
      const entry = {
        bytes,
        grant: () => {
          signal.removeEventListener('abort', abort);
          resolve();
        },
      };
      signal.addEventListener('abort', abort, { once: true });
      this.#waiting.push(entry);
    });
  }

  /** Correct an estimate: `estimated` bytes were taken, `actual` are used. */
  correct(estimated: number, actual: number): void {
    this.give(estimated - actual);
  }

  give(bytes: number): void {
    this.#taken -= bytes;
    for (let first = this.#waiting[0]; first !== undefined && this.#fits(first.bytes); first = this.#waiting[0]) {
      this.#waiting.shift();
      this.#taken += first.bytes;
      first.grant();
    }
  }

  #fits(bytes: number): boolean {
    return this.#taken <= 0 || this.#taken + bytes <= this.#size;
  }
}
