import kinesaliteDatabase, { type Store, type StoredShard, type StoredStream } from 'kinesalite/db/index.js';
import { done } from './store.js';
import type { StreamNotes } from './stream-notes.js';

const hashKeys = 2n ** 128n;

/**
 * Finish what a killed process left half done: kinesalite completes CREATING, UPDATING and DELETING by timers that died with it, and such a stream would
 * stay as it is for ever. Creations and deletions are completed; a split or merge that had not happened yet is dropped, so that its caller can repeat it.
 *
 * @returns a sentence for each stream repaired
 */
export async function repairStreams(store: Store, notes: StreamNotes): Promise<string[]> {
  const said: string[] = [];
  for (const stream of await allStreams(store)) {
    const { StreamName: name, StreamStatus: status } = stream;
    if (status === 'CREATING') said.push(await finishCreation(store, notes, stream));
    else if (status === 'UPDATING') {
      await put(store, { ...stream, StreamStatus: 'ACTIVE' });
      said.push(`stream ${name} was being resharded; the change was dropped`);
    } else if (status === 'DELETING') {
      await remove(store, notes, name);
      said.push(`stream ${name} was being deleted; done`);
    }
  }
  return said;
}

async function finishCreation(store: Store, notes: StreamNotes, stream: StoredStream): Promise<string> {
  const note = await notes.get(stream.StreamName);
  if (note === undefined) {
    await remove(store, notes, stream.StreamName);
    return `stream ${stream.StreamName} was being created with an unknown number of shards; it was removed`;
  }
  await put(store, { ...stream, StreamStatus: 'ACTIVE', Shards: firstShards(stream, note.shardCount) });
  return `stream ${stream.StreamName} was being created; done`;
}

/** The shards a new stream begins with: equal parts of the 128-bit hash key range. */
function firstShards(stream: StoredStream, count: number): StoredShard[] {
  const width = hashKeys / BigInt(count);
  return Array.from({ length: count }, (_, index) => ({
    ShardId: kinesaliteDatabase.shardIdName(index),
    HashKeyRange: {
      StartingHashKey: (width * BigInt(index)).toString(),
      EndingHashKey: ((index < count - 1 ? width * BigInt(index + 1) : hashKeys) - 1n).toString(),
    },
    SequenceNumberRange: {
      StartingSequenceNumber: kinesaliteDatabase.stringifySequence({
        shardCreateTime: stream.StreamCreationTimestamp * 1000,
        shardIx: index,
      }),
    },
  }));
}

async function remove(store: Store, notes: StreamNotes, name: string): Promise<void> {
  await done<void>((callback) => store.deleteStreamDb(name, callback));
  await done<void>((callback) => store.metaDb.del(name, callback));
  await notes.remove(name);
}

function put(store: Store, stream: StoredStream): Promise<void> {
  return done<void>((callback) => store.metaDb.put(stream.StreamName, stream, callback));
}

/** Every stream, in name order. */
async function allStreams(store: Store): Promise<StoredStream[]> {
  const names: string[] = [];
  const iterator = store.metaDb.iterator({ values: false });
  const next = () =>
    new Promise<string | undefined>((resolve, reject) => {
      iterator.next((error, key) => (error ? reject(error) : resolve(key)));
    });
  for (let name = await next(); name !== undefined; name = await next()) names.push(name);
  await done<void>((callback) => iterator.end(callback));
  const streams: StoredStream[] = [];
  for (const name of names) streams.push(await done<StoredStream>((callback) => store.getStream(name, callback)));
  return streams;
}
