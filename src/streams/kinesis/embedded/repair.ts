import type { Store } from 'kinesalite/db/index.js';
import { finishCreation } from './operations/create-stream.js';
import { done } from './store.js';
import { allStreams, writeStream } from './stored-stream.js';

/**
 * Complete what a killed process left unfinished: CREATING, UPDATING and DELETING are completed by timers that died
 * with it, and such a stream would never change its state again. Creations and deletions are completed; a change of
 * shards or settings that had not happened yet is dropped, so that its caller can repeat it.
 *
 * @returns a sentence for each stream repaired
 */
export async function repairStreams(store: Store): Promise<string[]> {
  const said: string[] = [];
  for (const stream of await allStreams(store)) {
    const { StreamName: name, StreamStatus: status } = stream;
    if (status === 'CREATING' && stream._firstShards === undefined) {
      await remove(store, name);
      said.push(`stream ${name} was being created with an unknown number of shards; it was removed`);
    } else if (status === 'CREATING') {
      finishCreation(stream);
      await writeStream(store, stream);
      said.push(`stream ${name} was being created; done`);
    } else if (status === 'UPDATING') {
      await writeStream(store, { ...stream, StreamStatus: 'ACTIVE' });
      said.push(`stream ${name} was being updated; the change was dropped`);
    } else if (status === 'DELETING') {
      await remove(store, name);
      said.push(`stream ${name} was being deleted; done`);
    }
  }
  return said;
}

async function remove(store: Store, name: string): Promise<void> {
  await done<void>((callback) => store.deleteStreamDb(name, callback));
  await done<void>((callback) => store.metaDb.del(name, callback));
}
