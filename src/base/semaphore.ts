/** A request for a permit. */
export interface Acquisition {
  /**
   * Undefined when a permit was free at once; otherwise resolves to true with a permit, or to false after `abandon`.
   */
  readonly acquired: Promise<boolean> | undefined;
  /** Stop waiting. Without effect once the permit was given. */
  abandon(): void;
}

/** A limited number of permits, granted in the order of the requests. */
export class Semaphore {
  readonly #queue: ((acquired: boolean) => void)[] = [];
  #free: number;

  /** @param permits how many may be held at once; at least 1 */
  constructor(permits: number) {
    this.#free = permits;
  }

  acquire(): Acquisition {
    if (this.#free > 0) {
      this.#free--;
      return { acquired: undefined, abandon: () => undefined };
    }
    let settle: (acquired: boolean) => void = () => undefined;
    const acquired = new Promise<boolean>((resolve) => {
      settle = resolve;
    });
    this.#queue.push(settle);
    const abandon = (): void => {
      const index = this.#queue.indexOf(settle);
      if (index === -1) return;
      this.#queue.splice(index, 1);
      settle(false);
    };
    return { acquired, abandon };
  }

  /** Give a permit back; whoever has waited longest gets it. */
  release(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#free++;
    else next(true);
  }

  /** How many wait for a permit. */
  get waiting(): number {
    return this.#queue.length;
  }
}
