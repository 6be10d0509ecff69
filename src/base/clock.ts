/** Where the server gets the time from, so that tests can move it. */
export interface Clock {
  /** Microseconds since the epoch, UTC. */
  nowMicros(): bigint;
}

/** Real time plus an offset that only grows, until a reset. */
export class OffsetClock implements Clock {
  #offsetMicros = 0n;

  nowMicros(): bigint {
    return BigInt(Date.now()) * 1000n + this.#offsetMicros;
  }

  /** The distance from real time, in microseconds. */
  get offsetMicros(): bigint {
    return this.#offsetMicros;
  }

  /** Move the clock forward by `milliseconds` (not negative). */
  advance(milliseconds: number): void {
    if (!(milliseconds >= 0)) throw new RangeError('the clock only moves forward');
    this.#offsetMicros += BigInt(Math.round(milliseconds * 1000));
  }

  /** Back to real time. */
  reset(): void {
    this.#offsetMicros = 0n;
  }
}
