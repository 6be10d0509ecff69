import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Results of this size together, in bytes, are worth a collection, which takes some milliseconds. */
const worthCollecting = 64 * 1024 * 1024;

/**
 * Frees the memory of results that nobody reads any more. DuckDB's results live outside the JavaScript heap and are
 * freed by finalizers; V8 does not know their size and sees no reason to collect, so that gigabytes would pile up
 * behind a few small objects. The bindings have no call that frees a result.
 */
export class NativeMemory {
  #unused = 0;
  #scheduled = false;

  /** A result of about this many bytes is not read any more. */
  release(bytes: number): void {
    this.#unused += bytes;
    if (this.#unused < worthCollecting || this.#scheduled) return;
    this.#scheduled = true;
    // Later: whoever closed the result still holds it.
    setImmediate(() => {
      this.#scheduled = false;
      this.#unused = 0;
      collector()();
    });
  }
}

let known: (() => void) | undefined;

/** V8's own collector, which only a flag uncovers; the flag is taken back. */
function collector(): () => void {
  if (known !== undefined) return known;
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  known = typeof collect === 'function' ? () => void collect() : () => undefined;
  return known;
}
