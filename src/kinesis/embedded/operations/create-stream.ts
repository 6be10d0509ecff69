import { isObject } from '../aws-answer.js';
import type { Operation } from '../operation.js';
import { findStream } from '../store.js';
import { streamName } from '../stream-name.js';
import type { StreamNote } from '../stream-notes.js';

/** Shards of a new on-demand stream. */
const onDemandShards = 4;

/**
 * AWS page "CreateStream": adds on-demand mode (kinesalite insists on ShardCount) and remembers the mode, the number of shards and the exact time
 * of creation.
 */
export const createStream: Operation = async (gateway, { data, forward }) => {
  const name = streamName(data);
  const details = data.StreamModeDetails;
  const mode = isObject(details) && details.StreamMode === 'ON_DEMAND' ? 'ON_DEMAND' : 'PROVISIONED';
  const shardCount = mode === 'ON_DEMAND' ? onDemandShards : data.ShardCount;
  if (name === undefined || typeof shardCount !== 'number') return forward();
  return gateway.exclusive(name, async () => {
    if ((await findStream(gateway.store, name)) !== undefined) return forward({ ...data, ShardCount: shardCount });
    const note: StreamNote = { mode, shardCount, createdAtMillis: gateway.now() };
    await gateway.notes.set(name, note);
    const created = await forward({ ...data, ShardCount: shardCount });
    if (created.status !== 200) await gateway.notes.remove(name);
    return created;
  });
};
