import type { DrainItem } from '../contract.js';
import { type FromWorker, fromFailure } from './worker-protocol.js';

interface Delivered {
  readonly item: DrainItem;
  readonly bytes: number;
}

/** The items of one drain between the worker's messages and the consumer. */
export class DrainChannel {
  readonly #items: Delivered[] = [];
  #wake: (() => void) | undefined;
  #failure: { error: unknown } | undefined;
  #ended = false;

  /** The worker has nothing more to say about this drain. */
  get ended(): boolean {
    return this.#ended;
  }

  take(message: FromWorker): void {
    if (message.type === 'item') this.#items.push(message);
    else {
      this.#ended = true;
      if (message.type === 'failed') this.#failure ??= { error: fromFailure(message.failure) };
    }
    this.#wake?.();
  }

  /** The consumer gets `error` next; items not yet taken are dropped. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake?.();
  }

  /** The next item, or undefined after the last. Rejects when the drain failed. */
  async next(): Promise<Delivered | undefined> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure.error;
      const item = this.#items.shift();
      if (item !== undefined || this.#ended) return item;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
