import type { Operation } from '../operation.js';
import { streamName } from '../stream-name.js';

/** AWS page "DeleteStream": what the gateway noted about the stream goes with it. */
export const deleteStream: Operation = async (gateway, { data, forward }) => {
  const name = streamName(data);
  if (name === undefined) return forward();
  return gateway.exclusive(name, async () => {
    const deleted = await forward();
    if (deleted.status === 200) await gateway.notes.remove(name);
    return deleted;
  });
};
