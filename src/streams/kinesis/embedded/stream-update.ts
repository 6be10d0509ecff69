import type { StoredStream } from 'kinesalite/db/index.js';
import type { Gateway } from './operation.js';
import { changeStream } from './stored-stream.js';

/**
 * A change that takes a moment: the stream is UPDATING at once, and changed and ACTIVE a moment later. A process that
 * is killed in between drops the change.
 *
 * @param check looks at the stream before; throws AwsError to refuse
 */
export async function updateStream<T>(
  gateway: Gateway,
  name: string,
  check: (stream: StoredStream) => T | Promise<T>,
  change: (stream: StoredStream) => void,
): Promise<T> {
  const { store } = gateway;
  const { checked, createdAt } = await changeStream(store, name, async (stream) => {
    const result = await check(stream);
    stream.StreamStatus = 'UPDATING';
    return { checked: result, createdAt: stream.StreamCreationTimestamp };
  });
  gateway.later(() =>
    changeStream(store, name, (stream) => {
      if (stream.StreamStatus !== 'UPDATING' || stream.StreamCreationTimestamp !== createdAt) return;
      change(stream);
      stream.StreamStatus = 'ACTIVE';
    }),
  );
  return checked;
}
