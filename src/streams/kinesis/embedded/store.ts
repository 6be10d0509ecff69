import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import kinesalite from 'kinesalite';
import kinesaliteDatabase, {
  type Level,
  type Store,
  type StoredStream,
  type StoreOptions,
} from 'kinesalite/db/index.js';

/**
 * kinesalite's request handler and the store behind it. The handler is called by the gateway only; no socket leads to
 * it.
 */
export interface OpenStore {
  readonly handler: kinesalite.Handler;
  readonly store: Store;
  close(): Promise<void>;
}

/** The store cannot be opened; the message says what is missing and what to do. */
export class StoreOpenError extends Error {
  override readonly name = 'StoreOpenError';
}

/** Milliseconds that a stream stays CREATING, DELETING or UPDATING: long enough to be seen, too short to wait for. */
export const transitionMillis = 10;
/** Open shards of all streams together; kinesalite's default is 10. */
const shardLimit = 1_000;

/**
 * Open kinesalite's store, in memory or in the directory `path` (created when missing).
 *
 * @throws StoreOpenError when `path` is given and the native module leveldown has no build here, or another process
 * holds the directory
 */
export async function openStore(path: string | undefined): Promise<OpenStore> {
  if (path !== undefined) {
    requireLeveldown(createRequire(createRequire(import.meta.url).resolve('kinesalite/db/index.js')));
    mkdirSync(path, { recursive: true });
  }
  const { handler, store } = create({
    path,
    shardLimit,
    createStreamMs: transitionMillis,
    deleteStreamMs: transitionMillis,
    updateStreamMs: transitionMillis,
  });
  await opened(store.db, path);
  return { handler, store, close: () => done((callback) => store.db.close(callback)) };
}

/**
 * Load leveldown as kinesalite will.
 *
 * @throws StoreOpenError naming what is missing
 */
export function requireLeveldown(require: (name: string) => unknown): void {
  try {
    require('leveldown');
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new StoreOpenError(
      `streams cannot be kept on disk: the native module leveldown has no build for ${process.platform}-${process.arch} (${reason}). ` +
        'Start without --data to keep streams in memory, or install a C++ compiler and Python and run npm rebuild leveldown',
      { cause: error },
    );
  }
}

/** kinesalite keeps its store to itself; it is picked up while kinesalite creates it. */
function create(options: StoreOptions): { handler: kinesalite.Handler; store: Store } {
  const original = kinesaliteDatabase.create;
  let store: Store | undefined;
  kinesaliteDatabase.create = (given) => {
    store = original(given);
    return store;
  };
  try {
    const handler = kinesalite(options).listeners('request')[0];
    if (store === undefined || handler === undefined)
      throw new StoreOpenError('this release of kinesalite is not the one expected');
    return { handler, store };
  } finally {
    kinesaliteDatabase.create = original;
  }
}

function opened(db: Level, path: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (db.isOpen()) return resolve();
    db.once('open', () => resolve());
    db.once('error', (error) => {
      const text = error?.message ?? 'unknown reason';
      const held = /lock|Resource temporarily unavailable/i.test(text);
      const what = held ? 'is in use by another process' : 'cannot be opened';
      reject(new StoreOpenError(`the stream store in ${path ?? 'memory'} ${what}: ${text}`, { cause: error }));
    });
  });
}

/** A callback API's answer as a promise. */
export function done<T>(call: (callback: (error: Error | null | undefined, value: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, value) => (error ? reject(error) : resolve(value)));
  });
}

/** The stream as stored, or undefined when there is none. */
export async function findStream(store: Store, name: string): Promise<StoredStream | undefined> {
  try {
    return await done<StoredStream>((callback) => store.getStream(name, callback));
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundError') return undefined;
    throw error;
  }
}
