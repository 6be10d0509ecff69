import type { Store } from 'kinesalite/db/index.js';
import deleteStreamRules from 'kinesalite/validations/deleteStream.js';
import { answerText } from '../aws-answer.js';
import type { Operation } from '../operation.js';
import { checked } from '../request-rules.js';
import { done, findStream } from '../store.js';
import { locked, requireStream, writeStream } from '../stored-stream.js';

/**
 * AWS page "DeleteStream". Under the stream's lock, which kinesalite does not take: a put on its way would bring the
 * stream back.
 */
export const deleteStream: Operation = async (gateway, { data }) => {
  const { store, throttle } = gateway;
  const request = checked('DeleteStream', deleteStreamRules.types, data, deleteStreamRules.custom);
  const name = String(request.StreamName);
  const createdAt = await locked(store, name, async () => {
    const stream = await requireStream(store, name);
    await writeStream(store, { ...stream, StreamStatus: 'DELETING' });
    await done<void>((callback) => store.deleteStreamDb(name, callback));
    throttle?.forget(
      name,
      stream.Shards.map(({ SequenceNumberRange }) => SequenceNumberRange.StartingSequenceNumber),
    );
    return stream.StreamCreationTimestamp;
  });
  gateway.later(() => remove(store, name, createdAt));
  return answerText('');
};

async function remove(store: Store, name: string, createdAt: number): Promise<void> {
  await locked(store, name, async () => {
    if ((await findStream(store, name))?.StreamCreationTimestamp === createdAt)
      await done<void>((callback) => store.metaDb.del(name, callback));
  });
}
