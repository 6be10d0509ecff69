import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes in use after a collection: JavaScript objects, what buffers hold, and the whole process. */
export function liveMemory(): { readonly heap: number; readonly buffers: number; readonly resident: number } {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  // A finalizer's own garbage takes another round.
  if (typeof collect === 'function') for (let n = 0; n < 3; n++) collect();
  const { heapUsed, external, arrayBuffers, rss } = process.memoryUsage();
  return { heap: heapUsed + external, buffers: arrayBuffers, resident: rss };
}
