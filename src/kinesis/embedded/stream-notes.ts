import type { Store } from 'kinesalite/db/index.js';
import { done } from './store.js';

/** What kinesalite does not keep about a stream. */
export interface StreamNote {
  readonly mode: 'PROVISIONED' | 'ON_DEMAND';
  /** Shards asked for at creation, to finish a creation that was cut off. */
  readonly shardCount: number;
  /** Milliseconds since the epoch; kinesalite's own stamp is in whole seconds, so two streams of one name could look the same. */
  readonly createdAtMillis: number;
}

/**
 * Notes about streams, stored beside kinesalite's own data: its databases are prefixed with `!`, these keys are not.
 */
export class StreamNotes {
  readonly #store: Store;
  readonly #cache = new Map<string, StreamNote | undefined>();

  constructor(store: Store) {
    this.#store = store;
  }

  async get(stream: string): Promise<StreamNote | undefined> {
    if (!this.#cache.has(stream)) this.#cache.set(stream, await this.#read(stream));
    return this.#cache.get(stream);
  }

  async set(stream: string, note: StreamNote): Promise<void> {
    await done<void>((callback) => this.#store.db.put(key(stream), JSON.stringify(note), callback));
    this.#cache.set(stream, note);
  }

  async remove(stream: string): Promise<void> {
    await done<void>((callback) => this.#store.db.del(key(stream), callback));
    this.#cache.delete(stream);
  }

  async #read(stream: string): Promise<StreamNote | undefined> {
    try {
      return parse(String(await done<unknown>((callback) => this.#store.db.get(key(stream), callback))));
    } catch (error) {
      if (error instanceof Error && error.name === 'NotFoundError') return undefined;
      throw error;
    }
  }
}

function key(stream: string): string {
  return `duckshift/stream/${stream}`;
}

function parse(text: string): StreamNote | undefined {
  const note: unknown = JSON.parse(text);
  if (typeof note !== 'object' || note === null) return undefined;
  if (!('mode' in note && 'shardCount' in note && 'createdAtMillis' in note)) return undefined;
  const { mode, shardCount, createdAtMillis } = note;
  if (mode !== 'PROVISIONED' && mode !== 'ON_DEMAND') return undefined;
  if (typeof shardCount !== 'number' || typeof createdAtMillis !== 'number') return undefined;
  return { mode, shardCount, createdAtMillis };
}
