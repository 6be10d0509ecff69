/**
 * Lets a limited number of statements run at once. A running statement occupies a thread of libuv's pool; when all are taken, files, DNS and further
 * statements wait for the slowest, so one thread is always kept free.
 */
export class StatementGate {
  readonly limit: number;
  #running = 0;
  readonly #queue: (() => void)[] = [];

  constructor(threads: number) {
    this.limit = Math.max(1, threads - 1);
  }

  /** Wait for a place. `abandon` leaves the queue: the promise then resolves to false. */
  enter(): Entry {
    if (this.#running < this.limit) {
      this.#running++;
      return { entered: undefined, abandon: () => undefined };
    }
    let resolve: (entered: boolean) => void = () => undefined;
    const entered = new Promise<boolean>((settle) => {
      resolve = settle;
    });
    const start = (): void => resolve(true);
    this.#queue.push(start);
    const abandon = (): void => {
      const index = this.#queue.indexOf(start);
      if (index === -1) return;
      this.#queue.splice(index, 1);
      resolve(false);
    };
    return { entered, abandon };
  }

  leave(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#running--;
    else next();
  }

  /** Statements that wait for a place. */
  get waiting(): number {
    return this.#queue.length;
  }
}

export interface Entry {
  /** Undefined when there was a place at once. */
  readonly entered: Promise<boolean> | undefined;
  abandon(): void;
}

/** Size of libuv's thread pool: fixed when the process starts. */
export function threadPoolSize(environment: NodeJS.ProcessEnv = process.env): number {
  const size = Number(environment.UV_THREADPOOL_SIZE);
  return Number.isInteger(size) && size > 0 ? Math.min(size, 1024) : 4;
}
