import { DuckshiftError } from '../base/errors.js';

/** Serialises refreshes: whoever holds a view's lock is the only one that refreshes it. Waiters are served in order. */
export class ViewLocks {
  readonly #tails = new Map<string, Promise<void>>();

  /**
   * Wait for the locks of `keys` and hold them until the returned function is called. Keys are taken in sorted order,
   * so that two holders of several never wait for each other.
   *
   * @throws DuckshiftError 57014 when `signal` fires while waiting.
   */
  async acquire(keys: readonly string[], signal?: AbortSignal): Promise<() => void> {
    const releases: (() => void)[] = [];
    const releaseAll = (): void => {
      for (const release of releases) release();
    };
    try {
      for (const key of [...new Set(keys)].sort()) releases.push(await this.#acquire(key, signal));
    } catch (error) {
      releaseAll();
      throw error;
    }
    return releaseAll;
  }

  /** The locks of those of `keys` that are neither held nor waited for. */
  acquireFree(keys: readonly string[]): { readonly keys: readonly string[]; readonly release: () => void } {
    const free = [...new Set(keys)].filter((key) => !this.#tails.has(key));
    const releases = free.map((key) => this.#hold(key).release);
    return {
      keys: free,
      release: () => {
        for (const release of releases) release();
      },
    };
  }

  async #acquire(key: string, signal: AbortSignal | undefined): Promise<() => void> {
    const { before, release } = this.#hold(key);
    try {
      await abortable(before, signal);
    } catch (error) {
      release();
      throw error;
    }
    return release;
  }

  /** Queue for a key. */
  #hold(key: string): { readonly before: Promise<void>; readonly release: () => void } {
    const before = this.#tails.get(key) ?? Promise.resolve();
    let settle: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const tail = before.then(() => held);
    this.#tails.set(key, tail);
    const release = (): void => {
      settle();
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    };
    return { before, release };
  }
}

/** `promise`, or a 57014 as soon as `signal` fires. */
export async function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  if (signal.aborted) throw cancelled();
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(cancelled());
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

export function cancelled(): DuckshiftError {
  return new DuckshiftError('57014', "Query cancelled on user's request");
}
